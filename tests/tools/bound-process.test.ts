import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { endProcess, findProgram, run, spawnBound } from '../../tools/bound-process.ts';
import { withLock } from '../../tools/lock.ts';

const tools = join(import.meta.dirname, '../../tools');
const onLinux = test.runIf(process.platform === 'linux');

/** Runs a small program beside us; `said` is the first line it writes. */
async function program(text: string) {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', text], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [chunk] = await once(child.stdout, 'data');
  return { child, said: String(chunk).trim() };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

onLinux('a bound process ends with its parent, though that is killed outright', async () => {
  const { child, said } = await program(`
    import { spawnBound } from ${JSON.stringify(join(tools, 'bound-process.ts'))};
    const bound = spawnBound('sleep', ['600'], { stdio: 'ignore', detached: true });
    bound.once('spawn', () => setTimeout(() => console.log(bound.pid), 200));
    setInterval(() => {}, 1000);
  `);
  const pid = Number(said);
  onTestFinished(() => void (isAlive(pid) && process.kill(pid)));
  expect(isAlive(pid)).toBe(true);
  child.kill('SIGKILL');
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
});

onLinux('a process that does not listen is killed after its grace', async () => {
  const child = spawnBound('sh', ['-c', 'trap "" TERM; echo ready; while :; do sleep 0.1; done'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (child.stdout !== null) await once(child.stdout, 'data');
  await endProcess(child, 200);
  expect(child.signalCode).toBe('SIGKILL');
});

test('what a program printed and how it ended come back; one that is not there has failed', async () => {
  const node = await run(process.execPath, [
    '-e',
    'console.log("out"); console.error("err"); process.exitCode = 3',
  ]);
  expect(node.ok).toBe(false);
  expect(node.output).toContain('out');
  expect(node.output).toContain('err');
  expect((await run(join(tools, 'not-there'), [])).ok).toBe(false);
});

test('a program that takes too long has failed', async () => {
  const { ok } = await run(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { timeoutMs: 300 });
  expect(ok).toBe(false);
});

test('programs are found on the path given', () => {
  expect(findProgram('all-stop-not-there')).toBeNull();
  expect(findProgram('node', join(process.execPath, '..'))).toBe(process.execPath);
});

onLinux('work under one name runs one after the other, and a lock dies with its owner', async () => {
  const name = `test ${process.pid} ${Math.random()}`;
  const { child } = await program(`
    import { withLock } from ${JSON.stringify(join(tools, 'lock.ts'))};
    await withLock(${JSON.stringify(name)}, async () => {
      console.log('locked');
      await new Promise((wake) => setTimeout(wake, 600_000));
    });
  `);
  let ran = false;
  const waiting = withLock(name, () => {
    ran = true;
    return Promise.resolve();
  });
  await new Promise((wake) => setTimeout(wake, 600));
  expect(ran).toBe(false);
  child.kill('SIGKILL');
  await waiting;
  expect(ran).toBe(true);
});
