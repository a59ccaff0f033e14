/** Milliseconds since 1970-01-01T00:00:00Z on the wall clock. It can jump; never measure a duration with it. */
export type Instant = number;

/** Takes back what `wakeAt` or `after` promised. Calling it twice, or after the wake, does nothing. */
export type CancelWake = () => void;

/** The only source of time in the core. Everything that waits is handed one, so tests turn it by hand. */
export interface Clock {
  now(): Instant;
  /** Milliseconds that only rise, with one origin for all processes of one boot. Leases and time-outs use it. */
  monotonic(): number;
  /** Calls `wake` once when the wall clock reaches `at`; at once, but never inside this call, when it has passed. */
  wakeAt(at: Instant, wake: () => void): CancelWake;
  /** Calls `wake` once after `ms` on the monotonic clock. */
  after(ms: number, wake: () => void): CancelWake;
}
