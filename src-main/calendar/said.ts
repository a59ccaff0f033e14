import type { Language } from './local-time.ts';

/** One sentence in both languages; which is shown is chosen at the edge. */
export type Said = { readonly en: string; readonly fr: string };

export const say = (en: string, fr: string): Said => ({ en, fr });

export const inWords = (said: Said, language: Language): string => said[language];

/** What is wrong with one cell, row or file. Lines are counted from 1 as an editor shows them; `column` is '' for the whole row. */
export type RowProblem = { readonly line: number; readonly column: string; readonly said: Said };

/** What cannot be read as a file at all. `code` is stable. */
export type FileProblem = { readonly code: string; readonly said: Said };

/** Thrown out of a stream that is being read when the file turns out to be no use; caught where the reading began. */
export class FileRefused extends Error {
  readonly problem: FileProblem;
  constructor(code: string, said: Said) {
    super(said.en);
    this.name = 'FileRefused';
    this.problem = { code, said };
  }
}

/** What somebody wrote, short and harmless enough to be quoted in a sentence. */
export function quoted(text: string): { en: string; fr: string } {
  const clean = text
    .slice(0, 400)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not reach a terminal
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim();
  const letters = Array.from(clean);
  const short = letters.length > 60 || text.length > 400 ? `${letters.slice(0, 59).join('')}…` : clean;
  return { en: `“${short}”`, fr: `« ${short} »` };
}

/** ' Did you mean “…”?' in both languages, or nothing. */
export function hint(nearest: string | null): Said {
  if (nearest === null) return say('', '');
  const name = quoted(nearest);
  return say(` Did you mean ${name.en}?`, ` Vouliez-vous dire ${name.fr} ?`);
}

/** '1 post', '2 posts', '1,000 posts': a number with its word. */
export function counted(n: number, en: readonly [string, string], fr: readonly [string, string]): Said {
  return say(
    `${n.toLocaleString('en')} ${en[n === 1 ? 0 : 1]}`,
    `${n.toLocaleString('fr')} ${fr[n < 2 ? 0 : 1]}`,
  );
}
