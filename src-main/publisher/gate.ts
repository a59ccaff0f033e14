import type { Instant } from '../core/clock.ts';
import { decideSend, type GateAnswer, type Lease } from '../core/gate.ts';
import type { Place } from '../core/scope.ts';
import { readLatch } from '../stop/latch.ts';
import { createNarrowReader, isCovered } from '../stop/narrow-stops.ts';
import { readPermit } from '../stop/permit.ts';
import { stopPaths } from '../stop/stop-files.ts';
import type { Whereabouts } from './protocol.ts';

export type PublisherGate = {
  arm(where: Whereabouts, epoch: number, cap: number): void;
  setCap(cap: number): void;
  keepLease(lease: Lease): void;
  /** Nothing passes any more. There is no way back: a process publishes in one epoch only. */
  close(): void;
  /** Reads memory, permit, latch and stops now. Synchronous and total: what throws is a no. */
  ask(place: Place, inFlight: number, notAfter: Instant): GateAnswer;
};

export function createPublisherGate(time: { now: () => number; monotonic: () => number }): PublisherGate {
  let armed: { epoch: number; host: string; paths: ReturnType<typeof stopPaths> } | null = null;
  let isClosed = false;
  let lease: Lease | null = null;
  let cap = 0;
  let readNarrow: ReturnType<typeof createNarrowReader> | null = null;

  return {
    arm(where, epoch, newCap) {
      if (armed) return;
      armed = { epoch, host: where.host, paths: stopPaths(where.dataDir) };
      cap = newCap;
      readNarrow = createNarrowReader(armed.paths.stops, time.now);
    },
    setCap(newCap) {
      cap = newCap;
    },
    keepLease(newLease) {
      lease = newLease;
    },
    close() {
      isClosed = true;
    },
    ask(place, inFlight, notAfter) {
      if (!armed || !readNarrow || isClosed) return { allow: false, why: 'stopped' };
      try {
        const now = time.now();
        return decideSend({
          armedEpoch: armed.epoch,
          lease,
          monotonic: time.monotonic(),
          now,
          permit: readPermit(armed.paths.permit, armed.host),
          latch: readLatch(armed.paths.latch),
          isCovered: isCovered(readNarrow(), place, now),
          notAfter,
          inFlight,
          cap,
        });
      } catch {
        return { allow: false, why: 'the gate failed' };
      }
    },
  };
}
