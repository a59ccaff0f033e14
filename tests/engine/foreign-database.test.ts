import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { FactStore } from '../../src-main/core/stores.ts';
import { databasePath } from '../../src-main/data-folder.ts';
import { checkStartMark } from '../../src-main/start-mark.ts';
import { startApp } from '../support/app-here.ts';
import { tempDir } from '../support/temp-dir.ts';

vi.setConfig({ testTimeout: 60_000 });

/** One run of engine and database as the app puts them together. Gives the reasons of the stops in force. */
async function oneRun(dataDir: string, isFirst = false): Promise<readonly string[]> {
  const { engine, holder, close } = await startApp(dataDir);
  expect(holder.problem()).toBe('');
  if (isFirst) expect(engine.stop.start('Zoé Martin').ok).toBe(true);
  const { stops } = engine.stop.status();
  await close();
  return stops.map(({ reason }) => reason);
}

const FOREIGN = 'The database is not the one that was last used here: it was restored, copied or made anew.';

test('a database that was put back, or made anew, stops everything at the start; the one last used does not', async () => {
  const dataDir = tempDir();
  const old = join(tempDir(), 'old.sqlite');
  expect(await oneRun(dataDir, true)).toEqual([]);
  copyFileSync(databasePath(dataDir), old);
  expect(await oneRun(dataDir)).toEqual([]);
  const another = join(tempDir(), 'data');
  expect(await oneRun(another, true)).toEqual([]);

  copyFileSync(old, databasePath(dataDir));
  expect(await oneRun(dataDir)).toEqual([FOREIGN]);
  rmSync(databasePath(another));
  expect(await oneRun(another)).toEqual([FOREIGN]);
});

test('a start that ends between the two places of the mark does not make the database foreign', async () => {
  const dataDir = tempDir();
  const kept = new Map<string, string>();
  let isFull = false;
  const facts: FactStore = {
    read: async (key) => kept.get(key) ?? null,
    write: async (key, value) => {
      if (isFull) throw new Error('the disk is full');
      kept.set(key, value);
    },
  };
  let id = 0;
  const check = () => checkStartMark(dataDir, facts, () => `start ${++id}`);
  expect([await check(), await check()]).toEqual(['same', 'same']);
  isFull = true;
  await expect(check()).rejects.toThrow('full');
  isFull = false;
  expect(await check()).toBe('same');
  kept.clear();
  expect(await check()).toBe('foreign');
  expect(await check()).toBe('same');
});
