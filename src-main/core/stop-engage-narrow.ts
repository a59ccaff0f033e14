import { scopeKey } from './scope.ts';
import type { StopDeps } from './stop-ports.ts';
import { type StopState, stopIdOf } from './stop-state.ts';
import type { EngagedStop, StopOrder } from './stop-types.ts';

/** What stops of everything and narrower ones share. */
type Shared = {
  /** Being engaged in this very step: see `createEngage`. */
  readonly acting: Set<string>;
  newStop(order: StopOrder): EngagedStop;
  withReason(stop: EngagedStop, order: StopOrder): EngagedStop;
  recordPressedAgain(stop: EngagedStop, order: StopOrder): void;
  onSilent(id: string): void;
  /** Concludes a stop that is silent; otherwise waits until it is, and kills what is not silent in time. */
  awaitSilence(id: string): void;
  engageEverything(order: StopOrder): EngagedStop;
};

/** A stop found in the files keeps its own id and time; the rest is as if it were made now. */
export const asTaken = ({ id, engagedAt, inFlight }: EngagedStop, fresh: EngagedStop): EngagedStop => ({
  ...fresh,
  id,
  engagedAt,
  inFlight: inFlight.length > 0 ? inFlight : fresh.inFlight,
});

/** Stops a market, a brand, a network or an account. */
export function createEngageNarrow(deps: StopDeps, state: StopState, shared: Shared) {
  const { disk, publisher } = deps;
  const { acting, newStop, withReason, recordPressedAgain, onSilent, awaitSilence, engageEverything } =
    shared;

  /**
   * Narrower stops, of scopes that differ. Not one is written before all are blocked. `found`: what another process left in the files;
   * nothing is written then, but it is made durable here, whoever wrote it. One that cannot be stops everything.
   */
  function engageNarrow(orders: readonly StopOrder[], found: readonly EngagedStop[]): EngagedStop[] {
    const group = orders.length > 1 ? deps.newId() : '';
    const explained: EngagedStop[] = [];
    const begun: EngagedStop[] = [];
    const stops = orders.map((order, index) => {
      const known = state.narrow.get(scopeKey(order.scope));
      const again = known?.endsAt === null ? known : null;
      const taken = found[index];
      if (again && !taken) {
        const stop = withReason(again.stop, order);
        if (stop !== again.stop || again.isInDoubt) explained.push(stop);
        return stop;
      }
      const fresh = newStop(order);
      const id = taken?.id ?? (group ? stopIdOf(group, order.scope) : fresh.id);
      const stop = { ...fresh, id, engagedAt: taken?.engagedAt ?? fresh.engagedAt };
      acting.add(id);
      hold(stop, true);
      publisher.silenceScope(order.scope, () => onSilent(id));
      begun.push(stop);
      return stop;
    });
    const isDurable =
      begun.length === 0 ||
      (found.length > 0
        ? disk.syncNarrow(begun.map(asKept))
        : disk.writeNarrow(begun.map((stop) => asKept({ ...stop, isDurable: true }))));
    acting.clear();
    if (explained.length > 0 && disk.writeNarrow(explained.map(asKept)))
      for (const stop of explained) hold({ ...stop, isDurable: true }, false);
    const areBegun = new Set(begun);
    state.untold(() =>
      stops.forEach((stop, index) => {
        const order = orders[index] as StopOrder;
        if (!areBegun.has(stop)) recordPressedAgain(stop, order);
        else if (isDurable || found.length > 0) settle(stop, order, isDurable);
        else state.narrow.delete(scopeKey(stop.scope));
      }),
    );
    // It would not hold after a restart: everything stops, and says what was asked for.
    const first = orders[0];
    const everything =
      !isDurable && first && (found.length === 0 || !state.everything)
        ? engageEverything({
            ...first,
            widenedFrom: first.widenedFrom || begun.map(({ scope }) => scopeKey(scope)).join(', '),
          })
        : null;
    state.changed();
    deps.wake();
    return stops.map((stop) => state.find(stop.id) ?? everything ?? stop);
  }

  const asKept = (stop: EngagedStop) => ({ stop, endsAt: null });

  const hold = (stop: EngagedStop, isInDoubt: boolean) =>
    state.narrow.set(scopeKey(stop.scope), { stop, endsAt: null, endsMonotonic: 0, isInDoubt });

  function settle(stop: EngagedStop, order: StopOrder, isDurable: boolean): void {
    const isSilent = state.find(stop.id)?.isSilent ?? false;
    hold({ ...stop, isDurable, isSilent }, !isDurable);
    deps.record('stop.engaged', order.control, order.by, {
      stop: stop.id,
      scope: scopeKey(stop.scope),
      epoch: state.epoch,
      reason: stop.reason,
      widenedFrom: '',
      engagedAt: stop.engagedAt,
      inFlight: stop.inFlight,
    });
    awaitSilence(stop.id);
  }

  return engageNarrow;
}
