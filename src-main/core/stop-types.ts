import type { BrandId } from './brand.ts';
import type { Instant } from './clock.ts';
import type { PostId } from './post.ts';
import type { Result } from './result.ts';
import type { Scope } from './scope.ts';

/** What engaged a stop. 'start' is a stop found or made at start-up, 'trip' an automatic one. */
export type Control = 'shortcut' | 'tray' | 'button' | 'command-line' | 'file-removed' | 'start' | 'trip';

export type PublishingState = 'publishing' | 'stopped' | 'stopping' | 'not-confirmed' | 'not-started';

export type StopOrder = {
  readonly scope: Scope;
  readonly control: Control;
  /** A person's name when known, '' otherwise: a stop never asks. */
  readonly by: string;
  readonly reason: string;
  /** What was asked for, when it named nothing that exists and everything is stopped instead; '' otherwise. */
  readonly widenedFrom: string;
};

/** One stop. `id` is unique for ever. */
export type EngagedStop = StopOrder & {
  readonly id: string;
  readonly epoch: number;
  readonly engagedAt: Instant;
  /** The durable record was read back. */
  readonly isDurable: boolean;
  /** The publisher confirmed it or is dead. */
  readonly isSilent: boolean;
  /** What to do by hand while it is not confirmed; '' otherwise. */
  readonly todo: string;
  /** Calls in flight when it was engaged. */
  readonly inFlight: readonly PostId[];
};

export type Countdown = { readonly scope: Scope; readonly endsAt: Instant };

export type PublishingStatus = {
  readonly state: PublishingState;
  readonly epoch: number;
  /** In force, the widest first. */
  readonly stops: readonly EngagedStop[];
  readonly countdowns: readonly Countdown[];
  /** Stops asked for since the app started, repeated ones too. */
  readonly pressCount: number;
};

export type BrandPlace = { readonly brandId: BrandId; readonly market: string };

export type ReleaseOrder = {
  /** By name: these come back, from the stop of everything, of their market and their own. A network or account stays stopped. */
  readonly brandIds: readonly BrandId[];
  /** Narrower stops in force that end as a whole. */
  readonly stopIds: readonly string[];
  /** All brands there are; those a wider stop covers and that are not released stay stopped, each by a stop of its own. */
  readonly allBrands: readonly BrandPlace[];
  readonly by: string;
  /** As it was when the person began to decide: a press since then wins. */
  readonly pressCount: number;
};

/** The emergency stop. Every function is synchronous up to its promise: what it says is so when it returns. */
export type Stop = {
  /** Blocks new sends, cancels timers, aborts what is in flight and removes the permit before it returns. Never throws. */
  engage(order: StopOrder): EngagedStop;
  /** The same for several scopes: nothing is written before all of them are blocked. In the order of `orders`. */
  engageAll(orders: readonly StopOrder[]): readonly EngagedStop[];
  /** Resolves when the stop is confirmed or has failed to be. */
  settled(id: string): Promise<EngagedStop>;
  explain(id: string, reason: string, by: string): Result<EngagedStop>;
  /** Arms for the first time. Refused while a stop is in force or the permit is foreign. */
  start(by: string): Result<PublishingStatus>;
  /** Permits again, after the countdown. Starts nothing by itself. */
  release(order: ReleaseOrder): Result<PublishingStatus>;
  status(): PublishingStatus;
  /** Calls `listener` after every change of `status()`. Returns what ends it. */
  onChange(listener: () => void): () => void;
};
