import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
  ])('%s does not say who it is', (_, text) => {
    const path = pidPath();
    writeFileSync(path, text);
    expect(findPublisher(path)).toBe('unknown');
  });

  test('tells two processes of one number apart by their start', () => {
    expect(readStartTime(process.pid)).toBe(readStartTime(process.pid));
    expect(readStartTime(process.pid)).not.toBe(readStartTime(idle().pid));
    expect(readStartTime(2 ** 22 + 1)).toBeNull();
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

  test('waits no longer than it may for one that does not die', () => {
    let now = 0;
    const child = idle();
    const name = nameOf(child.pid);
    // The clock runs out at once: whether the process is dead by then is not known, and is not claimed.
    const isDead = killPublisher(name, 0, () => now++);
    expect(isDead).toBe(readStartTime(child.pid) === null);
  });
});
