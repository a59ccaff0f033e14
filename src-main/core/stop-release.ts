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

export function createRelease(deps: StopDeps, state: StopState): Release {
  const { clock, disk, publisher } = deps;
  let cancelCountdown: CancelWake = () => {};

  const notDurable = () =>
    refuse(
      'not-durable',
      'This could not be written to the data folder. Nothing was released; it stays stopped.',
    );

  function arm(from: Instant, by: string): boolean {
    const epoch = state.epoch + 1;
    state.epoch = epoch;
    if (!disk.arm(epoch, from, by)) {
      disk.removePermit(() => {});
      if (state.everything) disk.latchStop(epoch, state.everything);
      return false;
    }
    state.everything = null;
    state.isArmed = true;
    state.hasStarted = true;
    state.sendsFrom = from;
    state.sendsFromMonotonic = from === 0 ? 0 : clock.monotonic() + (from - clock.now());
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
      if (disk.removeNarrow(stop.scope)) state.narrow.delete(key);
    }
  }

  const isStopped = (brandId: number) =>
    state.narrow.get(scopeKey({ kind: 'brand', brandId }))?.endsAt === null;

  function releaseNarrow(brandIds: readonly number[]): boolean {
    const endsAt = clock.now() + COUNTDOWN_MS;
    const endsMonotonic = clock.monotonic() + COUNTDOWN_MS;
    return brandIds.every((brandId) => {
      const key = scopeKey({ kind: 'brand', brandId });
      const entry = state.narrow.get(key);
      if (!entry || entry.endsAt !== null) return true;
      if (!disk.writeNarrow(entry.stop, endsAt)) return false;
      state.narrow.set(key, { stop: entry.stop, endsAt, endsMonotonic });
      return true;
    });
  }

  /** Those that stay are stopped by themselves before everything is permitted again: there is no moment between. */
  function keepStopped(brandId: number, from: EngagedStop): boolean {
    const scope: Scope = { kind: 'brand', brandId };
    const kept = state.narrow.get(scopeKey(scope));
    if (kept && kept.endsAt === null) return true;
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
    if (entry && !disk.removeNarrow(entry.stop.scope)) return false;
    state.narrow.delete(key);
    return true;
  }

  function releaseEverything(order: ReleaseOrder, from: EngagedStop): boolean {
    const released = new Set(order.brandIds);
    return (
      order.allBrandIds.every((brandId) => released.has(brandId) || keepStopped(brandId, from)) &&
      order.brandIds.every(bringBack) &&
      arm(clock.now() + COUNTDOWN_MS, order.by)
    );
  }

  return {
    start(by) {
      if (state.status().state !== 'not-started')
        return refuse('not-startable', 'Publishing was started or stopped before: release the stop instead.');
      if (!arm(0, by)) return refuse('not-durable', 'The permit could not be written to the data folder.');
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
      if (was && state.status().state !== 'stopped')
        return refuse('not-confirmed', 'The stop is not confirmed. Only a confirmed stop can be released.');
      if (!was && !order.brandIds.some(isStopped))
        return refuse('not-stopped', 'None of these brands is stopped.');
      if (!(was ? releaseEverything(order, was) : releaseNarrow(order.brandIds))) return notDurable();
      deps.record('stop.released', 'button', order.by, {
        stop: was?.id ?? '',
        brands: [...order.brandIds],
        epoch: state.epoch,
        sendsFrom: clock.now() + COUNTDOWN_MS,
      });
      awaitCountdowns();
      state.changed();
      deps.wake();
      return ok(state.status());
    },

    awaitCountdowns,
    swept,
    close: () => cancelCountdown(),
  };
}
