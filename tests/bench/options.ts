import { parseArgs } from 'node:util';

export type Options = {
  /** Pending posts, smallest first. */
  readonly sizes: readonly number[];
  /** How often what takes seconds is repeated. */
  readonly runs: number;
  /** How often what takes milliseconds is repeated. */
  readonly tries: number;
  /** Kills and restarts of whole engines. */
  readonly kills: number;
  /** Names of parts; empty means all. */
  readonly only: readonly string[];
  /** Presses of the whole engine on a busy machine, and nothing else; null when not asked for. */
  readonly presses: number | null;
  /** The window on a desk with so many posts, and nothing else; null when not asked for. */
  readonly desk: number | null;
  /** Write `results.md`, `results-presses.md` or `results-desk.md`. */
  readonly keeps: boolean;
};

const FULL = { sizes: [10_000, 100_000, 1_000_000], runs: 5, tries: 50, kills: 100 };
const QUICK = { sizes: [10_000, 100_000], runs: 2, tries: 10, kills: 5 };

/** Reads the command line. Throws with a sentence when it cannot be understood. */
export function readOptions(args: readonly string[]): Options {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean' },
      keep: { type: 'boolean' },
      posts: text,
      runs: text,
      tries: text,
      kills: text,
      presses: text,
      desk: text,
      only: text,
    },
  });
  const base = values.quick ? QUICK : FULL;
  const count = (given: string | undefined, otherwise: number) =>
    given === undefined ? otherwise : wholeNumber(given);
  return {
    sizes:
      values.posts
        ?.split(',')
        .map(wholeNumber)
        .sort((a, b) => a - b) ?? base.sizes,
    runs: count(values.runs, base.runs),
    tries: count(values.tries, base.tries),
    kills: count(values.kills, base.kills),
    presses: values.presses === undefined ? null : wholeNumber(values.presses),
    desk: values.desk === undefined ? null : wholeNumber(values.desk),
    only: values.only?.split(',') ?? [],
    keeps: values.keep ?? false,
  };
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`"${text}" is no number of things`);
  return number;
}
