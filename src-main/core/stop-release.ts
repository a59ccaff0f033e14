import type { CancelWake, Instant } from './clock.ts';
import { ok, type Result, refuse } from './result.ts';
import { type Scope, scopeKey } from './scope.ts';
import type { StopDeps } from './stop-ports.ts';
import { COUNTDOWN_MS, type StopState } from './stop-state.ts';
import type { EngagedStop, PublishingStatus, ReleaseOrder } from './stop-types.ts';

export type Release = {
  start(by: string): Result<PublishingStatus>;
  release(order: ReleaseOrder): Result<PublishingStatus>;
  /** Waits for the next countdown to be over, and says so then. */
  awaitCountdowns(): void;
  /** Takes away the narrower stops whose countdown was over at `at`: what was due under them is marked. */
  swept(at: Instant): void;
  close(): void;
};

/** `stopEverything` is for the worst: a release that failed and could not be taken back. */
export function createRelease(
  deps: StopDeps,
  state: StopState,
  stopEverything: (why: string) => void,
): Release {
  const { clock, disk, publisher } = deps;
  let cancelCountdown: CancelWake = () => {};

  const notConfirmed = () =>
    refuse('not-confirmed', 'The stop is not confirmed. Only a confirmed stop can be released.');

  /** What could not be taken back either was stopped once more, and where that failed too nothing is claimed. */
  const notReleased = () =>
    state.status().state === 'not-confirmed'
      ? notConfirmed()
      : refuse(
          'not-durable',
          'This could not be written to the data folder. Nothing was released; it stays stopped.',
        );

  const stopForGood = () => stopEverything('A release could neither be carried out nor taken back.');

  function arm(countdownMs: number, by: string): boolean {
    const epoch = state.epoch + 1;
    const from = countdownMs === 0 ? 0 : clock.now() + countdownMs;
    // Both clocks are read before anything waits for the disk: one may be set meanwhile.
    const fromMonotonic = countdownMs === 0 ? 0 : clock.monotonic() + countdownMs;
    state.epoch = epoch;
    if (!disk.arm(epoch, from, by)) {
      const isGone = disk.removePermit(() => {});
      const isLatched = state.everything !== null && disk.latchStop(epoch, state.everything);
      // What could not be read back may be written all the same: the next start would publish.
      if (!isGone && !isLatched) stopForGood();
      return false;
    }
    state.everything = null;
    state.isArmed = true;
    state.hasStarted = true;
    state.sendsFrom = from;
    state.sendsFromMonotonic = fromMonotonic;
    publisher.arm(epoch);
    return true;
  }

  function awaitCountdowns(): void {
    cancelCountdown();
    const running = [
      ...(state.isArmed ? [{ at: state.sendsFrom, monotonic: state.sendsFromMonotonic }] : []),
      ...[...state.narrow.values()].flatMap(({ endsAt, endsMonotonic }) =>
        endsAt === null ? [] : [{ at: endsAt, monotonic: endsMonotonic }],
      ),
    ].flatMap((ends) => {
      const left = state.leftOf(ends);
      const ms = Math.max(left.wall, left.monotonic);
      return ms > 0 ? [{ ...left, ms }] : [];
    });
    const next = running.sort((a, b) => a.ms - b.ms)[0];
    if (!next) return;
    const over = () => {
      awaitCountdowns();
      state.changed();
      deps.wake();
    };
    cancelCountdown =
      next.wall > 0 ? clock.wakeAt(clock.now() + next.wall, over) : clock.after(next.monotonic, over);
  }

  function swept(at: Instant): void {
    for (const [key, { stop, endsAt, endsMonotonic }] of state.narrow) {
      if (endsAt === null || at < endsAt || clock.monotonic() < endsMonotonic) continue;
      if (disk.removeNarrow(stop, endsAt)) state.narrow.delete(key);
    }
  }

  const isStopped = (brandId: number) =>
    state.narrow.get(scopeKey({ kind: 'brand', brandId }))?.endsAt === null;

  /** All of them or none. */
  function releaseNarrow(brandIds: readonly number[]): boolean {
    const endsAt = clock.now() + COUNTDOWN_MS;
    const endsMonotonic = clock.monotonic() + COUNTDOWN_MS;
    const keys = brandIds.map((brandId) => scopeKey({ kind: 'brand', brandId }));
    const stopped = keys.flatMap((key) => {
      const entry = state.narrow.get(key);
      return entry?.endsAt === null ? [{ key, entry }] : [];
    });
    const failed = stopped.findIndex(({ entry }) => !disk.writeNarrow(entry.stop, endsAt));
    if (failed === -1) {
      for (const { key, entry } of stopped)
        state.narrow.set(key, { stop: entry.stop, endsAt, endsMonotonic });
      return true;
    }
    // What could not be read back may be written all the same.
    const left = stopped.slice(0, failed + 1).filter(({ entry }) => !disk.writeNarrow(entry.stop, null));
    for (const { key, entry } of left)
      state.narrow.set(key, { ...entry, stop: { ...entry.stop, isDurable: false } });
    if (left.length > 0) stopForGood();
    return false;
  }

  /** Those that stay are stopped by themselves before everything is permitted again: there is no moment between. */
  function keepStopped(brandId: number, from: EngagedStop): boolean {
    const scope: Scope = { kind: 'brand', brandId };
    const kept = state.narrow.get(scopeKey(scope));
    // Written once more: a release of it that failed may have left its file saying that it is over.
    if (kept && kept.endsAt === null) return disk.writeNarrow(kept.stop, null);
    const stop = {
      ...from,
      id: deps.newId(),
      scope,
      inFlight: [],
      isDurable: true,
      isSilent: true,
      todo: '',
    };
    if (!disk.writeNarrow(stop, null)) return false;
    state.narrow.set(scopeKey(scope), { stop, endsAt: null, endsMonotonic: 0 });
    return true;
  }

  function bringBack(brandId: number): boolean {
    const key = scopeKey({ kind: 'brand', brandId });
    const entry = state.narrow.get(key);
    if (entry && !disk.removeNarrow(entry.stop, entry.endsAt)) {
      // It may be gone all the same, and what is said to stay stopped has to be so at the next start.
      const isKept = disk.read().narrow?.some(({ stop }) => scopeKey(stop.scope) === key);
      if (!isKept && !disk.writeNarrow(entry.stop, entry.endsAt)) {
        state.narrow.set(key, { ...entry, stop: { ...entry.stop, isDurable: false } });
        stopForGood();
      }
      return false;
    }
    state.narrow.delete(key);
    return true;
  }

  /** The brands that come back; null when nothing was released. A brand whose own stop cannot be taken away stays stopped by it. */
  function releaseEverything(order: ReleaseOrder, from: EngagedStop): readonly number[] | null {
    const released = new Set(order.brandIds);
    const isReady = order.allBrandIds.every((brandId) => released.has(brandId) || keepStopped(brandId, from));
    if (!isReady || !arm(COUNTDOWN_MS, order.by)) return null;
    return order.brandIds.filter(bringBack);
  }

  return {
    start(by) {
      if (state.status().state !== 'not-started')
        return refuse('not-startable', 'Publishing was started or stopped before: release the stop instead.');
      if (!arm(0, by))
        return state.everything === null
          ? refuse('not-durable', 'The permit could not be written to the data folder.')
          : notReleased();
      deps.record('publishing.started', 'button', by, { epoch: state.epoch });
      state.changed();
      deps.wake();
      return ok(state.status());
    },

    release(order) {
      if (!order.by.trim())
        return refuse('name-missing', 'A release needs the name of the person who does it.');
      if (order.brandIds.length === 0) return refuse('no-brand', 'Name the brands that come back.');
      if (order.pressCount !== state.pressCount)
        return refuse(
          'pressed-since',
          'The stop was pressed again while this release was being decided. Nothing was released.',
        );
      const was = state.everything;
      if (was && state.status().state !== 'stopped') return notConfirmed();
      if (!was && !order.brandIds.some(isStopped))
        return refuse('not-stopped', 'None of these brands is stopped.');
      const sendsFrom = clock.now() + COUNTDOWN_MS;
      const back = was
        ? releaseEverything(order, was)
        : releaseNarrow(order.brandIds)
          ? order.brandIds
          : null;
      if (back === null || state.everything !== null) return notReleased();
      deps.record('stop.released', 'button', order.by, {
        stop: was?.id ?? '',
        brands: [...back],
        epoch: state.epoch,
        sendsFrom,
      });
      awaitCountdowns();
      state.changed();
      deps.wake();
      if (back.length < order.brandIds.length)
        return refuse(
          'partly-released',
          'Some of these brands stay stopped: their own stop could not be taken out of the data folder.',
        );
      return ok(state.status());
    },

    awaitCountdowns,
    swept,
    close: () => cancelCountdown(),
  };
}
