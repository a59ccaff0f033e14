import type { JournalCheck } from '../stop/journal-check.ts';

/** Where something stands in the journal. `at` is an instant in milliseconds UTC. */
export type Line = { readonly seq: number; readonly at: number; readonly hash: string };

/** What became of a post after the stop, as far as the journal tells. */
export type Fate = {
  readonly kind:
    | 'kept-back' // the stop is in force, and its time has not come
    | 'waiting' // released, and its time has not come
    | 'missed'
    | 'rescheduled'
    | 'draft'
    | 'canceled'
    | 'held'
    | 'resumed'
    | 'not-sent'
    | 'published'
    | 'failed'
    | 'unconfirmed'
    | 'unknown';
  /** Null when no line tells of it. */
  readonly at: number | null;
  readonly by: string;
  readonly urls: readonly string[];
  /** The new time, with 'rescheduled'. */
  readonly publishAt: number | null;
  readonly isTakenDown: boolean;
};

/** What was last said of a post by somebody whose yes it needs, or by who let it go without; the line that tells it. */
export type PostYes = Line & {
  readonly kind: 'yes' | 'no' | 'without';
  /** Whose answer it is, or who decided to do without. */
  readonly who: string;
  /** By the clock of whoever answered; null when not told. */
  readonly answeredAt: number | null;
};

export type ReportPost = {
  readonly id: number;
  readonly account: string;
  readonly network: string;
  readonly text: string;
  readonly media: number;
  readonly publishAt: number;
  /** 'YYYY-MM-DDTHH:mm' as it was asked for, in `timeZone`; '' when not known. */
  readonly localTime: string;
  readonly timeZone: string;
  readonly contentHash: string;
  /** The line, before the stop, that has this post with this time and content; null when there is none. */
  readonly proof: (Line & { readonly how: string; readonly by: string }) | null;
  /** Of exactly this time and content; null when no line tells of any. */
  readonly yes: PostYes | null;
  readonly fate: Fate;
};

/** A post that was sent: before the stop, or in flight when it came. */
export type SentPost = {
  readonly id: number;
  readonly account: string;
  readonly network: string;
  readonly text: string;
  readonly at: number;
  readonly yes: PostYes | null;
  readonly fate: Fate;
};

export type Tick = {
  readonly kind: 'plan' | 'tool';
  /** The step, or the name of the tool. */
  readonly what: string;
  /** Of a tool: its account; '' for a step. */
  readonly account: string;
  /** Of a step: who was to do it. */
  readonly who: string;
  readonly by: string;
  readonly at: number;
  readonly isDone: boolean;
};

export type ElsewhereState =
  | 'waiting' // found, and nobody cancelled it
  | 'later'
  | 'still-there'
  | 'unclear'
  | 'canceled'
  | 'gone'
  | 'may-be-out';

/** A post that waited in a planner or a queue outside the app when the stop came. */
export type ElsewherePost = {
  readonly account: string;
  /** The network's name, or the service's. */
  readonly where: string;
  /** The service's channel; '' in an account's own planner. */
  readonly channel: string;
  readonly text: string;
  readonly planAt: number | null;
  readonly url: string;
  readonly state: ElsewhereState;
  /** When it came to be so; null while nobody did anything. */
  readonly at: number | null;
  /** Who had it cancelled; '' when the stop did so by itself. */
  readonly by: string;
  /** Who said that it is dealt with; '' when nobody. */
  readonly tickedBy: string;
};

/** All that one document says. */
export type ReportModel = {
  readonly brand: { readonly id: number; readonly name: string; readonly timeZone: string };
  readonly stop: Line & {
    readonly id: string;
    readonly scope: string;
    /** The market or the account as it is called; '' where the journal does not say it. */
    readonly scopeName: string;
    readonly control: string;
    readonly by: string;
    readonly reason: string;
    readonly confirmedAt: number | null;
    /** When the journal says that it could not be confirmed; null when it does not say so. */
    readonly notConfirmedAt: number | null;
  };
  /** Whether the stop still has the brand: a brand may leave the market that was stopped. */
  readonly place: 'covered' | 'left' | 'unsure';
  readonly release: (Line & { readonly by: string }) | null;
  /** The scopes of other stops that cover the brand when the document is made. */
  readonly alsoStopped: readonly string[];
  readonly held: readonly ReportPost[];
  /** Scheduled posts of the brand that the stop covered, in all; null when that is not known. */
  readonly heldInAll: number | null;
  /** Posts due from then on are not in the list; null when that is not known. */
  readonly dueBefore: number | null;
  readonly isInventoryWhole: boolean;
  /** Missed because of the stop, and not in the list of what was held. */
  readonly missed: readonly ReportPost[];
  /** Public in the last 24 hours before the stop. */
  readonly out: readonly SentPost[];
  readonly inFlight: readonly SentPost[];
  /** Unconfirmed when the stop came; in flight not counted. */
  readonly unconfirmed: readonly SentPost[];
  /** Posts the stop kept back, as far as the journal counts or names them; null when it does neither. */
  readonly keptInAll: number | null;
  readonly wentOut: {
    /** Published after the stop and before its release. */
    readonly whileStopped: number;
    /** Those of them that were named as kept back. */
    readonly keptWhileStopped: number;
    /** Published after the release although their time had passed under the stop, without a person having resumed them. */
    readonly overdue: number;
    /** Sent after the stop; whether they are public is not known. */
    readonly unsettled: number;
    /** Their time was under the stop, or may have been, and no line tells enough of them. */
    readonly untold: number;
  };
  readonly ticks: readonly Tick[];
  readonly elsewhere: readonly ElsewherePost[];
  /** Planners that could not be read under the stop: nothing is known of what waited there. */
  readonly elsewhereUnread: readonly { readonly account: string; readonly where: string }[];
  readonly chain: JournalCheck;
  readonly last: Line;
  readonly madeAt: number;
};
