import type { BrandId } from './brand.ts';
import type { CancelWake, Instant } from './clock.ts';
import { isPermitThere } from './gate.ts';
import { brandPlace, planRelease, type ReleasePlan } from './release-plan.ts';
import { ok, type Result, refuse } from './result.ts';
import { covers, scopeKey } from './scope.ts';
import type { StopDeps } from './stop-ports.ts';
import { COUNTDOWN_MS, type StopState, stopIdOf } from './stop-state.ts';
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
      state.isPermitLeft = !isGone && isPermitThere(disk.read().permit);
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
    const over = [...state.narrow.values()].filter(
      ({ endsAt, endsMonotonic }) => endsAt !== null && at >= endsAt && clock.monotonic() >= endsMonotonic,
    );
    remove(over.map(({ stop }) => stop));
  }

  /** Those whose files could not be taken away stay as they are. */
  function remove(stops: readonly EngagedStop[]): void {
    if (stops.length === 0) return;
    const areGone = disk.removeNarrow(stops);
    stops.forEach((stop, index) => {
      if (areGone[index]) state.narrow.delete(scopeKey(stop.scope));
      else state.doubt(stop);
    });
  }

  /** Narrower stops begin their countdown, all of them or none. */
  function endNarrow(stops: readonly EngagedStop[]): boolean {
    const endsAt = clock.now() + COUNTDOWN_MS;
    const endsMonotonic = clock.monotonic() + COUNTDOWN_MS;
    if (disk.writeNarrow(stops.map((stop) => ({ stop, endsAt })))) {
      for (const stop of stops)
        state.narrow.set(scopeKey(stop.scope), { stop, endsAt, endsMonotonic, isInDoubt: false });
      return true;
    }
    // What could not be read back may be written all the same. What another process stopped meanwhile stays: it is taken up.
    const inForce = disk.read().narrow?.filter(({ endsAt }) => endsAt === null) ?? [];
    const others = new Map(inForce.map(({ stop }) => [scopeKey(stop.scope), stop.id]));
    const own = stops.filter(({ id, scope }) => (others.get(scopeKey(scope)) ?? id) === id);
    if (own.length > 0 && !disk.writeNarrow(own.map((stop) => ({ stop, endsAt: null })))) {
      for (const stop of stops) state.doubt(stop);
      stopForGood();
    }
    return false;
  }

  /** Those that stay are stopped by themselves before the wider stop ends: there is no moment between. */
  function keepStopped(keeps: ReleasePlan['keeps']): boolean {
    if (keeps.length === 0) return true;
    const groups = new Map<string, string>();
    const stops = keeps.flatMap(({ brandId, from }) => {
      const scope = { kind: 'brand', brandId } as const;
      const own = state.narrow.get(scopeKey(scope));
      if (own?.endsAt === null) return own.isInDoubt ? [own.stop] : [];
      const group = groups.get(from.id) ?? deps.newId();
      groups.set(from.id, group);
      const id = stopIdOf(group, scope);
      return [{ ...from, id, scope, isDurable: true, isSilent: true, todo: '' }];
    });
    if (stops.length > 0 && !disk.writeNarrow(stops.map((stop) => ({ stop, endsAt: null })))) return false;
    for (const stop of stops)
      state.narrow.set(scopeKey(stop.scope), { stop, endsAt: null, endsMonotonic: 0, isInDoubt: false });
    return true;
  }

  /** What is said to stay stopped has to be so at the next start: a file that could not be taken away may be gone all the same. */
  function keepLeft(): void {
    const inForce = [...state.narrow.values()].filter((entry) => entry.isInDoubt && entry.endsAt === null);
    if (inForce.length === 0) return;
    const found = new Set(
      disk.read().narrow?.flatMap(({ stop, endsAt }) => (endsAt === null ? [stop.id] : [])),
    );
    const lost = inForce.filter(({ stop }) => !found.has(stop.id));
    if (lost.length > 0 && !disk.writeNarrow(lost.map(({ stop, endsAt }) => ({ stop, endsAt }))))
      stopForGood();
  }

  /** False when nothing was released. A narrower stop that cannot be taken away stays in force. */
  function carryOut(plan: ReleasePlan, order: ReleaseOrder): boolean {
    if (!keepStopped(plan.keeps)) return false;
    if (!plan.endsEverything) return endNarrow(plan.ends);
    if (!arm(COUNTDOWN_MS, order.by)) return false;
    const countingDown = order.brandIds.flatMap((brandId) => {
      const entry = state.narrow.get(scopeKey({ kind: 'brand', brandId }));
      return entry && entry.endsAt !== null ? [entry.stop] : [];
    });
    remove([...plan.ends, ...countingDown]);
    keepLeft();
    return true;
  }

  /** It is said that nothing was released: what was taken away by then is in force again, and written once more when the disk lets it. */
  function putBack({ ends }: ReleasePlan): void {
    for (const stop of ends)
      if (!state.narrow.has(scopeKey(stop.scope)))
        state.narrow.set(scopeKey(stop.scope), {
          stop: { ...stop, isDurable: false },
          endsAt: null,
          endsMonotonic: 0,
          isInDoubt: true,
        });
  }

  const isInForce = ({ id, scope }: EngagedStop) => {
    const entry = state.narrow.get(scopeKey(scope));
    return entry?.endsAt === null && entry.stop.id === id;
  };

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
      if (order.brandIds.length === 0 && order.stopIds.length === 0)
        return refuse('no-brand', 'Name the brands that come back.');
      if (order.pressCount !== state.pressCount)
        return refuse(
          'pressed-since',
          'The stop was pressed again while this release was being decided. Nothing was released.',
        );
      const was = state.everything;
      if (was && state.status().state !== 'stopped') return notConfirmed();
      const narrow = [...state.narrow.values()].flatMap(({ stop, endsAt }) =>
        endsAt === null ? [stop] : [],
      );
      const planned = planRelease(order, was, narrow);
      if (!planned.ok) return planned;
      const plan = planned.value;
      const sendsFrom = clock.now() + COUNTDOWN_MS;
      // What went wrong beyond repair stopped everything. A narrower stop alone ends under a wider one, which stays.
      if (!carryOut(plan, order) || state.everything !== (plan.endsEverything ? null : was)) {
        putBack(plan);
        state.changed();
        return notReleased();
      }
      const stays = plan.ends.filter(isInForce);
      const brands = order.brandIds.filter((brandId) => !isHeldBack(brandId, order, stays));
      const ended = plan.ends.filter((stop) => !stays.includes(stop));
      deps.record('stop.released', 'button', order.by, {
        stop: plan.endsEverything ? (was?.id ?? '') : '',
        brands,
        stops: ended.filter(({ scope }) => scope.kind !== 'brand').map(({ id }) => id),
        scopes: ended.filter(({ scope }) => scope.kind !== 'brand').map(({ scope }) => scopeKey(scope)),
        epoch: state.epoch,
        sendsFrom,
      });
      awaitCountdowns();
      state.changed();
      deps.wake();
      if (stays.length > 0)
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

/** Whether one of the stops that could not be taken away keeps a brand stopped. */
function isHeldBack(brandId: BrandId, order: ReleaseOrder, stays: readonly EngagedStop[]): boolean {
  const brand = order.allBrands.find((each) => each.brandId === brandId) ?? { brandId, market: '' };
  return stays.some(({ scope }) =>
    scope.kind === 'brand' || scope.kind === 'market' ? covers(scope, brandPlace(brand)) : false,
  );
}
