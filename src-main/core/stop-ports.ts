import type { Clock, Instant } from './clock.ts';
import type { LatchReading, PermitReading } from './gate.ts';
import type { PostId } from './post.ts';
import type { Floor, Scope } from './scope.ts';
import type { EngagedStop, PublishingStatus, Stop } from './stop-types.ts';

/** One narrower stop: one file. With `endsAt` it was released, and covers until the countdown is over. */
export type NarrowStop = { readonly stop: EngagedStop; readonly endsAt: Instant | null };

export type DiskReading = {
  readonly permit: PermitReading;
  readonly latch: LatchReading & { readonly stop: EngagedStop | null };
  /** Null when the folder of narrower stops cannot be read: everything is covered. */
  readonly narrow: readonly NarrowStop[] | null;
  /** The file of that folder that cannot be read or understood; '' when there is none, and when it is the folder. */
  readonly unreadable: string;
};

/** The files of the stop. Every function is synchronous, durable on return, and never throws. */
export type StopDisk = {
  read(): DiskReading;
  /** `unlinked` runs as soon as the permit is gone, before that is durable. True when read back. */
  removePermit(unlinked: () => void): boolean;
  /** No epoch above it was ever used; 0 when that is not known. Does not depend on what the latch says. */
  reservedEpoch(): number;
  latchStop(epoch: number, stop: EngagedStop): boolean;
  /**
   * Latch first, then the permit. False when either could not be read back, and when the latch already holds this epoch or a later
   * one: another process stopped meanwhile, and its stop is not written over.
   */
  arm(epoch: number, sendsFrom: Instant, by: string): boolean;
  /**
   * True when all were read back. Otherwise any of them may be there, whole. One with `endsAt` is not written over another stop of its
   * scope that is in force: another process made it meanwhile.
   */
  writeNarrow(stops: readonly NarrowStop[]): boolean;
  /** Makes durable what another process may have left unsynced. True when all are there as read, and synced. */
  syncNarrow(stops: readonly NarrowStop[]): boolean;
  /** One answer each. False also when the file holds another stop: then it stays. */
  removeNarrow(stops: readonly EngagedStop[]): readonly boolean[];
};

/** The process that sends, as the stop sees it. None of these throws or waits. */
export type StopPublisher = {
  /** Starts a process for this epoch; it may send from the first lease on. */
  arm(epoch: number): void;
  /** Tells it to abort everything, confirm and end. `onSilent` when it confirmed or is dead. */
  silence(onSilent: () => void): void;
  /** The same for what a scope covers; it lives on. */
  silenceScope(scope: Scope, onSilent: () => void): void;
  /** SIGKILL. */
  kill(): void;
  inFlight(scope: Scope): readonly PostId[];
};

export type StopDeps = {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly disk: StopDisk;
  readonly publisher: StopPublisher;
  /** Cancels every pending timer of the scheduler. */
  readonly cancelTimers: () => void;
  /** Lets the scheduler look again. */
  readonly wake: () => void;
  /** While `open` runs, 'stop.engaged' comes for every stop found, also for those recorded before. */
  readonly record: (
    event: string,
    control: string,
    by: string,
    details: Readonly<
      Record<string, string | number | boolean | null | readonly number[] | readonly string[]>
    >,
  ) => void;
};

/** What may not be claimed, and why what falls due in it is missed at once. */
export type Covered = { readonly scope: Scope; readonly reason: 'stopped' | 'countdown' };

/** What main asks before a claim and before it hands a claim on. */
export type StopGate = {
  /** Armed, and no countdown runs. */
  isOpen(): boolean;
  epoch(): number;
  covered(): readonly Covered[];
  floors(): readonly Floor[];
  /** What was due at `at` has been marked: floors up to there have done their work. */
  swept(at: Instant): void;
};

export type StopParts = Stop & {
  readonly gate: StopGate;
  /** Reads the disk at start and takes up what it says: armed goes on, anything doubtful is stopped. Call once. */
  open(): PublishingStatus;
  /** Looks at the files again: a permit or a stop that another process changed takes effect here. Call often. */
  checkFiles(): void;
  /** Ends what waits. Engages nothing. */
  close(): void;
};
