import { ok, refuse } from './result.ts';
import { EVERYTHING, scopeKey } from './scope.ts';
import { createEngage } from './stop-engage.ts';
import type { DiskReading, StopDeps, StopParts } from './stop-ports.ts';
import { createRelease } from './stop-release.ts';
import { createStopState, epochFloor } from './stop-state.ts';
import type { StopOrder } from './stop-types.ts';

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

/** The emergency stop: what is engaged, what is permitted, and what the files say when another process changes them. */
export function createStop(deps: StopDeps): StopParts {
  const { disk, publisher } = deps;
  const state = createStopState(deps.clock);
  const { engage, takeUp, settled } = createEngage(deps, state);
  const { start, release, awaitCountdowns, swept, close } = createRelease(deps, state, (reason) => {
    engage({ scope: EVERYTHING, control: 'trip', by: '', reason, widenedFrom: '' });
  });

  /** A stop another process left in the latch keeps its control, its person and its words. */
  const asFound = (found: DiskReading, otherwise: Pick<StopOrder, 'control' | 'reason'>): StopOrder => ({
    by: '',
    widenedFrom: '',
    ...otherwise,
    ...(found.latch.state === 'stopped' && found.latch.stop),
    scope: EVERYTHING,
  });

  function takeUpNarrow(found: DiskReading): void {
    for (const { stop, endsAt } of found.narrow ?? []) {
      state.narrow.set(scopeKey(stop.scope), {
        stop: { ...stop, isDurable: true, isSilent: true, todo: '' },
        endsAt,
        endsMonotonic: 0,
      });
    }
  }

  function open() {
    const found = disk.read();
    const { permit, latch } = found;
    state.epoch = Math.max(epochFloor(latch, deps.clock.now()), permit.ok ? permit.epoch : 0);
    takeUpNarrow(found);
    const isFresh = latch.state === 'absent' && !permit.ok && permit.why === 'missing';
    if (found.narrow === null) {
      engage(asFound(found, { control: 'start', reason: whyUnreadable(found) }));
    } else if (permit.ok && latch.state === 'armed' && latch.epoch === permit.epoch) {
      state.isArmed = true;
      state.hasStarted = true;
      state.sendsFrom = permit.sendsFrom;
      publisher.arm(state.epoch);
    } else if (latch.state === 'stopped' && latch.stop && !permit.ok) {
      state.hasStarted = true;
      state.everything = { ...latch.stop, isDurable: true, isSilent: true, todo: '' };
      deps.record('stop.found', latch.stop.control, latch.stop.by, {
        stop: latch.stop.id,
        engagedAt: latch.stop.engagedAt,
        reason: latch.stop.reason,
      });
    } else if (!isFresh) {
      const why = permit.ok ? 'of-another-epoch' : permit.why;
      engage(
        asFound(found, { control: why === 'missing' ? 'file-removed' : 'start', reason: WHY_STOPPED[why] }),
      );
    }
    awaitCountdowns();
    return state.status();
  }

  function checkFiles() {
    checkRead(disk.read());
  }

  function checkRead(found: DiskReading): void {
    const isPermitted = found.permit.ok && found.latch.state === 'armed';
    const isStoppedElsewhere = found.latch.state === 'stopped' && state.everything === null;
    if ((state.isArmed && !isPermitted) || isStoppedElsewhere) {
      engage(asFound(found, { control: 'file-removed', reason: '' }));
      return;
    }
    if (found.latch.state === 'stopped' && found.latch.epoch > state.epoch) {
      // Stopped once more from outside: it counts as a press, so that no release decided before it goes through.
      state.epoch = found.latch.epoch;
      engage(asFound(found, { control: 'file-removed', reason: '' }));
      return;
    }
    if (found.narrow === null && state.isArmed) {
      engage(asFound(found, { control: 'file-removed', reason: whyUnreadable(found) }));
      return;
    }
    for (const { stop, endsAt } of found.narrow ?? []) {
      const known = state.narrow.get(scopeKey(stop.scope));
      const isOurs = known?.endsAt === null && known.stop.id === stop.id;
      if (endsAt === null && !isOurs) takeUp(stop);
    }
  }

  return {
    engage,
    settled,
    // A stop another process has just left in the files comes first.
    start(by) {
      const found = disk.read();
      checkRead(found);
      return found.narrow === null ? unreadable(found) : start(by);
    },
    release(order) {
      const found = disk.read();
      checkRead(found);
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
      const explained = { ...stop, reason: reason.slice(0, 1_000), by: stop.by || by };
      const isKept =
        stop.scope.kind === 'everything'
          ? disk.latchStop(state.epoch, explained)
          : disk.writeNarrow(explained, state.narrow.get(scopeKey(stop.scope))?.endsAt ?? null);
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
