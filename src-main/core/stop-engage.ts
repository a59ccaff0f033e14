import { isPermitThere } from './gate.ts';
import { EVERYTHING, scopeKey } from './scope.ts';
import { asTaken, createEngageNarrow } from './stop-engage-narrow.ts';
import type { StopDeps } from './stop-ports.ts';
import type { StopState } from './stop-state.ts';
import type { EngagedStop, StopOrder } from './stop-types.ts';

/** How long the publisher may take to confirm before it is killed, and then to be dead before the app says so. */
const CONFIRM_MS = 250;
const DEAD_MS = 500;
const MOST_REASON = 1_000;

/** What a person does when a stop is not confirmed. The window says it in its own language. */
export const BY_HAND =
  'Close All Stop, or delete the file "permit" in the data folder, and end the process named in "publisher.pid".';

export type Engage = {
  engage(order: StopOrder): EngagedStop;
  engageAll(orders: readonly StopOrder[]): readonly EngagedStop[];
  /** Takes up narrower stops another process left in the files. */
  takeUp(found: readonly EngagedStop[]): void;
  /** Stops everything; `found` in the latch, it is that stop, by its own id and time. */
  takeUpEverything(order: StopOrder, found: EngagedStop | null): void;
  settled(id: string): Promise<EngagedStop>;
};

export function createEngage(deps: StopDeps, state: StopState): Engage {
  const { clock, disk, publisher } = deps;
  const settling = new Map<string, ((stop: EngagedStop) => void)[]>();
  /** Being engaged in this very step: its record comes before its end, also when no publisher runs and silence is at once. */
  const acting = new Set<string>();

  /** Says so to whoever waits, once nothing more changes about it by itself. */
  const conclude = (id: string) => {
    state.waiting.get(id)?.();
    state.waiting.delete(id);
    const stop = state.find(id);
    if (!stop) return;
    const isConfirmed = stop.isDurable && stop.isSilent;
    const done = { ...stop, todo: isConfirmed ? '' : BY_HAND };
    state.put(done);
    deps.record(isConfirmed ? 'stop.confirmed' : 'stop.not-confirmed', stop.control, stop.by, {
      stop: id,
      isDurable: done.isDurable,
      isSilent: done.isSilent,
    });
    for (const resolve of settling.get(id) ?? []) resolve(done);
    settling.delete(id);
    state.changed();
  };

  const onSilent = (id: string) => {
    const stop = state.find(id);
    if (!stop || stop.isSilent) return;
    state.put({ ...stop, isSilent: true });
    if (!acting.has(id)) conclude(id);
  };

  const awaitSilence = (id: string) => {
    if (state.find(id)?.isSilent) return conclude(id);
    const cancelKill = clock.after(CONFIRM_MS, () => {
      publisher.kill();
      const cancelDead = clock.after(DEAD_MS, () => conclude(id));
      state.waiting.set(id, cancelDead);
    });
    state.waiting.set(id, cancelKill);
  };

  const newStop = (order: StopOrder): EngagedStop => ({
    scope: order.scope,
    control: order.control,
    by: order.by,
    reason: order.reason.slice(0, MOST_REASON),
    widenedFrom: order.widenedFrom,
    id: deps.newId(),
    epoch: state.epoch,
    engagedAt: clock.now(),
    isDurable: false,
    isSilent: false,
    todo: '',
    inFlight: publisher.inFlight(order.scope),
  });

  const recordPressedAgain = (stop: EngagedStop, order: StopOrder) =>
    deps.record('stop.pressed-again', order.control, order.by, { stop: stop.id, reason: order.reason });

  /** A stop that nobody gave a reason takes that of a later press. */
  const withReason = (stop: EngagedStop, order: StopOrder): EngagedStop =>
    stop.reason || !order.reason ? stop : { ...stop, reason: order.reason.slice(0, MOST_REASON) };

  /**
   * From its first line to its last nothing waits, and nothing is read before it acts. The order is the promise: memory and timers,
   * permit, abort, durable permit, latch, journal. A press while a stop is in force does all of it once more, and changes nothing else.
   */
  function engageEverything(order: StopOrder, found: EngagedStop | null = null): EngagedStop {
    const again = state.everything;
    const wasConfirmed = again?.isDurable && again.isSilent;
    state.isArmed = false;
    state.hasStarted = true;
    deps.cancelTimers();
    if (!again) state.epoch += 1;
    const fresh = () => newStop({ ...order, scope: EVERYTHING });
    const stop = again ? withReason(again, order) : found ? asTaken(found, fresh()) : fresh();
    acting.add(stop.id);
    state.everything = stop;
    const isGone = disk.removePermit(() => publisher.silence(() => onSilent(stop.id)));
    const isLatched = disk.latchStop(state.epoch, stop);
    acting.delete(stop.id);
    state.isPermitLeft = !isGone && isPermitThere(disk.read().permit);
    const engaged = { ...state.everything, isDurable: isGone || isLatched };
    state.everything = engaged;
    if (again) {
      recordPressedAgain(again, order);
    } else {
      deps.record('stop.engaged', order.control, order.by, {
        stop: stop.id,
        scope: 'everything',
        epoch: state.epoch,
        reason: stop.reason,
        widenedFrom: stop.widenedFrom,
        engagedAt: stop.engagedAt,
        inFlight: stop.inFlight,
        isPermitGone: isGone,
        isLatched,
      });
    }
    if (!engaged.isSilent) {
      if (!state.waiting.has(stop.id)) awaitSilence(stop.id);
    } else if (!wasConfirmed || !engaged.isDurable) conclude(stop.id);
    state.changed();
    deps.wake();
    return state.everything;
  }

  const engageNarrow = createEngageNarrow(deps, state, {
    acting,
    newStop,
    withReason,
    recordPressedAgain,
    onSilent,
    awaitSilence,
    engageEverything,
  });

  function engageAll(orders: readonly StopOrder[]): readonly EngagedStop[] {
    state.pressCount += 1;
    // Everything comes first: the rest of the step is covered by it.
    const widest = orders.find(({ scope }) => scope.kind === 'everything');
    const everything = widest ? engageEverything(widest) : null;
    const narrow = new Map(
      orders
        .filter(({ scope }) => scope.kind !== 'everything')
        .map((order) => [scopeKey(order.scope), order] as const),
    );
    const engaged = narrow.size > 0 ? engageNarrow([...narrow.values()], []) : [];
    const byKey = new Map([...narrow.keys()].map((key, index) => [key, engaged[index]]));
    return orders.map(({ scope }) => (byKey.get(scopeKey(scope)) ?? everything) as EngagedStop);
  }

  return {
    engage: (order) => engageAll([order])[0] as EngagedStop,
    engageAll,

    takeUp(found) {
      state.pressCount += 1;
      engageNarrow(found, found);
    },

    takeUpEverything(order, found) {
      state.pressCount += 1;
      engageEverything(order, found);
    },

    settled(id) {
      const stop = state.find(id);
      if (!stop) return Promise.reject(new Error(`no stop ${id}`));
      if (!state.waiting.has(id)) return Promise.resolve(stop);
      return new Promise((resolve) => settling.set(id, [...(settling.get(id) ?? []), resolve]));
    },
  };
}
