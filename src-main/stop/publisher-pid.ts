import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readSmall, removeFile } from './sync-files.ts';
import { writeWhole } from './whole-files.ts';

/** Names one process for ever: a number alone is given again after it ended. */
export type ProcessName = { readonly pid: number; readonly startedAt: string };

/** 'untold': it is alive, or may be, and the system does not say when it started. */
type Found =
  | { readonly is: 'gone' }
  | { readonly is: 'untold' }
  | { readonly is: 'alive'; readonly startedAt: string };

const GONE: Found = { is: 'gone' };
/** Longer than a busy machine needs to answer, short enough for a stop to wait. */
const MOST_ASK_MS = 2_000;

/** When a process started, in the system's own words; null when there is no such process, or the system does not tell. */
export function readStartTime(pid: number): string | null {
  const found = findProcess(pid);
  return found.is === 'alive' ? found.startedAt : null;
}

function findProcess(pid: number): Found {
  try {
    const found =
      process.platform === 'linux'
        ? findInProc(pid)
        : process.platform === 'win32'
          ? findByPowershell(pid)
          : findByPs(pid);
    if (found) return found;
  } catch {
    // No such process, or nobody could be asked: the next line tells which.
  }
  return isThere(pid) ? { is: 'untold' } : GONE;
}

function findInProc(pid: number): Found | null {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // Field 3 is the state, field 22 the start in ticks since boot; a zombie sends nothing any more.
  return fields[0] === 'Z' || fields[0] === 'X' ? GONE : aliveSince(fields[19]);
}

function findByPowershell(pid: number): Found | null {
  const command = `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`;
  const told = execFileSync('powershell.exe', ['-NoProfile', '-Command', command], {
    encoding: 'utf8',
    timeout: 5_000,
    windowsHide: true,
  });
  return aliveSince(told.trim());
}

/** HAZARD: `ps` writes the time in the language and zone of who asks; the publisher and a stop from outside may differ in both. */
function findByPs(pid: number): Found | null {
  const told = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    timeout: MOST_ASK_MS,
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
  }).trim();
  return told.startsWith('Z') ? GONE : aliveSince(/^\S+\s+(\S.*)$/u.exec(told)?.[1]);
}

const aliveSince = (startedAt: string | undefined): Found | null =>
  startedAt ? { is: 'alive', startedAt } : null;

/** Whether the system has a process of this number, whoever's it is. A zombie counts. */
function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
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

/** The publisher that is alive now; null when there is none. 'unknown' when the file, or the system, does not tell who that is. */
export function findPublisher(path: string): ProcessName | null | 'unknown' {
  let name: Partial<ProcessName> | null;
  try {
    name = JSON.parse(readSmall(path, 1_024).text) as Partial<ProcessName> | null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : 'unknown';
  }
  const { pid, startedAt } = name ?? {};
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || typeof startedAt !== 'string')
    return 'unknown';
  const found = findProcess(pid);
  if (found.is === 'gone') return null;
  // Where the system does not tell its start, then or now, it may be this one or not: nothing is ended by its number alone.
  if (found.is === 'untold' || startedAt === '') return 'unknown';
  return found.startedAt === startedAt ? { pid, startedAt } : null;
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
  for (;;) {
    const found = findProcess(name.pid);
    if (found.is === 'gone' || (found.is === 'alive' && found.startedAt !== name.startedAt)) return true;
    if (monotonic() > until) return false;
    Atomics.wait(sleep, 0, 0, 5);
  }
}
