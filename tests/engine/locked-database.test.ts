import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { likelyControlPlaces, readSurroundings } from '../../src-main/cli/control-place.ts';
import { askFirst, type ControlAnswer } from '../../src-main/cli/control-socket.ts';
import { listen } from '../../src-main/control.ts';
import { databasePath } from '../../src-main/data-folder.ts';
import { openStorage } from '../../src-main/storage/open-storage.ts';
import { buildApp } from '../support/app-here.ts';
import { until } from '../support/engine-rig.ts';
import { tempDir } from '../support/temp-dir.ts';

vi.setConfig({ testTimeout: 90_000 });

const HOLD = resolve('tests/storage/hold-database.ts');

/** Another process has the database open until it is let go. */
async function holdDatabase(path: string): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, [HOLD, path], { stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return async () => {
    child.stdin.end();
    await gone;
  };
}

/** The app's engine and database on a data folder whose database another process holds, started. */
async function startLocked() {
  const dataDir = tempDir();
  vi.stubEnv('XDG_RUNTIME_DIR', tempDir());
  onTestFinished(() => void vi.unstubAllEnvs());
  const letGo = await holdDatabase(databasePath(dataDir));
  const { engine, holder, start } = buildApp(dataDir);
  const control = await listen(dataDir, engine, holder);
  onTestFinished(control.close);
  const changes: string[] = [];
  await start((what) => void changes.push(what));
  const status = async (): Promise<Record<string, unknown>> => {
    const places = likelyControlPlaces(dataDir, readSurroundings(process.env));
    const answer: ControlAnswer = await askFirst(places, { verb: 'status' }, 5_000);
    return answer.kind === 'answer' ? (answer.value as Record<string, unknown>) : { answer: answer.kind };
  };
  return { dataDir, holder, letGo, changes, status };
}

test('a database another process holds is opened once it is let go, and the status says why it was not', async () => {
  const { holder, letGo, changes, status } = await startLocked();
  expect(holder.open()).toBeNull();
  expect(holder.problem()).toMatch(/database open/u);
  expect(await status()).toMatchObject({ problem: holder.problem(), counts: null });
  await letGo();
  changes.length = 0;
  await until('it is open', 30_000, async () => holder.open() !== null && holder.problem() === '');
  expect(changes).toContain('desk');
  expect(changes).toContain('publishing');
  expect(await status()).toMatchObject({ problem: '', counts: { scheduled: 0 } });
});

test('an app that closes meanwhile opens it no more', async () => {
  const { dataDir, holder, letGo } = await startLocked();
  holder.giveUp();
  await letGo();
  // Longer than it waits before trying again.
  await new Promise((done) => setTimeout(done, 5_000));
  expect(holder.open()).toBeNull();
  const other = await openStorage({ path: join(dataDir, 'queue.sqlite'), now: Date.now });
  expect(other.ok).toBe(true);
  if (other.ok) await other.value.close();
});
