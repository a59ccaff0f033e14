import type { Ran } from './campaign.ts';
import { type FreshStart, startAfresh } from './fresh-start.ts';
import { BRANDS, coversBrand, STOP_OPERATIONS, type StopOperation } from './stop-operations.ts';

type Expected = {
  /** What goes out before: also right when the process was killed before anything was said. */
  readonly before: readonly number[];
  /** What may go out once a countdown is over, when it was done in full. */
  readonly after: readonly number[];
  readonly isRelease: boolean;
  /** Several files: killed half-way, some of them may be there. */
  readonly isOfMany: boolean;
};

const stops = (before: readonly number[], after: readonly number[]): Expected => ({
  before,
  after,
  isRelease: false,
  isOfMany: false,
});
const stopsMany = (before: readonly number[], after: readonly number[]): Expected => ({
  ...stops(before, after),
  isOfMany: true,
});
const releases = (after: readonly number[], before: readonly number[] = []): Expected => ({
  before,
  after,
  isRelease: true,
  isOfMany: true,
});

const EXPECTED: Readonly<Record<StopOperation, Expected>> = {
  'start publishing': stops([], [1, 2]),
  'stop everything': stops([1, 2], []),
  'stop a brand': stops([1, 2], [2]),
  'stop a market': stops([1, 2], []),
  'stop a network': stops([1, 2], [2]),
  'stop an account': stops([1, 2], [2]),
  'stop a network and a brand at once': stopsMany([1, 2], []),
  'stop two brands at once': stopsMany([1, 2], []),
  'stop everything while a brand is stopped': stops([2], []),
  'press again': stops([], []),
  'give a reason': stops([], []),
  'release all brands': releases([1, 2]),
  'release one of two brands': releases([1]),
  'release two stopped brands': releases([1, 2]),
  'release one of two brands stopped at once': releases([1]),
  'release one brand of a market': releases([1]),
  'release a network': releases([1, 2], [2]),
  'release a network while everything is stopped': releases([]),
  'stop everything from outside': stops([1, 2], []),
  'stop a brand from outside': stops([1, 2], [2]),
  'stop a network and an account from outside': stopsMany([1, 2], []),
};

export const isStopOperation = (operation: string): operation is StopOperation =>
  operation in STOP_OPERATIONS;

/** Holds what was said against what the next start makes of the folder. One sentence for every promise that was broken. */
export async function checkStop(operation: StopOperation, dataDir: string, ran: Ran): Promise<string[]> {
  const fresh = await startAfresh(dataDir);
  const broken = ran.wasKilled ? checkKilled(operation, fresh) : checkSaid(operation, ran, fresh);
  if (fresh.journal) broken.push(`the journal: ${fresh.journal}`);
  return broken;
}

/** Killed before it said anything: everything stopped, exactly as it was, or in full what was asked. Never more, and no half. */
function checkKilled(operation: StopOperation, { opensNow, opensLater }: FreshStart): string[] {
  const { before, after, isRelease, isOfMany } = EXPECTED[operation];
  const broken: string[] = [];
  if (isRelease && !isWithin(opensNow, before)) broken.push(`brands ${opensNow} go out without a countdown`);
  const isOneOf = [[], before, after].some((each) => isSame(each, opensLater));
  // A release brings brands back one by one once it is permitted: those not yet brought back stay stopped. So several stops begin.
  const isPart =
    isOfMany &&
    (isRelease ? isWithin(opensLater, after) : isWithin(after, opensLater) && isWithin(opensLater, before));
  if (!isOneOf && !isPart) broken.push(`killed, brands ${opensLater} go out at the next start`);
  return broken;
}

function checkSaid(operation: StopOperation, { said }: Ran, fresh: FreshStart): string[] {
  if (said === null) return ['it said nothing'];
  const { before, after, isRelease } = EXPECTED[operation];
  const { opensNow, opensLater } = fresh;
  const broken: string[] = [];
  for (const brand of BRANDS) {
    const isOpen = opensLater.includes(brand) || opensNow.includes(brand);
    if (isOpen && coversBrand(said.confirmed, brand))
      broken.push(`brand ${brand} was said to be stopped, and goes out at the next start`);
    if (isOpen && said.state !== 'publishing' && said.state !== 'not-confirmed')
      broken.push(`it said ${said.state}, and brand ${brand} goes out at the next start`);
  }
  if (isRelease && !isWithin(opensNow, before)) broken.push(`brands ${opensNow} go out without a countdown`);
  const isPermitting = isRelease || operation === 'start publishing';
  if (isPermitting) {
    if (said.refusal === '' && !isSame(opensLater, after))
      broken.push(`the release was said to be done, and brands ${opensLater} go out`);
    if (!isWithin(opensLater, after)) broken.push(`brands ${opensLater} go out, asked for were ${after}`);
  } else {
    // Whatever the disk did, in this process nothing of it passes any more.
    const open = said.opensInMemory.filter((brand) => !after.includes(brand));
    if (open.length > 0) broken.push(`after the press brands ${open} pass the gate in memory`);
  }
  return broken;
}

const isWithin = (part: readonly number[], whole: readonly number[]) =>
  part.every((each) => whole.includes(each));

const isSame = (one: readonly number[], other: readonly number[]) =>
  one.length === other.length && one.every((each) => other.includes(each));
