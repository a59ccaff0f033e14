import { closeSync, fsyncSync, openSync, unlinkSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openSqlite } from '../../../src-main/storage/sqlite-driver.ts';
import { answerPart } from '../child.ts';
import { type Spread, spreadOf } from '../figures.ts';

export type FloorTask = { readonly folder: string; readonly rows: number; readonly tries: number };
export type FloorAnswer = {
  readonly unlinkAndSync: Spread;
  readonly syncByte: Spread;
  readonly latchRow: Spread;
  readonly updateEveryRow: number;
  /** The same with one index on what changes, as any queue has. */
  readonly updateIndexed: number;
};

/** What the machine needs for the least a stop could be: nothing of All Stop but its SQLite driver is in here. */
await answerPart(async ({ folder, rows, tries }: FloorTask): Promise<FloorAnswer> => {
  const sqlite = await openSqlite(join(folder, 'floor.sqlite'), 'create');
  await sqlite.all('PRAGMA journal_mode = WAL');
  await sqlite.all('PRAGMA synchronous = FULL');
  await sqlite.run('create table job (id integer primary key, due_at integer, state text, data text) strict');
  await sqlite.run('create table latch (id integer primary key, epoch integer) strict');
  await sqlite.run('insert into latch values (1, 0)');
  await sqlite.run(
    `insert into job (due_at, state, data)
      with recursive n(i) as (select 1 union all select i + 1 from n where i < ?)
      select i * 7919 % 2592000, 'pending', 'Our shop in Lyon opens its doors on Saturday: come and have a coffee. ' || i from n`,
    [rows],
  );
  const latchRow: number[] = [];
  for (let index = 0; index < tries; index += 1) {
    const begun = performance.now();
    await sqlite.run('update latch set epoch = epoch + 1');
    latchRow.push(performance.now() - begun);
  }
  const updateEveryRow = await timed(() => sqlite.run(`update job set state = 'held'`));
  await sqlite.run('create index job_by_state on job (state, due_at)');
  const updateIndexed = await timed(() => sqlite.run(`update job set state = 'pending'`));
  await sqlite.close();
  return {
    ...timeFiles(folder, tries),
    latchRow: spreadOf(latchRow),
    updateEveryRow,
    updateIndexed,
  };
});

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function timeFiles(folder: string, tries: number) {
  const unlinkAndSync: number[] = [];
  const syncByte: number[] = [];
  const path = join(folder, 'a-byte');
  const fd = openSync(path, 'w');
  for (let index = 0; index < tries; index += 1) {
    unlinkAndSync.push(timeUnlink(folder));
    const begun = performance.now();
    writeSync(fd, 'x', 0);
    fsyncSync(fd);
    syncByte.push(performance.now() - begun);
  }
  closeSync(fd);
  unlinkSync(path);
  return { unlinkAndSync: spreadOf(unlinkAndSync), syncByte: spreadOf(syncByte) };
}

function timeUnlink(folder: string): number {
  const path = join(folder, 'goes');
  writeFileSync(path, 'x', { flush: true });
  const begun = performance.now();
  unlinkSync(path);
  const dir = openSync(folder, 'r');
  fsyncSync(dir);
  closeSync(dir);
  return performance.now() - begun;
}
