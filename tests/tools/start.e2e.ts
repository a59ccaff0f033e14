import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const patience = { timeout: 60_000, interval: 200 };
let data: string;
let running: ChildProcess | null;

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'all-stop-start-test-'));
  running = null;
});
afterEach(async () => {
  if (running?.pid !== undefined && running.exitCode === null && running.signalCode === null) {
    const family = [running.pid, ...descendantsOf(running.pid)];
    running.kill('SIGTERM');
    await expect.poll(() => family.filter(isAlive), patience).toEqual([]);
  }
  rmSync(data, { recursive: true, force: true, maxRetries: 5 });
});

/** `npm start` as on a machine without a display. */
function start() {
  const { DISPLAY, WAYLAND_DISPLAY, XAUTHORITY, DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR, ...env } =
    process.env;
  const child = spawn('npm', ['start', '--', `--data-dir=${data}`, '--lang=en-US'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running = child;
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.resume();
  return { pid: child.pid ?? 0, kill: (signal: NodeJS.Signals) => child.kill(signal), output: () => output };
}

type Row = { readonly pid: number; readonly parent: number };

function processes(): Row[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .flatMap((name) => {
      try {
        // After the name of the program, which may hold anything: the state and the parent.
        const rest = readFileSync(`/proc/${name}/stat`, 'utf8')
          .replace(/^.*\) /su, '')
          .split(' ');
        return rest[0] === 'Z' ? [] : [{ pid: Number(name), parent: Number(rest[1]) }];
      } catch {
        return [];
      }
    });
}

function descendantsOf(pid: number, all = processes()): number[] {
  const children = all.filter(({ parent }) => parent === pid).map((row) => row.pid);
  return children.flatMap((child) => [child, ...descendantsOf(child, all)]);
}

function isAlive(pid: number): boolean {
  return processes().some((row) => row.pid === pid);
}

function screenshotIn(output: string): string {
  return /^Screenshot: (.+)$/mu.exec(output)?.[1] ?? '';
}

test('without a display the app opens on a virtual one, keeps a picture of it, and all of it ends when asked', async () => {
  const { pid, kill, output } = start();
  await expect.poll(() => screenshotIn(output()), patience).not.toBe('');
  const said = output()
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('> '));
  expect(said[0]).toMatch(/^All Stop runs on Electron \d+\.\d+\.\d+/u);
  expect(output()).toMatch(/There is no display here: the app opens on a virtual one, :\d+\./u);
  const picture = screenshotIn(output());
  expect(picture).toContain(join(data, 'screenshots'));
  expect(readFileSync(picture).subarray(1, 4).toString()).toBe('PNG');
  const family = descendantsOf(pid);
  expect(family.length).toBeGreaterThan(4);
  kill('SIGTERM');
  await expect.poll(() => [pid, ...family].filter(isAlive), patience).toEqual([]);
});

test('nothing is left running when npm is killed outright', async () => {
  const { pid, kill, output } = start();
  await expect.poll(() => screenshotIn(output()), patience).not.toBe('');
  const family = descendantsOf(pid);
  expect(family.length).toBeGreaterThan(4);
  kill('SIGKILL');
  await expect.poll(() => [pid, ...family].filter(isAlive), patience).toEqual([]);
});
