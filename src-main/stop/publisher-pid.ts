import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readSmall, removeFile, writeWhole } from './sync-files.ts';

/** Names one process for ever: a number alone is given again after it ended. */
export type ProcessName = { readonly pid: number; readonly startedAt: string };

/** When a process started, in the system's own words; null when there is no such process. */
export function readStartTime(pid: number): string | null {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      // Field 3 is the state, field 22 the start in ticks since boot; a zombie sends nothing any more.
      return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null);
    }
    if (process.platform === 'win32') {
      const command = `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`;
      return execFileSync('powershell.exe', ['-NoProfile', '-Command', command], {
        encoding: 'utf8',
        timeout: 5_000,
        windowsHide: true,
      }).trim();
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

/** The publisher writes down who it is, so that a stop from outside can end it and nobody else. */
export function writePublisherPid(path: string): void {
  const startedAt = readStartTime(process.pid) ?? '';
  writeWhole(path, () => JSON.stringify({ pid: process.pid, startedAt } satisfies ProcessName));
}

/** Takes this process's own name away. One that outlived its main may come late: the name of its successor stays. */
export function removePublisherPid(path: string): void {
  try {
    const name = JSON.parse(readSmall(path, 1_024).text) as Partial<ProcessName>;
    if (name.pid === process.pid) removeFile(path);
  } catch {
    // A name that stays behind is checked against the start time before anything is done with it.
  }
}

/** The publisher that is alive now; null when there is none. 'unknown' when the file is there but cannot be read. */
export function findPublisher(path: string): ProcessName | null | 'unknown' {
  let name: Partial<ProcessName> | null;
  try {
    name = JSON.parse(readSmall(path, 1_024).text) as Partial<ProcessName> | null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : 'unknown';
  }
  const { pid, startedAt } = name ?? {};
  // Where the system did not tell its start it may be alive or not: nothing is ended by its number alone.
  if (!Number.isSafeInteger(pid) || typeof startedAt !== 'string' || startedAt === '') return 'unknown';
  return readStartTime(pid as number) === startedAt ? { pid: pid as number, startedAt } : null;
}

/** Ends it with SIGKILL and waits until it is gone, at most `mostMs`. True when it is dead. */
export function killPublisher(name: ProcessName, mostMs: number, monotonic: () => number): boolean {
  const until = monotonic() + mostMs;
  const sleep = new Int32Array(new SharedArrayBuffer(4));
  try {
    process.kill(name.pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') return false;
  }
  while (readStartTime(name.pid) === name.startedAt) {
    if (monotonic() > until) return false;
    Atomics.wait(sleep, 0, 0, 5);
  }
  return true;
}
