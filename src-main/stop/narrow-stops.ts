import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Instant } from '../core/clock.ts';
import { covers, type Place, type Scope, scopeKey } from '../core/scope.ts';
import type { EngagedStop } from '../core/stop-types.ts';
import { parseStop } from './stop-record.ts';
import { isAbsent, readSmall, removeFile, syncDir, writeWhole } from './sync-files.ts';

/** One narrower stop: one file in `stops/`. With `endsAt` it was released, and covers until the countdown is over. */
export type NarrowStop = { readonly stop: EngagedStop; readonly endsAt: Instant | null };

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

/** Writes one narrower stop, durable on return. True when it was read back. */
export function writeNarrow(dir: string, narrow: NarrowStop): boolean {
  try {
    const path = fileOf(dir, narrow.stop.scope);
    writeWhole(path, () => JSON.stringify(narrow));
    const back = readNarrowFile(path);
    return back?.stop.id === narrow.stop.id && back.endsAt === narrow.endsAt;
  } catch {
    return false;
  }
}

/**
 * True when the file is certainly gone, durably. One that holds anything but `expected` stays: another process stopped the same brand
 * meanwhile.
 */
export function removeNarrow(dir: string, expected: NarrowStop): boolean {
  try {
    const path = fileOf(dir, expected.stop.scope);
    if (!isAbsent(path)) {
      const found = readNarrowFile(path);
      if (found?.stop.id !== expected.stop.id || found.endsAt !== expected.endsAt) return false;
    }
    removeFile(path);
    syncDir(dir);
    return isAbsent(path);
  } catch {
    return false;
  }
}

function readNarrowFile(path: string): NarrowStop | null {
  const { stop: kept, endsAt } = JSON.parse(readSmall(path).text) as Partial<NarrowStop>;
  const stop = parseStop(kept);
  // A copy under another name, as programs that synchronise folders make, is not the stop of its scope.
  if (!stop || basename(fileOf('', stop.scope)) !== basename(path)) return null;
  if (endsAt !== null && !Number.isFinite(endsAt)) return null;
  return { stop, endsAt: endsAt ?? null };
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
  for (const name of names) {
    if (name === NAMES || name.startsWith('.') || !name.endsWith(ENDING)) continue;
    try {
      const read = readNarrowFile(join(dir, name));
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
    const isSettled = Math.abs(now() - Number(mtime / 1_000_000n)) > RACY_MS;
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

/** The names a stop may be asked by while the app is down. */
export type Names = { readonly brands: readonly { readonly id: number; readonly name: string }[] };

/** Keeps the index of names beside the stops. Throws what the system says. */
export function writeNames(path: string, names: Names): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeWhole(path, () => JSON.stringify(names));
}

/** Null when there is none that can be read: then a stop by name becomes a stop of everything. */
export function readNames(path: string): Names | null {
  try {
    const names = JSON.parse(readSmall(path, 4 * 1024 * 1024).text) as Partial<Names>;
    return Array.isArray(names.brands) ? (names as Names) : null;
  } catch {
    return null;
  }
}

/** The scope a text such as `brand:Maison Verte` names, without regard to case; null when it names nothing that exists. */
export function resolveScope(text: string, names: Names | null): Scope | null {
  if (text === 'everything' || text === '') return { kind: 'everything' };
  const name = /^brand:(.+)$/su.exec(text)?.[1]?.trim().toLowerCase();
  const brand = name === undefined ? undefined : names?.brands.find((b) => b.name.toLowerCase() === name);
  return brand ? { kind: 'brand', brandId: brand.id } : null;
}
