import type { Account, AccountId, AccountState, Brand, BrandId } from './brand.ts';
import type { LabelChange, PostChange, Transfer } from './bulk.ts';
import type { CalendarStore } from './calendar.ts';
import type { Instant } from './clock.ts';
import type { DraftVersion } from './draft-version.ts';
import type { ElsewhereStore } from './elsewhere-store.ts';
import type { OtherTool, Plan } from './plan.ts';
import type { Content, DraftId, Post, PostId, PostReason, PostState } from './post.ts';
import type { NewPost, PlannedPost, PostFilter, PostOrder, Queue, StateCounts } from './queue.ts';
import type { Recurrence, RecurrenceId } from './recurrence.ts';
import type { Result } from './result.ts';
import type { SavedText } from './saved-text.ts';
import type { Scope } from './scope.ts';
import type { PostingSlot } from './slots.ts';
import type { Variant } from './variant.ts';
import type { YesStore } from './yes.ts';

export type NewBrand = Omit<Brand, 'id'>;
export type NewAccount = {
  readonly brandId: BrandId;
  readonly network: string;
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Sealed by `secrets/seal.ts`; null when the network needs none. */
  readonly sealed: string | null;
};

export type BrandStore = {
  list(): Promise<readonly Brand[]>;
  /** Refuses 'brand-exists' when the name is taken, without regard to case. */
  create(brand: NewBrand): Promise<Result<Brand>>;
  change(brand: Brand): Promise<Result<Brand>>;
};

/** What an account signs in with and whether that works. Written together: secrets belong to the server the settings name. */
export type SignIn = {
  readonly settings: Readonly<Record<string, string>>;
  /** Sealed by `secrets/seal.ts`; null when there are none. */
  readonly sealed: string | null;
  readonly state: AccountState;
  readonly problem: string;
};

/**
 * No write touches more than it names: a hold, a refused sign-in and a new one come from different sides at the same time, and
 * checking a sign-in takes as long as the network likes.
 */
export type AccountStore = {
  list(): Promise<readonly Account[]>;
  read(id: AccountId): Promise<Account | null>;
  /** Refuses 'account-exists' for the same network and name in the same brand. */
  create(account: NewAccount): Promise<Result<Account>>;
  /** Held since then, or no longer (null). One that is held already keeps its instant and its reason. `reason` as `Account.heldReason`. */
  setHeld(id: AccountId, heldAt: Instant | null, reason?: string): Promise<void>;
  readSignIn(id: AccountId): Promise<SignIn | null>;
  /**
   * Replaces the sign-in as a whole. With `seen`, only while it still is that one: what was found out about a sign-in says
   * nothing of the one that came after it. @returns whether it was written.
   */
  setSignIn(id: AccountId, signIn: SignIn, seen: SignIn | null): Promise<boolean>;
  /** The network refused it. @returns whether it was ready until now; one signed out already keeps its problem. */
  signOut(id: AccountId, problem: string): Promise<boolean>;
  sealedOf(id: AccountId): Promise<string | null>;
  /** Every account that has one, with its box. */
  sealed(): Promise<ReadonlyMap<AccountId, string>>;
  /** Only while it still is `seen`, and whatever else of the account changed. @returns whether it was written. */
  replaceSealed(id: AccountId, sealed: string, seen: string): Promise<boolean>;
  setSealed(id: AccountId, sealed: string | null): Promise<void>;
  /**
   * Gives accounts to another brand, in one step, with all their posts. Left where they are: those with a post that is being published,
   * whose name that brand has on that network already, or that are not there. @returns those that moved.
   */
  moveToBrand(ids: readonly AccountId[], brandId: BrandId): Promise<readonly AccountId[]>;
  /**
   * Refuses 'account-in-use' while it has posts that are not canceled; posts never disappear. Cancels nothing by itself. No later account
   * gets its id.
   */
  remove(id: AccountId): Promise<Result<true>>;
};

export type StoredAttempt = {
  readonly postId: PostId;
  readonly attempt: number;
  readonly key: string;
  readonly epoch: number;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  /** An `Outcome` kind, or '' while it runs. */
  readonly outcome: string;
  readonly detail: string;
};

export type AccountSummary = {
  readonly accountId: AccountId;
  readonly counts: StateCounts;
  readonly nextDueAt: Instant | null;
};

/** Where the posts of an import came from. */
export type ImportOrigin = { readonly fileName: string; readonly format: string; readonly by: string };

/** An import that added something. */
export type PastImport = ImportOrigin & {
  readonly id: number;
  readonly importedAt: Instant;
  /** Added then. */
  readonly posts: number;
  readonly undoneAt: Instant | null;
};

/** What undoing an import would do with its posts, and what it would leave. */
export type ImportUndo = {
  /** As the import left them. */
  readonly toCancel: number;
  /** Published, being published, failed or unconfirmed. */
  readonly out: number;
  readonly canceled: number;
  /** Moved, held or resumed by a person since. */
  readonly changed: number;
};

export type ImportStore = {
  /** The newest first, at most 500. */
  list(): Promise<readonly PastImport[]>;
  undoEffect(id: number): Promise<ImportUndo>;
  /**
   * Cancels those of its posts that are as the import left them, in steps of 500, through the table of moves; the others stay. The same rows
   * can then be imported again. `onStep` is told what was canceled; what it throws ends the work, and what was done stays done.
   * @returns how many.
   */
  undo(id: number, now: Instant, onStep: (canceled: readonly PostId[]) => void): Promise<number>;
};

/** Takes the posts an import added, in chunks. */
export type OnAdded = (planned: AsyncIterable<readonly PlannedPost[]>) => Promise<void>;

export type PostStore = Queue & {
  /**
   * Adds posts as `scheduled` in one transaction; those whose `importKey` is already known add nothing. Many rows go through
   * `importAll`.
   */
  add(
    posts: readonly NewPost[],
    now: Instant,
  ): Promise<{ readonly ids: readonly PostId[]; readonly known: number }>;
  /** Which of these import keys are already in the queue. */
  knownKeys(keys: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * All or nothing: what the chunks hold becomes visible to the scheduler and to `page` in the moment it resolves; when it rejects,
   * nothing of it is kept. Other statements wait for one chunk at most. `onAdded` is told the new posts just before they
   * appear, and is waited for: what it throws ends the import. With an `origin` it can be undone later, see `ImportStore`: `importId`
   * names it, null when nothing was added.
   */
  importAll(
    chunks: AsyncIterable<readonly NewPost[]>,
    now: Instant,
    onChunk: (done: number) => void,
    onAdded?: OnAdded,
    origin?: ImportOrigin,
  ): Promise<{ readonly added: number; readonly known: number; readonly importId?: number | null }>;
  read(id: PostId): Promise<Post | null>;
  readMany(ids: readonly PostId[]): Promise<readonly Post[]>;
  page(
    filter: PostFilter,
    order: PostOrder,
    offset: number,
    limit: number,
  ): Promise<{ readonly posts: readonly Post[]; readonly total: number }>;
  /** In file order of the calendar (publishAt, id), in chunks, for the export. */
  stream(filter: PostFilter): AsyncIterable<readonly Post[]>;
  attempts(id: PostId): Promise<readonly StoredAttempt[]>;
  counts(): Promise<StateCounts>;
  /** Counts and next due instant of every account that has posts. */
  summaries(): Promise<readonly AccountSummary[]>;
  /**
   * The earliest instant after `now` at which a scheduled post may go: none of an account that is signed out, held, waits behind an
   * unconfirmed post, or is covered by one of `except`. For people; the scheduler asks `nextDueAt`.
   */
  nextToGo(now: Instant, except: readonly Scope[]): Promise<Instant | null>;
  /** Posts of an account that are published and were due after `since`. */
  countPublished(accountId: AccountId, since: Instant): Promise<number>;
  /** How many scheduled posts a scope covers. O(accounts), not O(posts). */
  countScheduled(scope: Scope): Promise<number>;
  /** Keeps that what was public of a post was taken down. Its state stays: it was published. */
  markTakenDown(id: PostId, by: string, now: Instant): Promise<void>;
  /**
   * Moves posts by the table of moves, in one transaction; those that cannot move are left and named. Used for hold, resume,
   * cancel and for what a person settles.
   */
  move(
    ids: readonly PostId[],
    to: PostState,
    reason: PostReason,
    detail: string,
    now: Instant,
  ): Promise<{ readonly moved: readonly PostId[]; readonly refused: readonly PostId[] }>;
  /** Gives posts other labels, where they still have those they were seen with. Nothing else of a post changes. @returns those changed. */
  relabel(changes: readonly (LabelChange & { readonly id: PostId })[]): Promise<readonly PostId[]>;
  /** A new time is a new approval: attempts, key and retry are cleared. Legal from scheduled, held and missed; becomes `scheduled`. */
  reschedule(
    changes: readonly {
      readonly postId: PostId;
      readonly publishAt: Instant;
      readonly localTime: string;
      readonly timeZone: string;
    }[],
    now: Instant,
  ): Promise<{ readonly moved: readonly PostId[]; readonly refused: readonly PostId[] }>;
  /**
   * Each post to its own state and time, in one transaction; resolves with those that were still as they had been seen. A new time is a
   * new approval. Some hundreds at once: others wait for it.
   */
  change(changes: readonly PostChange[], now: Instant): Promise<readonly PostId[]>;
  /** Cancels each post, with the reason 'to-account', and adds what takes its place, held where it was held, or lacks a yes (`state`). As `change` otherwise. */
  transfer(
    transfers: readonly Transfer[],
    now: Instant,
  ): Promise<readonly { readonly from: PostId; readonly to: PostId; readonly state: PostState }[]>;
};

export type Draft = {
  readonly id: DraftId;
  readonly content: Content;
  /** For accounts that say it in their own words, also such as are not chosen now. */
  readonly variants: readonly Variant[];
  readonly label: string;
  readonly accountIds: readonly AccountId[];
  readonly localTime: string;
  readonly timeZone: string;
  readonly changedAt: Instant;
};
export type DraftStore = {
  list(): Promise<readonly Draft[]>;
  /** What it held, the newest first, which is what it holds now; at most `MOST_VERSIONS`. None of a draft that is not there. */
  versions(id: DraftId): Promise<readonly DraftVersion[]>;
  /** What changes something becomes a version as well. */
  save(draft: Omit<Draft, 'id' | 'changedAt'>, id: DraftId | null, now: Instant): Promise<Draft>;
  remove(id: DraftId): Promise<boolean>;
};

/** Small facts kept with the database, for instance the id of the last start. Keys are kebab-case. */
export type FactStore = {
  read(key: string): Promise<string | null>;
  write(key: string, value: string): Promise<void>;
};

export type PlanStore = {
  /** Every plan, one a brand at most. */
  list(): Promise<readonly Plan[]>;
  read(brandId: BrandId): Promise<Plan | null>;
  /** Replaces the brand's plan as a whole. Refuses 'no-such-brand'. */
  save(plan: Omit<Plan, 'changedAt'>, now: Instant): Promise<Result<Plan>>;
};

export type OtherToolStore = {
  /** Those of every account that is not removed, in the order in which a person put them. */
  list(): Promise<readonly OtherTool[]>;
  /** These instead of those the account had. Refuses 'no-such-account'. */
  replace(
    accountId: AccountId,
    tools: readonly Omit<OtherTool, 'accountId'>[],
  ): Promise<Result<readonly OtherTool[]>>;
};

/** What a database holds, by which a copy is compared with it. */
export type DatabaseCounts = {
  readonly brands: number;
  readonly accounts: number;
  readonly drafts: number;
  readonly posts: StateCounts;
};

/** What people keep of a brand besides what is published with it. `logo`: SHA-256 of a file in `media/`, '' when none. */
export type BrandNote = { readonly brandId: BrandId; readonly notes: string; readonly logo: string };
export type BrandNoteStore = {
  /** Of brands that have one. */
  list(): Promise<readonly BrandNote[]>;
  /** Refuses 'no-such-brand'. */
  save(note: BrandNote): Promise<Result<true>>;
};

export type SavedTextStore = {
  /** Hashtags before templates, each in the order of their names. */
  list(): Promise<readonly SavedText[]>;
  /** Changes the one of that id, or adds one. Refuses 'no-such-saved-text', 'no-such-brand', 'saved-name-taken' and 'saved-too-many'. */
  save(
    text: Omit<SavedText, 'id' | 'changedAt'>,
    id: SavedText['id'] | null,
    now: Instant,
  ): Promise<Result<SavedText>>;
  /** @returns whether it was there. */
  remove(id: SavedText['id']): Promise<boolean>;
};

/** Somebody who is mentioned again and again, for one brand or, with null, for all. `handle` as its network writes it. */
export type KeptHandle = {
  readonly id: number;
  readonly brandId: BrandId | null;
  readonly network: string;
  readonly handle: string;
};
export type HandleStore = {
  list(): Promise<readonly KeptHandle[]>;
  /** Keeps it once. Refuses 'no-such-brand' and 'handles-too-many'. */
  keep(handle: Omit<KeptHandle, 'id'>): Promise<Result<KeptHandle>>;
  /** @returns whether it was there. */
  remove(id: KeptHandle['id']): Promise<boolean>;
};

/** A word that is right although no dictionary has it, in the texts of one brand or, with null, of all. */
export type KnownWord = { readonly id: number; readonly brandId: BrandId | null; readonly word: string };
export type WordStore = {
  list(): Promise<readonly KnownWord[]>;
  /** Keeps it once. Refuses 'no-such-brand' and 'words-too-many'. */
  keep(word: Omit<KnownWord, 'id'>): Promise<Result<KnownWord>>;
  /** @returns whether it was there. */
  remove(id: KnownWord['id']): Promise<boolean>;
};

export type LabelStore = {
  /** Of posts, in the order of the alphabet, at most `most`. */
  ofPosts(most: number): Promise<readonly string[]>;
  /** Of accounts that have any and are not removed, each in the order of the alphabet. */
  list(): Promise<ReadonlyMap<AccountId, readonly string[]>>;
  /** Takes labels away and adds others, in one step for all. */
  change(accountIds: readonly AccountId[], add: readonly string[], remove: readonly string[]): Promise<void>;
};

export type RecurrenceStore = {
  /** Those that have not been ended. */
  list(): Promise<readonly Recurrence[]>;
  create(
    recurrence: Omit<Recurrence, 'id' | 'accounts'>,
    accountIds: readonly AccountId[],
  ): Promise<RecurrenceId>;
  /**
   * Adds the posts of one account up to a date, in one transaction, unless the recurrence was ended, the account removed, or posts were made
   * since `seenUpTo`. @returns their ids, in order.
   */
  make(
    order: {
      readonly id: RecurrenceId;
      readonly accountId: AccountId;
      readonly seenUpTo: string;
      readonly upTo: string;
      readonly posts: readonly NewPost[];
    },
    now: Instant,
  ): Promise<readonly PostId[]>;
  /** Its posts that are scheduled or held for after `now`, the next first. */
  postsToCome(
    id: RecurrenceId,
    now: Instant,
  ): Promise<readonly { readonly id: PostId; readonly at: Instant }[]>;
  /** No more posts are made; those there are stay. @returns whether it went on until now. */
  end(id: RecurrenceId, now: Instant): Promise<boolean>;
};

export type SlotStore = {
  /** Of accounts that have any and are not removed, each in the order of the week. */
  list(): Promise<ReadonlyMap<AccountId, readonly PostingSlot[]>>;
  /** These instead of those each of the accounts had. @returns the accounts that are still there. */
  replace(accountIds: readonly AccountId[], slots: readonly PostingSlot[]): Promise<readonly AccountId[]>;
  /** What stands, is on its way or is out between two instants: it takes the slots around it. `to` is not included. */
  taken(
    accountIds: readonly AccountId[],
    from: Instant,
    to: Instant,
  ): Promise<readonly { readonly id: PostId; readonly accountId: AccountId; readonly at: Instant }[]>;
};

/** What `openStorage(path)` returns. */
export type Storage = {
  readonly brands: BrandStore;
  readonly accounts: AccountStore;
  readonly posts: PostStore;
  readonly calendar: CalendarStore;
  readonly drafts: DraftStore;
  readonly facts: FactStore;
  readonly plans: PlanStore;
  readonly otherTools: OtherToolStore;
  readonly brandNotes: BrandNoteStore;
  readonly labels: LabelStore;
  readonly imports: ImportStore;
  readonly recurrences: RecurrenceStore;
  readonly savedTexts: SavedTextStore;
  readonly slots: SlotStore;
  readonly yes: YesStore;
  readonly handles: HandleStore;
  readonly words: WordStore;
  readonly elsewhere: ElsewhereStore;
  /**
   * Writes a whole copy into a new file and returns what the database held in the moment the copy was whole. Others have their turn after
   * every few pages. Ends with null when `isGivenUp`. Rejects with `StorageError`; then, as with null, no file is left.
   */
  copyTo(path: string, isGivenUp: () => boolean): Promise<DatabaseCounts | null>;
  /** Waits for the statement under way, then closes. */
  close(): Promise<void>;
};
