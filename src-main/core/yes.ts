import type { Instant } from './clock.ts';
import type { Post, PostId } from './post.ts';

/** Whether a post would wait for a yes at a time. While it does it is held: nothing that waits is ever due. */
export function lacksYes(post: Pick<Post, 'yes'>, at: Instant): boolean {
  return post.yes !== undefined && post.yes.for !== at;
}

/** 'without': a person let it go out without the yes. */
export type YesKind = 'yes' | 'no' | 'without';

/** One answer to one post, as it stood: at another time it is not an answer to it. */
export type YesAnswer = {
  readonly postId: PostId;
  readonly publishAt: Instant;
  readonly answer: YesKind;
  /** Who answered. */
  readonly by: string;
  readonly remark: string;
  /** By the clock of whoever answered. */
  readonly answeredAt: Instant;
};

/** An answer that was taken up; `readBy` brought it in. */
export type KeptAnswer = YesAnswer & { readonly readAt: Instant; readonly readBy: string };

/** Posts of a brand that wait for the yes of one person. */
export type WaitingForYes = {
  readonly brandId: number;
  readonly from: string;
  readonly posts: number;
  readonly firstAt: Instant;
};

/** What people agreed to, and what waits for it. */
export type YesStore = {
  /** Whose yes the posts of a brand need, by brand; brands that need none are left out. */
  brands(): Promise<ReadonlyMap<number, string>>;
  /** For posts made from now on; '' is nobody. Refuses nothing: a brand that is not there is left. */
  setBrand(brandId: number, from: string): Promise<void>;
  /** Holds scheduled posts until that person said yes, and asks that person instead where another was asked. @returns those changed. */
  require(ids: readonly PostId[], from: string, now: Instant): Promise<readonly PostId[]>;
  /**
   * Takes answers up, some hundreds in one transaction: of posts that still wait, at the very time answered for, that has not passed. A yes makes a post
   * scheduled, a no keeps it held, with the remark. @returns the posts that were answered.
   */
  answer(answers: readonly YesAnswer[], readBy: string, now: Instant): Promise<readonly PostId[]>;
  /** Lets posts that wait, or that were refused, go out at their time without a yes. @returns those that do. */
  letGo(ids: readonly PostId[], by: string, now: Instant): Promise<readonly PostId[]>;
  /** Makes answers undone: of posts that are scheduled by a yes, or refused, and unchanged since `at`. They wait again. @returns those. */
  undo(ids: readonly PostId[], at: Instant, now: Instant): Promise<readonly PostId[]>;
  /** Keeps which posts stand on a page that a client was given, so that what is left open on it can be told. */
  keepAsked(request: string, ids: readonly PostId[]): Promise<void>;
  /** Those on a page that still wait for a yes of a time to come; null where no such page was made here. */
  openOn(request: string, now: Instant): Promise<readonly PostId[] | null>;
  /** The answers to one post, the newest first. */
  answersTo(id: PostId): Promise<readonly KeptAnswer[]>;
  /** What waits, the soonest first; with `before` only what is planned before then. */
  waiting(before?: Instant): Promise<readonly WaitingForYes[]>;
};
