import type { AccountId, BrandId } from './brand.ts';
import type { Instant } from './clock.ts';
import type { ServiceChannel } from './elsewhere-service.ts';
import type { Result } from './result.ts';

/** A sign-in at another scheduler. It publishes nothing: it is read and cancelled in. */
export type ServiceSignIn = {
  readonly id: number;
  /** The `service` of an `ElsewhereService`. */
  readonly service: string;
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Sealed by `secrets/seal.ts`; null when there is none. */
  readonly sealed: string | null;
  readonly channels: readonly ServiceChannel[];
};

/** Whose a channel is, as a person said: an account's, or a brand's where the account is not connected here. */
export type ChannelMatch = {
  readonly serviceId: number;
  readonly channel: string;
  readonly accountId: AccountId | null;
  readonly brandId: BrandId | null;
};

export type ElsewhereStore = {
  /** Planners ('account:12', 'service:3') in which a stop may cancel by itself, each with since when. */
  opted(): Promise<ReadonlyMap<string, Instant>>;
  /** One that is opted in already keeps its instant; null takes it back. */
  setOpted(source: string, since: Instant | null): Promise<void>;
  services(): Promise<readonly ServiceSignIn[]>;
  addService(signIn: Omit<ServiceSignIn, 'id' | 'sealed'>): Promise<ServiceSignIn['id']>;
  /** What a check found, or a new sign-in. Whose its channels are stays, also of those that are gone. @returns whether it was there. */
  changeService(
    id: number,
    change: Pick<ServiceSignIn, 'settings' | 'sealed' | 'channels'>,
  ): Promise<boolean>;
  /** It is somebody else's now: whose its channels are, and what was opted in, is no longer said of it. */
  forgetMatches(id: number): Promise<void>;
  /** With whose its channels are, and what was opted in. No later one gets its id. @returns whether it was there. */
  removeService(id: number): Promise<boolean>;
  matches(): Promise<readonly ChannelMatch[]>;
  /** Replaces whose a channel is; with neither an account nor a brand it is nobody's. Refuses 'no-such-planner', 'no-such-account' and 'no-such-brand'. */
  setMatch(match: ChannelMatch): Promise<Result<true>>;
};
