import type { Instant } from './clock.ts';

/** How old main's last sign of life may be, in milliseconds on the monotonic clock. */
export const LEASE_MS = 1_000;
/** Wall time since the lease that says the machine slept or its clock was set, while the monotonic clock hardly moved. */
const WALL_DRIFT_MS = 10_000;

/** What the permit file says when it is read now. */
export type PermitReading =
  | { readonly ok: true; readonly epoch: number; readonly sendsFrom: Instant }
  | { readonly ok: false; readonly why: 'missing' | 'unreadable' | 'foreign' };

/** Something lies in the permit's place, whatever it is worth. */
export const isPermitThere = (permit: PermitReading) => permit.ok || permit.why !== 'missing';

/** What the latch says when it is read now. 'unreadable' and 'absent' never allow. */
export type LatchReading = {
  readonly state: 'armed' | 'stopped' | 'unreadable' | 'absent';
  readonly epoch: number;
};

export type Lease = { readonly monotonic: number; readonly wall: Instant; readonly epoch: number };

/** Everything a send depends on, read in the same synchronous step. */
export type SendQuestion = {
  /** This process was told to publish in this epoch, and not told to stop since. */
  readonly armedEpoch: number | null;
  readonly lease: Lease | null;
  readonly monotonic: number;
  readonly now: Instant;
  readonly permit: PermitReading;
  readonly latch: LatchReading;
  /** A narrower stop or a countdown covers the account, or the folder of stops cannot be read. */
  readonly isCovered: boolean;
  /** The late rule: the last instant at which this post, or a further part of it, may begin to go out. */
  readonly notAfter: Instant;
  readonly inFlight: number;
  readonly cap: number;
};

export type GateAnswer = { readonly allow: true } | { readonly allow: false; readonly why: string };

const no = (why: string): GateAnswer => ({ allow: false, why });

/** The whole rule of who may send: all must agree; whatever is missing, stale or does not match says no. */
export function decideSend(ask: SendQuestion): GateAnswer {
  if (ask.armedEpoch === null) return no('not armed');
  if (ask.lease === null) return no('no lease');
  if (ask.lease.epoch !== ask.armedEpoch) return no('lease of another epoch');
  const age = ask.monotonic - ask.lease.monotonic;
  if (!(age >= 0 && age < LEASE_MS)) return no('lease ran out');
  const drift = Math.abs(ask.now - ask.lease.wall - age);
  if (!(drift < WALL_DRIFT_MS)) return no('the clock jumped');
  if (!ask.permit.ok) return no(`permit ${ask.permit.why}`);
  if (ask.permit.epoch !== ask.armedEpoch) return no('permit of another epoch');
  if (ask.latch.state !== 'armed') return no(`latch ${ask.latch.state}`);
  if (ask.latch.epoch !== ask.armedEpoch) return no('latch of another epoch');
  if (!(ask.now >= ask.permit.sendsFrom)) return no('countdown');
  // Asked here too: between the hand-over and this step the machine may have slept for hours.
  if (!(ask.now <= ask.notAfter)) return no('late');
  if (ask.isCovered) return no('a stop covers this account');
  if (!(Number.isInteger(ask.inFlight) && ask.inFlight <= ask.cap)) return no('too many in flight');
  return { allow: true };
}
