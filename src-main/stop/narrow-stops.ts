import { linkSync, readdirSync, renameSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Instant } from '../core/clock.ts';
import { covers, type Place, type Scope, scopeKey } from '../core/scope.ts';
import type { NarrowStop } from '../core/stop-ports.ts';
import { stopIdOf } from '../core/stop-state.ts';
import type { EngagedStop } from '../core/stop-types.ts';
import { parseStop } from './stop-record.ts';
import { isAbsent, readSmall, removeFile, syncDir } from './sync-files.ts';
import { syncFile, writeSynced } from './whole-files.ts';

/** What the folder says. One that cannot be read or understood covers everything; `file` is its name, '' for the folder itself. */
export type NarrowReading =
  | { readonly ok: true; readonly stops: readonly NarrowStop[] }
  | { readonly ok: false; readonly file: string };

const NAMES = 'names.json';
const ENDING = '.json';

/** Only the colon after the kind becomes a dash: two scopes never share a file. Throws for a name no file can have. */
function fileOf(dir: string, scope: Scope): string {
  return join(dir, `${encodeURIComponent(scopeKey(scope)).replace('%3A', '-')}${ENDING}`);
}

/** The file of stops that differ in nothing but whom they cover: their scope and the end of their id are in its name. */
type SharedText = { readonly shared: EngagedStop; readonly endsAt: Instant | null };
const SHARED_NAME = /^(brand|account)-([1-9]\d{0,15})\.json$/u;

/** The first part of the id of a stop that may share its text with others made in the same step; '' when it may not. */
function groupOf({ id, scope }: EngagedStop): string {
  if (scope.kind !== 'brand' && scope.kind !== 'account') return '';
  const group = id.slice(0, -stopIdOf('', scope).length);
  return group !== '' && stopIdOf(group, scope) === id ? group : '';
}

const sharedText = ({ stop, endsAt }: NarrowStop): string =>
  JSON.stringify({
    shared: { ...stop, id: groupOf(stop), scope: { kind: 'everything' } },
    endsAt,
  } satisfies SharedText);

/**
 * Writes narrower stops, durable on return. True when all were read back; otherwise any may be there, whole. A thousand that say the
 * same are one file by a thousand names, since each file of its own would wait for the disk. What is released (`endsAt`) replaces its own
 * stop only: another process may have stopped the same scope meanwhile.
 */
export function writeNarrow(dir: string, all: readonly NarrowStop[]): boolean {
  try {
    const alike = new Map<string, NarrowStop[]>();
    for (const narrow of all) {
      const isShared = all.length > 1 && groupOf(narrow.stop) !== '';
      const text = isShared ? sharedText(narrow) : JSON.stringify(narrow);
      const stops = alike.get(text) ?? [];
      stops.push(narrow);
      alike.set(text, stops);
    }
    for (const [text, stops] of alike) {
      const byPath = new Map(stops.map((narrow) => [fileOf(dir, narrow.stop.scope), narrow]));
      const [first, ...others] = byPath.keys();
      if (first === undefined) continue;
      // Asked when all that takes time is done: between the look and the renaming nothing waits.
      const mayReplace = (path: string) => isOwn(path, byPath.get(path));
      if (!writeSynced(first, () => text, mayReplace)) return false;
      for (const path of others) if (!shareFile(first, path, text, mayReplace)) return false;
    }
    syncDir(dir);
    return areThere(dir, all);
  } catch {
    return false;
  }
}

type MayReplace = (path: string) => boolean;

/**
 * Gives the file at `from` one more name, or writes it once more where the file system has no such thing. False when it may not replace
 * what is there.
 */
function shareFile(from: string, path: string, text: string, mayReplace: MayReplace): boolean {
  const temporary = `${path}.new`;
  try {
    removeFile(temporary);
    linkSync(from, temporary);
  } catch {
    return writeSynced(path, () => text, mayReplace);
  }
  if (!mayReplace(path)) {
    removeFile(temporary);
    return false;
  }
  renameSync(temporary, path);
  return true;
}

/** Whether `narrow` may be written over what lies at `path`. */
function isOwn(path: string, narrow: NarrowStop | undefined): boolean {
  if (!narrow || narrow.endsAt === null || isAbsent(path)) return true;
  const there = createFileReader()(path);
  return there !== null && (there.endsAt !== null || there.stop.id === narrow.stop.id);
}

function areThere(dir: string, all: readonly NarrowStop[]): boolean {
  const readFile = createFileReader();
  return all.every(({ stop, endsAt }) => {
    const back = readFile(fileOf(dir, stop.scope));
    return back?.stop.id === stop.id && back.endsAt === endsAt;
  });
}

/** Makes durable what is there, whoever wrote it. True when all were read back and synced. */
export function syncNarrow(dir: string, all: readonly NarrowStop[]): boolean {
  try {
    for (const { stop } of all) syncFile(fileOf(dir, stop.scope));
    syncDir(dir);
    return areThere(dir, all);
  } catch {
    return false;
  }
}

/**
 * One answer each: true when the file is certainly gone, durably. One that holds another stop stays: another process stopped the same
 * scope meanwhile.
 */
export function removeNarrow(dir: string, stops: readonly EngagedStop[]): readonly boolean[] {
  const readFile = createFileReader();
  const areGone = stops.map((stop) => {
    try {
      const path = fileOf(dir, stop.scope);
      if (!isAbsent(path) && readFile(path)?.stop.id !== stop.id) return false;
      removeFile(path);
      return isAbsent(path);
    } catch {
      return false;
    }
  });
  try {
    if (areGone.includes(true)) syncDir(dir);
    return areGone;
  } catch (error) {
    // No folder, no stop: there is nothing that could come back.
    const isEmpty = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return areGone.map((isGone) => isGone && isEmpty);
  }
}

/** What a file holds, apart from the name it is read by. */
type Held = {
  readonly stop: EngagedStop | null;
  readonly isShared: boolean;
  readonly endsAt: Instant | null;
};

/**
 * Reads files of one folder in one step. A text that many names share is read and understood once; the others of its names cost one
 * question each. HAZARD: for one step only. A file is known by its number and times, and numbers are given anew.
 */
function createFileReader(): (path: string) => NarrowStop | null {
  const shared = new Map<string, Held | null>();

  function heldBy(path: string): Held | null {
    const { dev, ino, nlink, size, birthtimeNs, mtimeNs } = statSync(path, { bigint: true });
    if (nlink < 2n) return parseHeld(readSmall(path).text);
    const key = [dev, ino, size, birthtimeNs, mtimeNs].join();
    const known = shared.get(key);
    if (known !== undefined) return known;
    const held = parseHeld(readSmall(path).text);
    shared.set(key, held);
    return held;
  }

  return (path) => {
    const held = heldBy(path);
    const stop = held?.isShared ? asNamed(basename(path), held.stop) : held?.stop;
    // A copy under another name, as programs that synchronise folders make, is not the stop of its scope.
    if (!held || !stop || basename(fileOf('', stop.scope)) !== basename(path)) return null;
    return { stop, endsAt: held.endsAt };
  };
}

function parseHeld(text: string): Held | null {
  const { stop, shared, endsAt } = JSON.parse(text) as Partial<NarrowStop & SharedText>;
  if (endsAt !== null && !Number.isFinite(endsAt)) return null;
  return { stop: parseStop(shared ? shared : stop), isShared: Boolean(shared), endsAt: endsAt ?? null };
}

/** The stop of the brand or the account a shared text's file is named for. */
function asNamed(name: string, shared: EngagedStop | null): EngagedStop | null {
  const [, kind, digits] = SHARED_NAME.exec(name) ?? [];
  if (!shared || kind === undefined) return null;
  const id = Number(digits);
  const scope: Scope = kind === 'brand' ? { kind: 'brand', brandId: id } : { kind: 'account', accountId: id };
  return { ...shared, id: stopIdOf(shared.id, scope), scope };
}

/**
 * Reads every stop of the folder. One that cannot be read or understood makes the whole reading 'unreadable'. What has another
 * ending is none: a file half written, or one that a file manager left where somebody looked.
 */
export function readNarrowStops(dir: string): NarrowReading {
  let names: string[];
  try {
    names = readdirSync(dir);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? { ok: true, stops: [] }
      : { ok: false, file: '' };
  }
  const stops: NarrowStop[] = [];
  const readFile = createFileReader();
  for (const name of names) {
    if (name === NAMES || name.startsWith('.') || !name.endsWith(ENDING)) continue;
    try {
      const read = readFile(join(dir, name));
      if (!read) return { ok: false, file: name };
      stops.push(read);
    } catch {
      return { ok: false, file: name };
    }
  }
  return { ok: true, stops };
}

/** How long after its last change a folder's time is not yet proof that nothing changed since: file times move in ticks. */
const RACY_MS = 100;
/** The same where times are whole seconds (HFS+, some shares), or every other one (FAT). */
const RACY_COARSE_MS = 2_100;

/** Reads the folder anew only when it changed. Asked before every send, with a hundred brands stopped as with none. */
export function createNarrowReader(dir: string, now: () => number): () => NarrowReading {
  let kept: { readonly mtime: bigint; readonly reading: NarrowReading } | null = null;
  return () => {
    let mtime: bigint;
    try {
      mtime = statSync(dir, { bigint: true }).mtimeNs;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ENOENT'
        ? { ok: true, stops: [] }
        : { ok: false, file: '' };
    }
    if (kept?.mtime === mtime) return kept.reading;
    const racyMs = mtime % 1_000_000_000n === 0n ? RACY_COARSE_MS : RACY_MS;
    const isSettled = Math.abs(now() - Number(mtime / 1_000_000n)) > racyMs;
    const reading = readNarrowStops(dir);
    kept = isSettled && reading.ok ? { mtime, reading } : null;
    return reading;
  };
}

/** Whether any of them covers the account now. */
export function isCovered(reading: NarrowReading, place: Place, now: Instant): boolean {
  if (!reading.ok) return true;
  return reading.stops.some(
    ({ stop, endsAt }) => (endsAt === null || now < endsAt) && covers(stop.scope, place),
  );
}
