import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { defineQueue, defineWorker, type Queue } from 'plainjob';
import { answerPart, pause, settledMemory } from '../child.ts';
import { type Spread, spreadOf } from '../figures.ts';

const BATCH = 1_000;
const SILENT = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} };

export type PlainjobTask = { readonly folder: string; readonly posts: number; readonly due: number };
export type PlainjobAnswer = {
  readonly load: number;
  readonly open: number;
  readonly memory: number;
  readonly lateness: Spread;
  readonly perSecond: number;
  readonly stopReturns: number;
  readonly startsAfterStop: number;
  readonly updateEveryRow: number;
  readonly startsAfterRestart: number;
};

/**
 * A peer: plainjob with its own settings (synchronous = NORMAL) over Node's SQLite, which is about as fast as the driver it names.
 * Its queue holds `posts` jobs; `due` of them fall due at one instant.
 */
await answerPart(async ({ folder, posts, due }: PlainjobTask): Promise<PlainjobAnswer> => {
  const path = join(folder, `plainjob-${posts}.sqlite`);
  const first = openQueue(path);
  const loadBegun = performance.now();
  for (let from = 0; from < posts; from += BATCH) {
    const jobs = Array.from({ length: Math.min(BATCH, posts - from) }, (_, index) => ({
      text: `Our shop in Lyon opens its doors on Saturday: come and have a coffee with us. ${from + index}`,
    }));
    first.addMany('post', jobs, { delay: 10_800_000 + ((from * 7_919_017) % 2_580_000_000) });
  }
  const load = performance.now() - loadBegun;
  first.close();

  const before = await settledMemory();
  const openBegun = performance.now();
  const queue = openQueue(path);
  queue.countJobs({ type: 'none' });
  const open = performance.now() - openBegun;
  const memory = (await settledMemory()) - before;

  const at = Date.now() + 1_000;
  addDue(queue, due, at - Date.now());
  const lateness: number[] = [];
  const worker = newWorker(queue, () => lateness.push(Date.now() - at));
  void worker.start();
  while (lateness.length < due) await pause(5);
  const perSecond = (due / Math.max(...lateness)) * 1_000;
  await worker.stop();

  addDue(queue, due, 0);
  let started = 0;
  let startsAfterStop = 0;
  let stopReturns = 0;
  // The worker lets nobody else run between two jobs, so the stop is called in one.
  let stopping: Promise<void> | null = null;
  const second = newWorker(queue, () => {
    started += 1;
    if (stopping) startsAfterStop += 1;
    if (started < due / 10 || stopping) return;
    const stopBegun = performance.now();
    stopping = second.stop();
    stopReturns = performance.now() - stopBegun;
  });
  await second.start();

  // Nothing durable says that it was stopped: whoever starts it again goes on.
  const atRestart = started;
  const third = newWorker(queue, () => {
    started += 1;
  });
  void third.start();
  await pause(500);
  const startsAfterRestart = started - atRestart;
  await third.stop();

  queue.close();
  const database = new DatabaseSync(path);
  database.exec('PRAGMA synchronous = FULL');
  const updateBegun = performance.now();
  database.exec('update plainjob_jobs set status = 3 where status = 0');
  const updateEveryRow = performance.now() - updateBegun;
  database.close();
  return {
    load,
    open,
    memory,
    lateness: spreadOf(lateness),
    perSecond,
    stopReturns,
    startsAfterStop,
    updateEveryRow,
    startsAfterRestart,
  };
});

function addDue(queue: Queue, count: number, delay: number): void {
  queue.addMany(
    'post',
    Array.from({ length: count }, (_, index) => ({ text: `due ${index}` })),
    { delay },
  );
}

function newWorker(queue: Queue, onStart: () => void) {
  return defineWorker('post', () => onStart(), { queue, logger: SILENT, pollIntervall: 1 });
}

type Connection = Parameters<typeof defineQueue>[0]['connection'];

function openQueue(path: string): Queue {
  const database = new DatabaseSync(path);
  const inTransaction =
    (begin: string, work: (...given: unknown[]) => unknown) =>
    (...given: unknown[]) => {
      database.exec(begin);
      try {
        const result = work(...given);
        database.exec('commit');
        return result;
      } catch (error) {
        database.exec('rollback');
        throw error;
      }
    };
  const connection = {
    driver: 'better-sqlite3',
    filename: path,
    pragma: (text: string) => database.exec(`PRAGMA ${text}`),
    exec: (text: string) => database.exec(text),
    prepare(text: string) {
      const statement = database.prepare(text);
      return {
        run: (...given: SQLInputValue[]) => statement.run(...given),
        get: (...given: SQLInputValue[]) => statement.get(...given),
        all: (...given: SQLInputValue[]) => statement.all(...given),
      };
    },
    transaction: (work: (...given: unknown[]) => unknown) =>
      Object.assign(inTransaction('begin', work), { immediate: inTransaction('begin immediate', work) }),
    close: () => database.close(),
  };
  return defineQueue({ connection: connection as unknown as Connection, logger: SILENT });
}
