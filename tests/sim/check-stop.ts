import { EVERYTHING } from '../../src-main/core/scope.ts';
import { placeOf } from './desk.ts';
import type { Fail } from './invariants.ts';
import type { Main } from './main-process.ts';
import type { World } from './world-parts.ts';

/** A stop is confirmed or failed to be by then, and what did not confirm it is dead. */
const SETTLE_MS = 1_000;
/** Within so long a main that is well shows what another process did. */
const NOTICE_MS = 1_500;

const isEverything = ({ scope }: { readonly scope: { readonly kind: string } }) =>
  scope.kind === 'everything';

/** What the app knows, says and permits, against what is so. */
export function createStopChecks(world: World, fail: Fail) {
  const { timeline } = world;
  let maxEpoch = 0;
  let armedEpoch = 0;
  let isDirty = false;
  let stoppingSince: number | null = null;

  /** What is left of a latch half written says no epoch. */
  function mayEpochFall(): boolean {
    return world.files.wasTorn();
  }

  function checkStatus(main: Main): void {
    const status = main.stop.status();
    if (status.epoch < maxEpoch && !mayEpochFall()) fail('I-7', `epoch ${status.epoch} after ${maxEpoch}`);
    // One that was never armed fences nothing: where the latch could not be written it may come again.
    if (status.state === 'publishing') maxEpoch = Math.max(maxEpoch, status.epoch);
    world.truth.takeOver(status);
    if (status.state === 'stopping') stoppingSince ??= timeline.now();
    else stoppingSince = null;
    if (status.state === 'stopped' && status.stops.some(isEverything)) checkStopped(main);
    if (status.state === 'stopped' && main.stop.gate.isOpen())
      fail('S-10', 'STOPPED is shown and the gate is open');
  }

  function checkStopped(main: Main): void {
    if (!world.files.isStopDurable()) fail('I-11', 'STOPPED is shown and would not outlive the power going');
    for (const publisher of world.machine.publishers) {
      const isHeard = publisher.isClosed || publisher.epoch === null;
      if (publisher.main === main.process && !isHeard)
        fail('I-11', 'STOPPED is shown and the publisher has neither confirmed nor ended');
      if (publisher.isClosed || publisher.process.silentSince !== null) continue;
      if (world.desk.accounts.some((account) => publisher.couldSend(placeOf(account))))
        fail('I-11', 'STOPPED is shown while a publisher could send');
    }
  }

  function checkSettled(main: Main, since: number): void {
    if (world.wasInterruptedSince(since)) return;
    if (main.stop.status().state === 'stopping')
      fail('S-06', `still STOPPING ${timeline.now() - since} ms after the press`);
  }

  /** What did not end when it was told to is dead a moment later. */
  function checkDead(main: Main): void {
    const ban = world.truth.stopOf({ kind: 'everything' });
    if (!ban || timeline.now() - ban.since < SETTLE_MS || world.wasInterruptedSince(ban.since - SETTLE_MS))
      return;
    if (world.machine.immortalUntil > ban.since) return;
    for (const publisher of world.machine.publishers) {
      if (publisher.main === main.process && !publisher.isClosed && publisher.epoch !== null)
        fail('S-16', `a publisher lives ${timeline.now() - ban.since} ms after everything was stopped`);
    }
    if (main.stop.status().state === 'publishing' && timeline.now() - ban.since > NOTICE_MS)
      fail('S-09', 'PUBLISHING is shown although everything was stopped');
  }

  return {
    /** Main tells a publisher in which epoch it may send. */
    onArming(epoch: number): void {
      const isStopped = world.machine.main?.stop.status().stops.some(isEverything);
      if (isStopped) fail('I-7', `a publisher is armed in epoch ${epoch} while everything is stopped`);
      if (epoch < armedEpoch && !mayEpochFall())
        fail('I-7', `a publisher is armed in epoch ${epoch} after one in ${armedEpoch}`);
      if (epoch <= world.truth.stopEpoch && !mayEpochFall())
        fail('I-7', `a publisher is armed in epoch ${epoch}, which was stopped`);
      armedEpoch = epoch;
    },

    onOpened(main: Main): void {
      const status = main.stop.status();
      const wasRunning = world.truth.isPermitted && !world.truth.isEverythingStopped();
      const wasDoubtful = world.truth.isDoubtful();
      // Deleted while the app read it: it does not know yet.
      const isGone = world.truth.isEverythingStopped() && !world.files.isPermitLive();
      const first = world.truth.adopt(status)[0];
      if (isGone) world.truth.stopped({ scope: EVERYTHING, isDurable: false, epoch: 0 }, true);
      if (first)
        fail('I-8', `a stop of ${first.scope.kind} that was said to be durable is gone after a restart`);
      if (wasRunning && status.state !== 'publishing' && !wasDoubtful && !world.mayBeStoppedAtStart())
        fail('S-21', `main started ${status.state} although nobody stopped it`);
      stoppingSince = null;
      isDirty = true;
    },

    onStatusChanged(): void {
      isDirty = true;
    },

    afterStep(main: Main): void {
      if (main.process.silentSince !== null || timeline.isAsleep()) return;
      if (isDirty) {
        isDirty = false;
        checkStatus(main);
      }
      if (stoppingSince !== null && timeline.now() - stoppingSince > SETTLE_MS) {
        checkSettled(main, stoppingSince);
        stoppingSince = null;
      }
      checkDead(main);
    },

    forget(): void {
      maxEpoch = 0;
      armedEpoch = 0;
    },
  };
}
