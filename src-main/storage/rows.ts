import { sql } from 'kysely';
import type { Account, Brand } from '../core/brand.ts';
import type { Content, Media, Post, RemoteRef } from '../core/post.ts';
import type { NewPost } from '../core/queue.ts';
import type { PostTable } from './schema.ts';

/** Leaves out the posts of an import under way. For statements that call the table `post`. */
export const isThere = sql<boolean>`not exists (
  select 1 from arriving where first_id <= post.id and last_id >= post.id)`;

export const postColumns = sql`post.id, post.account_id, account.brand_id, post.state, post.reason, post.detail,
  post.text, post.parts, post.link, post.media, post.label, post.publish_at, post.local_time, post.time_zone,
  post.attempts, post.refs, post.created_at, post.changed_at, post.yes_from, post.yes_for`;

export type PostRow = Omit<
  PostTable,
  | 'id'
  | 'yes_from'
  | 'yes_for'
  | 'approval'
  | 'retry_at'
  | 'key'
  | 'duplicate_allowed'
  | 'content_hash'
  | 'import_key'
  | 'folded'
> & {
  readonly id: number;
  readonly brand_id: number;
  readonly yes_from: string;
  readonly yes_for: number | null;
};

export function toPost(row: PostRow): Post {
  return {
    id: row.id,
    accountId: row.account_id,
    brandId: row.brand_id,
    state: row.state,
    reason: row.reason,
    detail: row.detail,
    content: {
      parts: row.parts === null ? [row.text] : (JSON.parse(row.parts) as string[]),
      link: row.link,
      media: row.media === '[]' ? [] : (JSON.parse(row.media) as Media[]),
    },
    label: row.label,
    publishAt: row.publish_at,
    localTime: row.local_time,
    timeZone: row.time_zone,
    attempts: row.attempts,
    refs: toRefs(row.refs),
    ...(row.yes_from !== '' && { yes: { from: row.yes_from, for: row.yes_for } }),
    createdAt: row.created_at,
    changedAt: row.changed_at,
  };
}

export function toRefs(json: string): RemoteRef[] {
  return json === '[]' ? [] : (JSON.parse(json) as RemoteRef[]);
}

/** What `insertPosts` reads by position. Arrays, because JSON of arrays is half as long as JSON of objects. */
export function fromNewPost(post: NewPost): readonly (string | number | null)[] {
  const { text, parts, folded } = fromContent(post.content);
  return [
    post.accountId,
    post.publishAt,
    post.contentHash,
    post.importKey,
    post.localTime,
    post.timeZone,
    post.label,
    post.content.link,
    post.content.media.length === 0 ? '[]' : JSON.stringify(post.content.media),
    parts,
    folded,
    text,
    post.yesFrom ? post.yesFrom : null,
  ];
}

function fromContent(content: Content): { text: string; parts: string | null; folded: string | null } {
  const isThread = content.parts.length !== 1;
  const text = isThread ? content.parts.join('\n') : (content.parts[0] ?? '');
  return { text, parts: isThread ? JSON.stringify(content.parts) : null, folded: foldedOf(text) };
}

/**
 * SQLite's LIKE knows only the letters A to Z without regard to case; a text with other capitals, or with accents encoded apart, needs a
 * folded copy to be found. Most texts do not.
 */
function foldedOf(text: string): string | null {
  if (!/\P{ASCII}/u.test(text)) return null;
  const folded = fold(text);
  return folded === text.replace(/[A-Z]+/gu, (capitals) => capitals.toLowerCase()) ? null : folded;
}

export type AccountRow = {
  readonly id: number;
  readonly brand_id: number;
  readonly network: string;
  readonly name: string;
  readonly settings: string;
  readonly state: Account['state'];
  readonly problem: string;
  readonly held_at: number | null;
  readonly held_reason: string;
};

export function toAccount(row: AccountRow): Account {
  return {
    id: row.id,
    brandId: row.brand_id,
    network: row.network,
    name: row.name,
    settings: JSON.parse(row.settings) as Record<string, string>,
    state: row.state,
    problem: row.problem,
    heldAt: row.held_at,
    heldReason: row.held_reason,
  };
}

export type BrandRow = {
  readonly id: number;
  readonly name: string;
  readonly market: string;
  readonly time_zone: string;
  readonly grace_ms: number;
  readonly colour: string;
};

export function toBrand(row: BrandRow): Brand {
  return {
    id: row.id,
    name: row.name,
    market: row.market,
    timeZone: row.time_zone,
    graceMs: row.grace_ms,
    colour: row.colour,
  };
}

/** The same for two names that differ only in case or in how an accent is encoded. */
export function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
