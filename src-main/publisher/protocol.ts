import type { Instant } from '../core/clock.ts';
import type { Found, Outcome, PublishRequest, Removed, Verified } from '../core/connector.ts';
import type { Lease } from '../core/gate.ts';
import type { RemoteRef } from '../core/post.ts';
import type { Cancellation, ScheduledItem, ScheduledList } from '../core/scheduled-elsewhere.ts';
import type { Place, Scope } from '../core/scope.ts';

/** What main says to the process that sends, and what it answers. Plain data: it crosses a process boundary. */

export type Whereabouts = {
  readonly dataDir: string;
  readonly host: string;
};

/** One account as a process needs it for one call. Secrets are sealed; only `key` of 'arm' or of a job opens them. */
export type AccountParcel = {
  readonly id: number;
  readonly name: string;
  readonly brand: string;
  readonly network: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly sealed: string | null;
  /** A sign-in at another scheduler, whose name is in `network`; listed, cancelled and verified only. */
  readonly isService?: boolean;
};

/** What a look-up process does: never anything that makes something public. */
export type Job =
  | {
      readonly kind: 'verify';
      readonly account: AccountParcel;
      readonly fields: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'find';
      readonly account: AccountParcel;
      readonly request: PublishRequest;
      readonly refs: readonly RemoteRef[];
    }
  | { readonly kind: 'remove'; readonly account: AccountParcel; readonly refs: readonly RemoteRef[] }
  | { readonly kind: 'list-scheduled'; readonly account: AccountParcel }
  | { readonly kind: 'cancel-scheduled'; readonly account: AccountParcel; readonly item: ScheduledItem }
  | {
      readonly kind: 'begin-sign-in';
      readonly account: AccountParcel;
      /** Secrets as they were entered. */
      readonly fields: Readonly<Record<string, string>>;
      readonly callback: {
        readonly redirectUri: string;
        readonly state: string;
        readonly codeChallenge: string;
      };
    }
  | {
      readonly kind: 'finish-sign-in';
      readonly account: AccountParcel;
      readonly fields: Readonly<Record<string, string>>;
      readonly answer: {
        readonly code: string;
        readonly redirectUri: string;
        readonly codeVerifier: string;
        readonly carry: Readonly<Record<string, string>>;
      };
    };

export type BeginSignIn =
  | { readonly kind: 'open'; readonly url: string; readonly carry: Readonly<Record<string, string>> }
  | { readonly kind: 'failed'; readonly detail: string };

export type JobAnswers = {
  verify: Verified;
  find: Found;
  remove: Removed;
  'list-scheduled': ScheduledList;
  'cancel-scheduled': Cancellation;
  'begin-sign-in': BeginSignIn;
  'finish-sign-in': Verified;
};

export type ToPublisher =
  | {
      readonly type: 'arm';
      readonly where: Whereabouts;
      readonly epoch: number;
      /** Opens sealed secrets; null when there is no key in this run. */
      readonly key: string | null;
      readonly cap: number;
    }
  | { readonly type: 'cap'; readonly cap: number }
  | { readonly type: 'key'; readonly key: string | null }
  | { readonly type: 'lease'; readonly lease: Lease }
  | {
      readonly type: 'send';
      readonly call: number;
      readonly account: AccountParcel;
      readonly place: Place;
      readonly request: PublishRequest;
      /** Nothing of it begins to go out later than this. */
      readonly notAfter: Instant;
    }
  /** Answers 'borrow': what is sealed for the account now; null when nothing is. */
  | { readonly type: 'lent'; readonly loan: number; readonly sealed: string | null }
  /** Answers a 'give-back' with something new. */
  | { readonly type: 'kept'; readonly loan: number; readonly isKept: boolean }
  | { readonly type: 'silence' }
  | { readonly type: 'silence-scope'; readonly call: number; readonly scope: Scope }
  | {
      readonly type: 'job';
      readonly call: number;
      readonly where: Whereabouts;
      readonly key: string | null;
      readonly job: Job;
    };

export type FromPublisher =
  | { readonly type: 'part'; readonly call: number; readonly ref: RemoteRef }
  /** The network asked that this account sends nothing more before then. Said before the outcome. */
  | { readonly type: 'rest'; readonly call: number; readonly until: Instant }
  | { readonly type: 'outcome'; readonly call: number; readonly outcome: Outcome }
  /** Asks for an account's sealed secrets, to trade them for new ones while nobody else does. */
  | { readonly type: 'borrow'; readonly loan: number; readonly accountId: number }
  /** Ends that; `sealed` is what is to be kept instead, null when nothing changed. */
  | { readonly type: 'give-back'; readonly loan: number; readonly sealed: string | null }
  | { readonly type: 'silent' }
  | { readonly type: 'scope-silent'; readonly call: number }
  | { readonly type: 'answer'; readonly call: number; readonly answer: JobAnswers[Job['kind']] }
  | { readonly type: 'job-failed'; readonly call: number; readonly detail: string };
