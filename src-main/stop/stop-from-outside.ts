import { randomUUID } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import type { Scope } from '../core/scope.ts';
import { scopeKey } from '../core/scope.ts';
import { epochFloor } from '../core/stop-state.ts';
import type { Control, EngagedStop } from '../core/stop-types.ts';
import { readReserved, reserveEpochs } from './epoch-mark.ts';
import { readHostId } from './host.ts';
import { readLatch, writeLatch } from './latch.ts';
import { readNarrowStops, writeNarrow } from './narrow-stops.ts';
import { readPermit, removePermit } from './permit.ts';
import { findPublisher, killPublisher } from './publisher-pid.ts';
import { readNames, resolveScope } from './scope-names.ts';
import { stopPaths } from './stop-files.ts';

const monotonic = () => Number(process.hrtime.bigint() / 1_000_000n);
const MOST_KILL_MS = 1_000;

export type OutsideStop = {
  /** A durable record was read back: the permit is gone, the latch says stopped, or the narrower stop is there. */
  readonly isDurable: boolean;
  readonly publisher: 'dead' | 'not-found' | 'not-confirmed';
  /** What was asked for when everything was stopped instead; '' otherwise. */
  readonly widenedFrom: string;
  /** What went wrong, in words; '' when nothing did. */
  readonly problem: string;
};

/**
 * Stops without the app: it hangs, crashed or is not running. Changes files and ends the publisher, touches neither database nor
 * journal; the app takes the stop up from the files. `scopes` is what a person typed, each as `resolveScope` reads it; none is everything.
 */
export function stopFromOutside(order: {
  dataDir: string;
  scopes: readonly string[];
  control: Control;
  by: string;
  reason: string;
}): OutsideStop {
  const paths = stopPaths(order.dataDir);
  // Of everything, the permit goes before anything is read: whatever is wrong with the disk may keep a reader waiting.
  const isWhole = order.scopes.length === 0 || order.scopes.some((text) => resolveScope(text, null) !== null);
  let isGone = isWhole && removePermit(paths.permit);
  const { narrow, unknown } = readScopes(order.scopes, paths.names);
  const newStop = (covered: Scope, widened: string): EngagedStop => ({
    id: randomUUID(),
    epoch: 0,
    scope: covered,
    control: order.control,
    by: order.by,
    reason: order.reason.slice(0, 1_000),
    widenedFrom: widened,
    engagedAt: Date.now(),
    isDurable: true,
    isSilent: true,
    todo: '',
    inFlight: [],
  });
  const areKept =
    narrow.length === 0 ||
    writeNarrow(
      paths.stops,
      narrow.map(({ scope }) => ({ stop: newStop(scope, ''), endsAt: null })),
    );
  const widened = [...unknown, ...(areKept ? [] : narrow.map(({ scope }) => scopeKey(scope)))].join(', ');
  if (!isWhole && widened === '') {
    // What is in flight there can only be aborted by ending the publisher; the app starts a new one.
    return { isDurable: true, widenedFrom: '', ...endPublisher(paths.publisherPid) };
  }
  let problem = '';
  try {
    mkdirSync(order.dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    problem = (error as Error).message;
  }
  isGone ||= removePermit(paths.permit);
  const before = readLatch(paths.latch);
  const reserved = readReserved(paths.dir);
  const epoch = epochFloor(before, reserved, Date.now()) + 1;
  if (epoch > reserved) tryTo(() => reserveEpochs(paths.dir, epoch));
  const stop = { ...newStop({ kind: 'everything' }, widened), epoch };
  const kept =
    before.state === 'stopped' && before.stop
      ? { ...before.stop, reason: before.stop.reason || stop.reason }
      : stop;
  const isLatched = writeLatch(paths.latch, { state: 'stopped', epoch, stop: kept });
  const ended = endPublisher(paths.publisherPid);
  if (!isGone && !isLatched)
    problem ||= `The permit could not be removed from ${order.dataDir} and the latch could not be written.`;
  return {
    isDurable: isGone || isLatched,
    widenedFrom: widened,
    ...ended,
    problem: problem || ended.problem,
  };
}

/** What of it names something that exists, and what does not. */
function readScopes(texts: readonly string[], namesPath: string) {
  const isNamed = texts.some((text) => resolveScope(text, null) === null);
  const names = isNamed ? readNames(namesPath) : null;
  const found = texts.map((text) => ({ text, scope: resolveScope(text, names) }));
  return {
    unknown: found.flatMap(({ text, scope }) => (scope === null ? [text] : [])),
    narrow: found.flatMap(({ scope }) => (scope === null || scope.kind === 'everything' ? [] : [{ scope }])),
  };
}

/** A stop is made with or without it. */
function tryTo(act: () => void): void {
  try {
    act();
  } catch {
    // A full disk: the latch is written all the same.
  }
}

function endPublisher(pidPath: string): Pick<OutsideStop, 'publisher' | 'problem'> {
  const found = findPublisher(pidPath);
  if (found === null) return { publisher: 'not-found', problem: '' };
  if (found !== 'unknown' && killPublisher(found, MOST_KILL_MS, monotonic))
    return { publisher: 'dead', problem: '' };
  return {
    publisher: 'not-confirmed',
    problem: `The publisher${found === 'unknown' ? '' : ` (process ${found.pid})`} could not be ended.`,
  };
}

/**
 * Whether the files say that these stops are in force: for everything, that the permit is gone or the latch says stopped; for each other,
 * that its own file is there. `scopes` as in `stopFromOutside`. Whoever says so over a socket is believed no further than this.
 */
export function isStopRecorded(dataDir: string, scopes: readonly string[]): boolean {
  const paths = stopPaths(dataDir);
  const { narrow, unknown } = readScopes(scopes, paths.names);
  const isOfAll = unknown.length > 0 || narrow.length < scopes.length || scopes.length === 0;
  if (isOfAll && !isNotThere(paths.permit) && readLatch(paths.latch).state !== 'stopped') return false;
  if (narrow.length === 0) return true;
  const found = readNarrowStops(paths.stops);
  if (!found.ok) return false;
  const keys = new Set(
    found.stops.flatMap(({ stop, endsAt }) => (endsAt === null ? [scopeKey(stop.scope)] : [])),
  );
  return narrow.every(({ scope }) => keys.has(scopeKey(scope)));
}

function isNotThere(path: string): boolean {
  try {
    lstatSync(path);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}

export type FoundPublishing = {
  readonly state: 'publishing' | 'stopped' | 'not-started';
  readonly epoch: number;
  /** The stop of everything first. */
  readonly stops: readonly EngagedStop[];
};

/** What the files say while the app does not run. */
export function readPublishingFiles(dataDir: string): FoundPublishing {
  const paths = stopPaths(dataDir);
  const permit = readPermit(paths.permit, readHostId());
  const latch = readLatch(paths.latch);
  const narrow = readNarrowStops(paths.stops);
  const stops = narrow.ok ? narrow.stops.flatMap(({ stop, endsAt }) => (endsAt === null ? [stop] : [])) : [];
  const isPermitted = permit.ok && latch.state === 'armed' && latch.epoch === permit.epoch;
  const reserved = readReserved(paths.dir);
  const isFresh = latch.state === 'absent' && reserved === 0 && !permit.ok && permit.why === 'missing';
  return {
    state: isPermitted && narrow.ok ? 'publishing' : isFresh && narrow.ok ? 'not-started' : 'stopped',
    epoch: Math.max(latch.epoch, permit.ok ? permit.epoch : 0),
    stops: latch.stop ? [latch.stop, ...stops] : stops,
  };
}
