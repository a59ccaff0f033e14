import { type Case, casesOf, createDrivers, type Drivers, nameOf } from './campaign.ts';
import type { Order } from './driver.ts';
import { checkStop, isStopOperation } from './promises.ts';
import { QUEUE_OPERATIONS, type QueueOperation } from './queue-operations.ts';
import { checkQueue } from './queue-promises.ts';
import { STOP_OPERATIONS } from './stop-operations.ts';
import { ERRORS, type Fault } from './strace.ts';

export type Tally = {
  readonly operation: string;
  calls: number;
  cases: number;
  /** Cases in which the operation was over before the call was reached; they prove nothing. */
  unreached: number;
  kills: number;
  errors: number;
};

export type Report = {
  readonly tallies: readonly Tally[];
  /** Each case with the promises it broke; empty when all held. */
  readonly broken: readonly string[];
};

export type FaultOptions = {
  readonly isAll: boolean;
  readonly seed: number;
  readonly workers: number;
  readonly onBegin?: (operation: string) => void;
  /** Only operations whose name holds it. */
  readonly named?: string;
};

const OPERATIONS = [
  ...Object.keys(STOP_OPERATIONS),
  ...Object.keys(QUEUE_OPERATIONS),
] as Order['operation'][];

/**
 * Lists the calls of every operation, then makes each of them fail. `all` takes every fault, once and from there on; otherwise each call
 * is killed at, and met by one failure, chosen by turns from `seed` on. `workers` operations run beside each other.
 */
export async function runFaults(options: FaultOptions): Promise<Report> {
  const drivers = await createDrivers(process.env);
  const waiting = OPERATIONS.filter((operation) => operation.includes(options.named ?? ''));
  const tallies: Tally[] = [];
  const broken: string[] = [];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await runOperation(drivers, next, options, tallies, broken);
    }
  };
  try {
    await Promise.all(Array.from({ length: options.workers }, work));
  } finally {
    await drivers.close();
  }
  const place = ({ operation }: Tally) => OPERATIONS.indexOf(operation as Order['operation']);
  return { tallies: tallies.sort((a, b) => place(a) - place(b)), broken };
}

async function runOperation(
  drivers: Drivers,
  operation: Order['operation'],
  options: FaultOptions,
  tallies: Tally[],
  broken: string[],
): Promise<void> {
  const { isAll, seed } = options;
  const tally: Tally = { operation, calls: 0, cases: 0, unreached: 0, kills: 0, errors: 0 };
  tallies.push(tally);
  options.onBegin?.(operation);
  const threads = isStopOperation(operation) ? [0] : [0, 1];
  for (const thread of threads) {
    const calls = await drivers.run(operation, thread, null, [], async (_, __, seen) => seen);
    tally.calls += calls.filter(({ isFile }) => isFile).length;
    const cases = casesOf(operation, thread, calls, everyFault()).filter(
      (one) => isAll || isChosen(one, seed),
    );
    for (const one of cases) {
      tally.cases += 1;
      await drivers.run(operation, thread, one.fault, one.injections, async (dataDir, ran) => {
        if (!ran.isHit) tally.unreached += 1;
        else if (ran.wasKilled) tally.kills += 1;
        else tally.errors += 1;
        const found = isStopOperation(operation)
          ? await checkStop(operation, dataDir, ran)
          : await checkQueue(operation as QueueOperation, dataDir, ran);
        for (const promise of found) broken.push(`${nameOf(one)}: ${promise}`);
      });
    }
  }
}

function everyFault(): { readonly fault: Fault; readonly lasts: boolean }[] {
  return [
    { fault: 'SIGKILL', lasts: false },
    ...ERRORS.flatMap((fault) => [
      { fault, lasts: false },
      { fault, lasts: true },
    ]),
  ];
}

/** Of every call, by turns, the kill or one of the eight failures: the seed says which. */
function isChosen({ fault, lasts, at }: Case, seed: number): boolean {
  const isKill = fault === 'SIGKILL';
  if (isKill !== ((at + seed) % 2 === 0)) return false;
  if (isKill) return true;
  const turn = (Math.floor(at / 2) * 3 + seed + at) % (ERRORS.length * 2);
  return fault === ERRORS[turn % ERRORS.length] && lasts === turn >= ERRORS.length;
}
