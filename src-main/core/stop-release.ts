import type { CancelWake, Instant } from './clock.ts';
import { ok, type Result, refuse } from './result.ts';
import { type Scope, scopeKey } from './scope.ts';
import type { StopDeps } from './stop-ports.ts';
import type { StopState } from './stop-state.ts';
import type { EngagedStop, PublishingStatus, ReleaseOrder } from './stop-types.ts';

/** From a release to the first post that may go out. */
export const COUNTDOWN_MS = 120_000;

export type Release = {
  start(by: string): Result<PublishingStatus>;
  release(order: ReleaseOrder): Result<PublishingStatus>;
  /** Takes away what a countdown that is over still covers, and waits for the next one. */
  endCountdowns(): void;
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

  function endCountdowns(): void {
    cancelCountdown();
    const now = clock.now();
    let next: Instant | null = state.isArmed && state.sendsFrom > now ? state.sendsFrom : null;
    for (const [key, { stop, endsAt }] of state.narrow) {
      if (endsAt === null) continue;
      if (endsAt <= now) {
        if (disk.removeNarrow(stop.scope)) state.narrow.delete(key);
      } else if (next === null || endsAt < next) next = endsAt;
    }
    if (next === null) return;
    cancelCountdown = clock.wakeAt(next, () => {
      endCountdowns();
      state.changed();
      deps.wake();
    });
  }

  function releaseNarrow(brandIds: readonly number[]): boolean {
    const endsAt = clock.now() + COUNTDOWN_MS;
    return brandIds.every((brandId) => {
      const key = scopeKey({ kind: 'brand', brandId });
      const entry = state.narrow.get(key);
      if (!entry || entry.endsAt !== null) return true;
      if (!disk.writeNarrow(entry.stop, endsAt)) return false;
      state.narrow.set(key, { stop: entry.stop, endsAt });
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
    state.narrow.set(scopeKey(scope), { stop, endsAt: null });
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
      const was = state.everything;
      if (was && state.status().state !== 'stopped')
        return refuse('not-confirmed', 'The stop is not confirmed. Only a confirmed stop can be released.');
      if (!(was ? releaseEverything(order, was) : releaseNarrow(order.brandIds))) return notDurable();
      deps.record('stop.released', 'button', order.by, {
        stop: was?.id ?? '',
        brands: [...order.brandIds],
        epoch: state.epoch,
        sendsFrom: clock.now() + COUNTDOWN_MS,
      });
      endCountdowns();
      state.changed();
      deps.wake();
      return ok(state.status());
    },

    endCountdowns,
    close: () => cancelCountdown(),
  };
}
