import type { Generated } from 'kysely';
import type { AccountState } from '../core/brand.ts';
import type { PlanLanguage, ToolKind } from '../core/plan.ts';
import type { PostReason, PostState } from '../core/post.ts';
import type { Recurrence } from '../core/recurrence.ts';
import type { SavedTextKind } from '../core/saved-text.ts';
import type { YesKind } from '../core/yes.ts';

/** The tables as the newest migration leaves them. Instants are milliseconds since 1970 UTC. */
export type Schema = {
  brand: BrandTable;
  account: AccountTable;
  account_tally: AccountTallyTable;
  post: PostTable;
  attempt: AttemptTable;
  arriving: { first_id: number; last_id: number };
  import: ImportTable;
  import_range: { first_id: number; last_id: number; import_id: number };
  /** Of what is still arriving: `posts` are scheduled, `held` wait for a yes. */
  arriving_tally: { account_id: number; posts: number; held: Generated<number> };
  draft: DraftTable;
  draft_version: DraftVersionTable;
  fact: { key: string; value: string };
  plan: PlanTable;
  other_tool: OtherToolTable;
  brand_note: BrandNoteTable;
  recurrence: RecurrenceTable;
  recurrence_account: { recurrence_id: number; account_id: number; made_up_to: string };
  recurrence_post: { post_id: number; recurrence_id: number };
  posting_slot: { account_id: number; weekday: number; time: string };
  brand_yes: { brand_id: number; who: string };
  yes_answer: YesAnswerTable;
  account_label: { account_id: number; label: string };
  post_label: { label: string; post_id: number };
  saved_text: SavedTextTable;
  elsewhere_opted: { source: string; since: number };
  /** `settings` and `channels` are JSON. */
  elsewhere_service: {
    id: Generated<number>;
    service: string;
    name: string;
    settings: string;
    sealed: string | null;
    channels: string;
  };
  elsewhere_match: {
    service_id: number;
    channel: string;
    account_id: number | null;
    brand_id: number | null;
  };
  known_word: { id: Generated<number>; brand_id: number | null; word: string };
  handle: { id: Generated<number>; brand_id: number | null; network: string; handle: string };
};

type BrandTable = {
  id: Generated<number>;
  name: string;
  /** The name folded for comparing. */
  name_key: string;
  market: string;
  market_key: string;
  time_zone: string;
  grace_ms: number;
  colour: string;
};

type AccountTable = {
  id: Generated<number>;
  brand_id: number;
  network: string;
  name: string;
  /** A JSON object of strings. */
  settings: string;
  state: AccountState;
  problem: string;
  held_at: number | null;
  /** '' when held by a person or not at all, otherwise what tripped and how often: 'refusals 5'. */
  held_reason: Generated<string>;
  sealed: string | null;
  /** Removed accounts stay for the posts that name them. */
  removed_at: number | null;
};

/** Kept by triggers: how many posts of the account are in each state, and the first of its scheduled posts. */
type AccountTallyTable = Record<PostState, number> & {
  account_id: number;
  head_at: number | null;
  head_id: number | null;
};

export type PostTable = {
  id: Generated<number>;
  account_id: number;
  state: PostState;
  reason: PostReason;
  publish_at: number;
  changed_at: number;
  /** Under the present approval. */
  attempts: number;
  /** Counts the approvals: one more with every new time. */
  approval: number;
  retry_at: number | null;
  /** The idempotency key of the present approval; null until its first attempt. */
  key: string | null;
  /** 1 once a person resumed it although it looks like a duplicate. */
  duplicate_allowed: number;
  created_at: number;
  content_hash: string;
  import_key: string | null;
  local_time: string;
  time_zone: string;
  label: string;
  detail: string;
  /** JSON array of remote refs. */
  refs: string;
  link: string;
  /** JSON array of media. */
  media: string;
  /** JSON array of the parts of a thread; null for a single text. */
  parts: string | null;
  /** The text in lower case where `text` has capitals that SQLite's LIKE does not know (É, Ω…); null otherwise. */
  folded: string | null;
  /** The only part, or all parts of a thread joined by line breaks. */
  text: string;
  /** Whose yes it needs; '' nobody's. */
  yes_from: Generated<string>;
  /** Of which `publish_at` it was said, or a person let it go without. */
  yes_for: Generated<number | null>;
};

type AttemptTable = {
  post_id: number;
  approval: number;
  attempt: number;
  key: string;
  epoch: number;
  content_hash: string;
  started_at: number;
  ended_at: number | null;
  outcome: string;
  detail: string;
};

type YesAnswerTable = {
  id: Generated<number>;
  post_id: number;
  publish_at: number;
  answer: YesKind;
  answered_by: string;
  remark: string;
  answered_at: number;
  read_at: number;
  read_by: string;
};

type DraftTable = {
  id: Generated<number>;
  /** JSON of `Content`. */
  content: string;
  /** JSON array of `Variant`. */
  variants: string;
  label: string;
  /** JSON array. */
  account_ids: string;
  local_time: string;
  time_zone: string;
  changed_at: number;
};

type DraftVersionTable = {
  id: Generated<number>;
  draft_id: number;
  saved_at: number;
  /** Characters of all its texts. */
  length: number;
  /** JSON of `Draft` without its id and time. */
  held: string;
};

type ImportTable = {
  id: Generated<number>;
  file_name: string;
  format: string;
  imported_at: number;
  imported_by: string;
  posts: number;
  undone_at: number | null;
};

type PlanTable = {
  brand_id: number;
  language: PlanLanguage;
  /** JSON arrays, each in its order. */
  decision_makers: string;
  tone_rules: string;
  holding_message: string;
  steps: string;
  changed_at: number;
};

type OtherToolTable = {
  account_id: number;
  key: string;
  /** Its place among the tools of its account, from 0. */
  place: number;
  kind: ToolKind;
  name: string;
  link: string;
  note: string;
};

type BrandNoteTable = {
  brand_id: number;
  notes: string;
  /** SHA-256 of a file in `media/`; '' when none. */
  logo: string;
};

type RecurrenceTable = {
  id: Generated<number>;
  /** JSON of `Content`, of an array of `Variant`, and of `RecurrenceRule`. */
  content: string;
  variants: string;
  label: string;
  rule: string;
  /** 'HH:mm' in the zone; dates are 'YYYY-MM-DD' there. */
  time: string;
  time_zone: string;
  gap: Recurrence['gap'];
  twice: Recurrence['twice'];
  from_date: string;
  until_date: string | null;
  most: number | null;
  created_at: number;
  created_by: string;
  ended_at: Generated<number | null>;
};

type SavedTextTable = {
  id: Generated<number>;
  /** Null: of all brands. */
  brand_id: number | null;
  kind: SavedTextKind;
  name: string;
  /** The name folded for comparing. */
  name_key: string;
  text: string;
  changed_at: number;
};
