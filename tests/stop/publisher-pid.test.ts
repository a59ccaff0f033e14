import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  findPublisher,
  killPublisher,
  readStartTime,
  removePublisherPid,
  writePublisherPid,
} from '../../src-main/stop/publisher-pid.ts';
import { tempDir } from '../support/temp-dir.ts';

const pidPath = () => join(tempDir(), 'publisher.pid');
const monotonic = () => performance.now();

/** A process that does nothing until it is ended. */
function idle(): ChildProcess & { pid: number } {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  if (child.pid === undefined) throw new Error('no process was started');
  return child as ChildProcess & { pid: number };
}

const nameOf = (pid: number) => ({ pid, startedAt: readStartTime(pid) ?? '' });

describe('the name of the publisher', () => {
  test('is written down and found while it lives', () => {
    const path = pidPath();
    writePublisherPid(path);
    expect(findPublisher(path)).toEqual(nameOf(process.pid));
    removePublisherPid(path);
    expect(existsSync(path)).toBe(false);
    expect(findPublisher(path)).toBeNull();
    removePublisherPid(path);
  });

  test('of another process stays when somebody else leaves', () => {
    const path = pidPath();
    const child = idle();
    writeFileSync(path, JSON.stringify(nameOf(child.pid)));
    removePublisherPid(path);
    expect(findPublisher(path)).toEqual(nameOf(child.pid));
  });

  test('is nobody once it ended', async () => {
    const path = pidPath();
    const child = idle();
    writeFileSync(path, JSON.stringify(nameOf(child.pid)));
    child.kill('SIGKILL');
    await new Promise((done) => child.once('exit', done));
    expect(readStartTime(child.pid)).toBeNull();
    expect(findPublisher(path)).toBeNull();
  });

  test('is nobody when the number was given to another process', () => {
    const path = pidPath();
    writeFileSync(path, JSON.stringify({ pid: process.pid, startedAt: 'long ago' }));
    expect(findPublisher(path)).toBeNull();
  });

  test.each([
    ['an empty file', ''],
    ['garbage', 'garbage'],
    ['no number', '{"pid":"7","startedAt":"1"}'],
    ['no time', '{"pid":7}'],
    ['a time that was not to be had', `{"pid":${process.pid},"startedAt":""}`],
    ['null', 'null'],
    ['a group of processes', '{"pid":-1,"startedAt":"1"}'],
    ['whoever asks', '{"pid":0,"startedAt":"1"}'],
  ])('%s does not say who it is', (_, text) => {
    const path = pidPath();
    writeFileSync(path, text);
    expect(findPublisher(path)).toBe('unknown');
  });

  test('is nobody when no process has the number, whether or not its start was known', () => {
    const path = pidPath();
    for (const startedAt of ['', 'long ago']) {
      writeFileSync(path, JSON.stringify({ pid: 2 ** 22 + 1, startedAt }));
      expect(findPublisher(path)).toBeNull();
    }
  });

  test('tells two processes of one number apart by their start', () => {
    expect(readStartTime(process.pid)).toBe(readStartTime(process.pid));
    expect(readStartTime(process.pid)).not.toBe(readStartTime(idle().pid));
    expect(readStartTime(2 ** 22 + 1)).toBeNull();
  });
});

/** As on macOS, where `ps` tells: the real one, or the lines of a shell in its place. Until the test ends. */
function onMac(lines: string | null): void {
  const [platform, path] = [process.platform, process.env.PATH];
  onTestFinished(() => {
    Object.defineProperty(process, 'platform', { value: platform });
    process.env.PATH = path;
  });
  Object.defineProperty(process, 'platform', { value: 'darwin' });
  if (lines === null) return;
  const dir = tempDir();
  writeFileSync(join(dir, 'ps'), `#!/bin/sh\n${lines}\n`);
  chmodSync(join(dir, 'ps'), 0o700);
  process.env.PATH = `${dir}${delimiter}${path}`;
}

describe('where only ps tells when a process started', () => {
  test('asks in one language and one zone, whatever the session’s are', () => {
    const asked = join(tempDir(), 'asked');
    onMac(`echo "$LC_ALL $TZ" > '${asked}'; echo 'S+   Mon Nov 23 09:45:00 2026'`);
    expect(readStartTime(process.pid)).toBe('Mon Nov 23 09:45:00 2026');
    expect(readFileSync(asked, 'utf8')).toBe('C UTC\n');
  });

  test.skipIf(!existsSync('/usr/bin/ps'))('finds and ends the publisher by it', () => {
    onMac(null);
    const path = pidPath();
    const child = idle();
    const name = nameOf(child.pid);
    expect(name.startedAt).toMatch(/\d\d:\d\d:\d\d/u);
    writeFileSync(path, JSON.stringify(name));
    expect(findPublisher(path)).toEqual(name);
    expect(killPublisher(name, 5_000, monotonic)).toBe(true);
    expect(findPublisher(path)).toBeNull();
  });

  test.each([
    ['fails', 'exit 1'],
    ['says nothing', 'exit 0'],
    ['is not to be had', 'kill -9 $$'],
    ['hangs', 'exec sleep 30'],
  ])('a publisher that is alive is unknown, not dead, when ps %s', { timeout: 20_000 }, (_, lines) => {
    onMac(lines);
    const path = pidPath();
    const child = idle();
    writeFileSync(path, JSON.stringify({ pid: child.pid, startedAt: 'Mon Nov 23 09:45:00 2026' }));
    expect(findPublisher(path)).toBe('unknown');
    expect(killPublisher({ pid: child.pid, startedAt: 'then' }, 0, monotonic)).toBe(false);
  });

  test('one that ended and was not yet buried is nobody', () => {
    onMac(`echo 'Z    Mon Nov 23 09:45:00 2026'`);
    const path = pidPath();
    writeFileSync(path, JSON.stringify({ pid: process.pid, startedAt: 'Mon Nov 23 09:45:00 2026' }));
    expect(findPublisher(path)).toBeNull();
  });
});

describe('ending the publisher', () => {
  test('is true once it is dead, also when it was frozen', () => {
    for (const isFrozen of [false, true]) {
      const child = idle();
      if (isFrozen) process.kill(child.pid, 'SIGSTOP');
      const name = nameOf(child.pid);
      expect(killPublisher(name, 5_000, monotonic)).toBe(true);
      expect(readStartTime(child.pid)).toBeNull();
      expect(killPublisher(name, 5_000, monotonic)).toBe(true);
    }
  });

  test('waits no longer than it may for one that is never said to be dead', () => {
    onMac(`echo 'S    Mon Nov 23 09:45:00 2026'`);
    const name = { pid: idle().pid, startedAt: 'Mon Nov 23 09:45:00 2026' };
    const began = monotonic();
    expect(killPublisher(name, 100, monotonic)).toBe(false);
    expect(monotonic() - began).toBeLessThan(10_000);
  });
});
