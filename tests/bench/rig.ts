import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { contentHashOf } from '../../src-main/calendar/import-key.ts';
import type { Clock } from '../../src-main/core/clock.ts';
import type { Outcome } from '../../src-main/core/connector.ts';
import type { Claim, Settlement } from '../../src-main/core/queue.ts';
import { createScheduler, type Scheduler } from '../../src-main/core/scheduler.ts';
import type { Scope } from '../../src-main/core/scope.ts';
import { createStop } from '../../src-main/core/stop.ts';
import type { StopDisk, StopParts, StopPublisher } from '../../src-main/core/stop-ports.ts';
import type { EngagedStop } from '../../src-main/core/stop-types.ts';
import type { Storage } from '../../src-main/core/stores.ts';
import { createPublisherHandle } from '../../src-main/publisher/handle.ts';
import { spawnNodePublisher } from '../../src-main/publisher/node-child.ts';
import { readHostId } from '../../src-main/stop/host.ts';
import { openJournal } from '../../src-main/stop/journal.ts';
import { attemptEvents, settlementEvents } from '../../src-main/stop/journal-events.ts';
import { createStopDisk } from '../../src-main/stop/stop-disk.ts';
import { stopPaths } from '../../src-main/stop/stop-files.ts';

export const PUBLISHER = fileURLToPath(new URL('../../src-main/publisher/main.ts', import.meta.url));

/** When a stop got how far, in milliseconds of `clock.monotonic`. */
export type Stamps = {
  called: number;
  /** The gate is shut and the abort was given to all that is in flight. */
  shut: number;
  /** The first durable record of the stop was read back. */
  durable: number;
  returned: number;
};

export type RigDeps = {
  readonly dataDir: string;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly cap: number;
  /**
   * What sends: 'here' takes every claim with nothing done for it, for `flightMs`, in this process; otherwise the real
   * process, given the key that opens secrets.
   */
  readonly publisher: 'here' | { readonly key: string };
  readonly flightMs?: number;
  /** Called as the last step before what would be the network call. */
  readonly onStart: (claim: Claim) => void;
  readonly onSettled?: (settlements: readonly Settlement[]) => void;
};

/** The parts of the engine on real files, put together as the engine does, with a look at the moments between. */
export type Rig = {
  readonly stop: StopParts;
  readonly scheduler: Scheduler;
  readonly publisher: StopPublisher;
  press(scope?: Scope): { readonly stop: EngagedStop; readonly stamps: Stamps };
  close(): Promise<void>;
};

/** An armed rig. Whatever stop was in force in the folder is forgotten. */
export function createRig(deps: RigDeps): Rig {
  const { clock, dataDir, storage } = deps;
  mkdirSync(dataDir, { recursive: true });
  const paths = stopPaths(dataDir);
  const host = readHostId();
  rmSync(paths.stops, { recursive: true, force: true });
  let isClosing = false;
  const stamps: Stamps = { called: 0, shut: 0, durable: 0, returned: 0 };
  const journal = openJournal({
    path: paths.journal,
    headPath: paths.journalHead,
    now: clock.now,
    monotonic: clock.monotonic,
  });
  const { publisher, send, end } =
    deps.publisher === 'here' ? publishHere(deps) : publishElsewhere(deps, deps.publisher.key, host);

  const files = createStopDisk(paths, host);
  const disk: StopDisk = {
    ...files,
    removePermit(unlinked) {
      const isGone = files.removePermit(() => {
        unlinked();
        stamps.shut = clock.monotonic();
      });
      stamps.durable = clock.monotonic();
      return isGone;
    },
    writeNarrow(stops) {
      stamps.shut = clock.monotonic();
      const isWritten = files.writeNarrow(stops);
      stamps.durable = clock.monotonic();
      return isWritten;
    },
  };
  // A folder is used again by run after run: never an epoch it has seen.
  const epoch = files.read().latch.epoch + 1;
  if (!files.arm(epoch, 0, 'bench')) throw new Error('the rig could not be armed');

  const stop = createStop({
    clock,
    newId: randomUUID,
    disk,
    publisher,
    cancelTimers: () => scheduler.cancelTimers(),
    wake: () => scheduler.wake(),
    record: (event, control, by, details) => void journal.append({ event, control, by, details }),
  });
  const scheduler = createScheduler({
    queue: storage.posts,
    clock,
    gate: stop.gate,
    send: (claim) => {
      deps.onStart(claim);
      return send(claim);
    },
    inFlightCap: () => deps.cap,
    newKey: () => randomUUID().replaceAll('-', '').slice(0, 26),
    recordAttempts: (claims) =>
      void journal.appendSoon(attemptEvents(claims, stop.gate.epoch(), contentHashOf)),
    recordSettlements: (settlements) => void journal.appendSoon(settlementEvents(settlements)),
    onMissed: () => {},
    onSettled: (settlements) => deps.onSettled?.(settlements),
    onSignedOut: () => {},
    onTrouble: (problem) => {
      if (problem !== '' && !isClosing) throw new Error(problem);
    },
  });
  const { state } = stop.open();
  if (state !== 'publishing') throw new Error(`the rig is ${state}`);

  return {
    stop,
    scheduler,
    publisher,
    press(scope = { kind: 'everything' }) {
      stamps.called = clock.monotonic();
      const engaged = stop.engage({ scope, control: 'shortcut', by: '', reason: '', widenedFrom: '' });
      stamps.returned = clock.monotonic();
      return { stop: engaged, stamps: { ...stamps } };
    },
    async close() {
      isClosing = true;
      stop.close();
      const stopped = scheduler.stop();
      await end();
      await stopped;
      await journal.flush();
      journal.close();
    },
  };
}

type Sending = {
  readonly publisher: StopPublisher;
  readonly send: (claim: Claim) => Promise<Outcome>;
  readonly end: () => Promise<void>;
};

const PUBLISHED: Outcome = { kind: 'published', refs: [{ id: '1', url: 'https://example.org/1' }] };

/** A call in flight is an abort controller somebody listens to, as for `fetch`. */
function publishHere({ clock, flightMs = 0 }: RigDeps): Sending {
  const flying = new Map<number, AbortController>();
  const abortAll = () => {
    for (const abort of flying.values()) abort.abort();
  };
  return {
    publisher: {
      arm: () => {},
      silence(onSilent) {
        abortAll();
        clock.after(1, onSilent);
      },
      silenceScope(_scope, onSilent) {
        clock.after(1, onSilent);
      },
      kill: abortAll,
      inFlight: () => [...flying.keys()],
    },
    send(claim) {
      if (flightMs === 0) return Promise.resolve(PUBLISHED);
      const abort = new AbortController();
      flying.set(claim.post.id, abort);
      return new Promise((resolve) => {
        const finish = (outcome: Outcome) => {
          flying.delete(claim.post.id);
          resolve(outcome);
        };
        const timer = setTimeout(() => finish(PUBLISHED), flightMs);
        abort.signal.addEventListener('abort', () => {
          clearTimeout(timer);
          finish({ kind: 'not-sent', detail: 'aborted' });
        });
      });
    },
    end: async () => abortAll(),
  };
}

function publishElsewhere({ clock, dataDir, cap, storage }: RigDeps, key: string, host: string): Sending {
  const handle = createPublisherHandle({
    clock,
    where: { dataDir, host },
    spawn: () => spawnNodePublisher(PUBLISHER),
    key: () => key,
    cap: () => cap,
    onPart: (claim, ref) => void storage.posts.addPart(claim.post.id, claim.attempt, ref).catch(() => {}),
    onRest: () => {},
    onCrash: () => {},
    onTrouble: () => {},
  });
  return { publisher: handle, send: handle.send, end: handle.close };
}
