import type { AccountId, BrandId } from './brand.ts';
import type { Instant } from './clock.ts';
import type { PostId, PostState } from './post.ts';
import type { PostFilter, StateCounts } from './queue.ts';

/** What of the queue a calendar shows. */
export type CalendarFilter = Pick<
  PostFilter,
  'states' | 'brandId' | 'accountId' | 'network' | 'market' | 'label'
>;

/** As much of a post as a cell of a calendar has room for. */
export type CalendarPost = {
  readonly id: PostId;
  readonly accountId: AccountId;
  readonly brandId: BrandId;
  readonly state: PostState;
  readonly publishAt: Instant;
  readonly localTime: string;
  readonly timeZone: string;
  /** The first 200 characters. */
  readonly text: string;
  readonly label: string;
  readonly parts: number;
  readonly media: number;
  /** Scheduled, and its account has another scheduled post less than five minutes before or after. */
  readonly collides: boolean;
  /** Held until this person says yes; '' when it is not. */
  readonly waitsFor: string;
};

/** A day, or an hour of one. */
export type CalendarStretch = {
  readonly counts: StateCounts;
  /** The first ones, by time. */
  readonly posts: readonly CalendarPost[];
};

/** An account, and on which of the days asked about it says nothing: their places in the list, from 0. */
export type AccountGaps = {
  readonly accountId: AccountId;
  readonly brandId: BrandId;
  readonly emptyDays: readonly number[];
};

/** What a calendar reads. Costs what lies in the time asked about, not what there is. */
export type CalendarStore = {
  /** `edges` ascend; stretch i begins at edge i, inclusive, and ends before edge i + 1. At most `most` posts of each. */
  stretches(
    filter: CalendarFilter,
    edges: readonly Instant[],
    most: number,
  ): Promise<readonly CalendarStretch[]>;
  /** By time; `from` is inclusive, `to` is not. */
  page(
    filter: CalendarFilter,
    from: Instant,
    to: Instant,
    offset: number,
    limit: number,
  ): Promise<readonly CalendarPost[]>;
  /**
   * The accounts of the filter's place that have posts between `from` and `to`, with the days (as `stretches` has them) on which nothing
   * of theirs is scheduled, being published or out.
   */
  gaps(
    filter: CalendarFilter,
    from: Instant,
    to: Instant,
    dayEdges: readonly Instant[],
  ): Promise<readonly AccountGaps[]>;
};
