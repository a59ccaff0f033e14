import { isPermitThere } from './gate.ts';
import { ok, refuse } from './result.ts';
import { EVERYTHING, scopeKey } from './scope.ts';
import { BY_HAND, createEngage } from './stop-engage.ts';
import type { DiskReading, NarrowStop, StopDeps, StopParts } from './stop-ports.ts';
import { createRelease } from './stop-release.ts';
import { createStopState, epochFloor } from './stop-state.ts';
import type { EngagedStop, StopOrder } from './stop-types.ts';

/** Why a permit found at start is none, as the reason of the stop that follows. */
const WHY_STOPPED = {
  missing: '',
  unreadable: 'The permit is unreadable.',
  foreign: 'The permit was written by another machine, or is a copy.',
  'of-another-epoch': 'The permit is of another epoch.',
} as const;

const whyUnreadable = ({ unreadable }: DiskReading) =>
  `A file in the folder "stops" cannot be understood: ${unreadable || 'the folder itself'}`;

const unreadable = (found: DiskReading) => refuse('stops-unreadable', whyUnreadable(found));

/** A disk that refused a stop is asked again after so long, each time after twice as long: every try holds the app up. */
const MEND_FIRST_MS = 1_000;
const MEND_MOST_MS = 60_000;

/** The emergency stop: what is engaged, what is permitted, and what the files say when another process changes them. */
export function createStop(deps: StopDeps): StopParts {
  const { disk, publisher } = deps;
  const state = createStopState(deps.clock);
  const { engage, engageAll, takeUp, takeUpEverything, settled } = createEngage(deps, state);
  const stopEverything = (reason: string) => {
    engage({ scope: EVERYTHING, control: 'trip', by: '', reason, widenedFrom: '' });
  };
  const { start, release, awaitCountdowns, swept, close } = createRelease(deps, state, stopEverything);

  let mendFrom = 0;
  let mendWaitMs = MEND_FIRST_MS;

  /**
   * Stops everything for what the files say. A stop that another process left in the latch keeps its control, its person and its words, and
   * its id and time unless the latch is older than what is known: then it is a copy that was put back.
   */
  function engageFound(found: DiskReading, otherwise: Pick<StopOrder, 'control' | 'reason'>): void {
    const stop = found.latch.state === 'stopped' ? found.latch.stop : null;
    const order = { by: '', widenedFrom: '', ...otherwise, ...stop, scope: EVERYTHING };
    takeUpEverything(order, found.latch.epoch >= state.epoch ? stop : null);
  }

  /** At start. Who wrote them may not have synced them: what is said to be durable is made so here. */
  function takeUpNarrow(found: DiskReading): void {
    const all = found.narrow ?? [];
    const isDurable = all.length === 0 || disk.syncNarrow(all);
    for (const { stop, endsAt } of all) {
      state.narrow.set(scopeKey(stop.scope), {
        stop: { ...stop, isDurable, isSilent: true, todo: '' },
        endsAt,
        endsMonotonic: 0,
        isInDoubt: !isDurable,
      });
    }
  }

  /** A stop in the latch, found at start: the same, and whatever lies in the permit's place goes. */
  function takeUpLatched(stop: EngagedStop): void {
    const isGone = disk.removePermit(() => {});
    const isLatched = disk.latchStop(state.epoch, stop);
    state.isPermitLeft = !isGone && isPermitThere(disk.read().permit);
    state.hasStarted = true;
    const isDurable = isGone || isLatched;
    state.everything = { ...stop, isDurable, isSilent: true, todo: isDurable ? '' : BY_HAND };
  }

  /**
   * What is in force and not in the files as it is known, since a disk failed or somebody removed a file, is written once more: a stop ends
   * by a release only. What cannot be written stops everything. `isUrgent`: before a release, however soon after a failure.
   */
  function mendNarrow(narrow: readonly NarrowStop[], isUrgent: boolean): void {
    if (!isUrgent && deps.clock.monotonic() < mendFrom) return;
    const inFiles = new Set(narrow.flatMap(({ stop, endsAt }) => (endsAt === null ? [stop.id] : [])));
    const lost = [...state.narrow.values()].filter(
      ({ stop, endsAt, isInDoubt }) => endsAt === null && (isInDoubt || !inFiles.has(stop.id)),
    );
    if (lost.length === 0) return;
    const kept = lost.map(({ stop }) => ({ stop: { ...stop, isDurable: true }, endsAt: null }));
    if (!disk.writeNarrow(kept)) {
      mendFrom = deps.clock.monotonic() + mendWaitMs;
      mendWaitMs = Math.min(2 * mendWaitMs, MEND_MOST_MS);
      for (const { stop } of lost) state.doubt(stop);
      if (!state.everything) stopEverything('A stop that was in force could not be kept in the data folder.');
      return;
    }
    mendFrom = 0;
    mendWaitMs = MEND_FIRST_MS;
    for (const entry of lost) {
      const stop = { ...entry.stop, isDurable: true, todo: entry.stop.isSilent ? '' : entry.stop.todo };
      state.narrow.set(scopeKey(stop.scope), { ...entry, stop, isInDoubt: false });
    }
    state.changed();
  }

  function open() {
    const found = disk.read();
    const { permit, latch } = found;
    const floor = epochFloor(latch, disk.reservedEpoch(), deps.clock.now());
    state.epoch = Math.max(floor, permit.ok ? permit.epoch : 0);
    takeUpNarrow(found);
    // Without a latch, and yet with epochs behind it, it is not fresh: both files of a stop, or of a start, are lost.
    const isFresh = latch.state === 'absent' && floor === 0 && !permit.ok && permit.why === 'missing';
    let isTakenUp = false;
    if (found.narrow === null) {
      engageFound(found, { control: 'start', reason: whyUnreadable(found) });
    } else if (permit.ok && latch.state === 'armed' && latch.epoch === permit.epoch) {
      state.isArmed = true;
      state.hasStarted = true;
      state.sendsFrom = permit.sendsFrom;
      publisher.arm(state.epoch);
    } else if (latch.state === 'stopped' && latch.stop && !permit.ok) {
      takeUpLatched(latch.stop);
      isTakenUp = true;
    } else if (!isFresh) {
      const why = permit.ok ? 'of-another-epoch' : permit.why;
      engageFound(found, { control: why === 'missing' ? 'file-removed' : 'start', reason: WHY_STOPPED[why] });
    }
    tellFound(latch.stop, isTakenUp);
    awaitCountdowns();
    return state.status();
  }

  /** At start, the oldest first. Whoever made them may have written no line: who keeps the journal leaves out those it has. */
  function tellFound(latched: EngagedStop | null, isTakenUp: boolean): void {
    const narrow = [...state.narrow.values()].flatMap(({ stop, endsAt }) => (endsAt === null ? [stop] : []));
    const all = latched && isTakenUp ? [latched, ...narrow] : narrow;
    for (const stop of all.sort((one, other) => one.engagedAt - other.engagedAt)) {
      deps.record('stop.engaged', stop.control, stop.by, {
        stop: stop.id,
        scope: scopeKey(stop.scope),
        epoch: stop.epoch,
        reason: stop.reason,
        widenedFrom: stop.widenedFrom,
        engagedAt: stop.engagedAt,
        inFlight: stop.inFlight,
      });
    }
    if (!latched || state.everything?.id !== latched.id) return;
    deps.record('stop.found', latched.control, latched.by, {
      stop: latched.id,
      engagedAt: latched.engagedAt,
      reason: latched.reason,
    });
  }

  function checkFiles() {
    checkRead(disk.read(), false);
  }

  function checkRead(found: DiskReading, isUrgent: boolean): void {
    const isPermitted = found.permit.ok && found.latch.state === 'armed';
    const isStoppedElsewhere = found.latch.state === 'stopped' && state.everything === null;
    if ((state.isArmed && !isPermitted) || isStoppedElsewhere) {
      engageFound(found, { control: 'file-removed', reason: '' });
      return;
    }
    if (found.latch.state === 'stopped' && found.latch.epoch > state.epoch) {
      // Stopped once more from outside: it counts as a press, so that no release decided before it goes through.
      state.epoch = found.latch.epoch;
      engageFound(found, { control: 'file-removed', reason: '' });
      return;
    }
    if (state.everything) {
      // Somebody removed what the app could not: that is a press, too.
      const isRemoved = state.isPermitLeft && !isPermitThere(found.permit);
      state.isPermitLeft = isPermitThere(found.permit);
      if (isRemoved) {
        engageFound(found, { control: 'file-removed', reason: '' });
        return;
      }
    }
    if (found.narrow === null && state.isArmed) {
      engageFound(found, { control: 'file-removed', reason: whyUnreadable(found) });
      return;
    }
    if (found.narrow === null) return;
    const others = found.narrow.flatMap(({ stop, endsAt }) => {
      const known = state.narrow.get(scopeKey(stop.scope));
      const isOurs = known?.endsAt === null && known.stop.id === stop.id;
      return endsAt === null && !isOurs ? [stop] : [];
    });
    if (others.length > 0) takeUp(others);
    mendNarrow(found.narrow, isUrgent);
  }

  return {
    engage,
    engageAll,
    settled,
    // A stop another process has just left in the files comes first.
    start(by) {
      const found = disk.read();
      checkRead(found, true);
      return found.narrow === null ? unreadable(found) : start(by);
    },
    release(order) {
      const found = disk.read();
      checkRead(found, true);
      return found.narrow === null ? unreadable(found) : release(order);
    },
    open,
    checkFiles,
    status: state.status,
    onChange: state.onChange,

    explain(id, reason, by) {
      // The latch is written over: a stop another process has just left in it is taken up first.
      checkFiles();
      const stop = state.find(id);
      if (!stop) return refuse('no-such-stop', 'This stop is no longer in force.');
      // Who gives the reason need not be who pressed: the line in the journal names them, the stop does not.
      const explained = { ...stop, reason: reason.slice(0, 1_000) };
      const isKept =
        stop.scope.kind === 'everything'
          ? disk.latchStop(state.epoch, explained)
          : disk.writeNarrow([
              { stop: explained, endsAt: state.narrow.get(scopeKey(stop.scope))?.endsAt ?? null },
            ]);
      if (!isKept)
        return refuse('not-durable', 'The reason could not be written to the data folder. The stop holds.');
      state.put(explained);
      deps.record('stop.explained', '', by, { stop: id, reason: explained.reason });
      state.changed();
      return ok(explained);
    },

    gate: {
      isOpen: () => state.isArmed && !state.isCountingDown(),
      epoch: () => state.epoch,
      covered: state.covered,
      floors: state.floors,
      swept,
    },

    close() {
      close();
      for (const cancel of state.waiting.values()) cancel();
      state.waiting.clear();
    },
  };
}
