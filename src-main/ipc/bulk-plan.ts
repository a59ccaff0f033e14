import type { BulkLeftOut, BulkPreview } from '../../src-preload/queue-views.ts';
import { contentHashOf } from '../calendar/import-key.ts';
import { createPacer } from '../calendar/pacer.ts';
import { type ClockChoice, shiftByDays, shiftByHours, timeAt } from '../calendar/shift-time.ts';
import { checkContent } from '../connectors/shared/check-content.ts';
import type { Account, AccountId } from '../core/brand.ts';
import {
  BULK_FROM,
  type BulkKind,
  type DoneChange,
  type LabelChange,
  type LeftOutReason,
  type PlannedTime,
} from '../core/bulk.ts';
import type { Limits } from '../core/connector.ts';
import { DUPLICATE_WINDOW_MS } from '../core/duplicate.ts';
import { changeLabels, MOST_LABELS, splitLabels } from '../core/labels.ts';
import type { Post, PostReason, PostState } from '../core/post.ts';
import { covers, type Scope } from '../core/scope.ts';
import { lacksYes } from '../core/yes.ts';
import { type Names, placeOf } from './directory.ts';
import type { FreeOfAccount } from './free-slots.ts';

/** What was asked for, with everything looked up that does not differ from post to post. */
export type BulkOrder =
  | { readonly kind: 'hold' | 'resume' | 'cancel' | 'draft' }
  | { readonly kind: 'move'; readonly first: number; readonly timeZone: string; readonly spacingMs: number }
  | { readonly kind: 'slots'; readonly free: ReadonlyMap<AccountId, FreeOfAccount> }
  | { readonly kind: 'hours'; readonly hours: number }
  | ({ readonly kind: 'days'; readonly days: number } & ClockChoice)
  | {
      readonly kind: 'account';
      readonly account: Account;
      readonly limits: Limits;
      readonly asksYes: boolean;
    }
  | { readonly kind: 'labels'; readonly add: readonly string[]; readonly remove: readonly string[] };

/** One post that will be changed. */
export type BulkEntry = {
  readonly before: DoneChange['before'];
  readonly state: PostState;
  readonly reason: PostReason;
  /** Null where its time stays. */
  readonly time: PlannedTime | null;
  readonly contentHash: string;
  /** Where its labels change. */
  readonly labels?: LabelChange;
};

export type BulkPlan = {
  readonly kind: BulkKind;
  readonly accountId: number | null;
  readonly entries: readonly BulkEntry[];
  readonly preview: Omit<BulkPreview, 'previewId'>;
};

const EXAMPLES = 5;
const EXCERPT = 80;

/**
 * Finds out what an order would do, chunk by chunk; changes nothing. `covered`: the scopes of stops and countdowns. Posts come in the order
 * of their times.
 */
export function createBulkPlan(deps: {
  order: BulkOrder;
  names: Names;
  covered: readonly Scope[];
  now: number;
  language: 'en' | 'fr';
}) {
  const { order, names, now } = deps;
  const entries: BulkEntry[] = [];
  const met = new Set<number>();
  const turns = new Map<number, number>();
  const leftOut = new Map<LeftOutReason, BulkLeftOut>();
  const brands = new Map<number, BulkPreview['brands'][number]>();
  const perAccount = new Map<number, number>();
  const isCovered = new Map<number, boolean>();
  const counts = { stopped: 0, tooLate: 0, staysHeld: 0, waits: 0, gap: 0, twice: 0, otherBrand: 0 };

  function isStopped(accountId: number): boolean {
    let known = isCovered.get(accountId);
    if (known === undefined) {
      const place = placeOf(names, accountId);
      known = place !== null && deps.covered.some((scope) => covers(scope, place));
      isCovered.set(accountId, known);
    }
    return known;
  }

  function leave(post: Post, reason: LeftOutReason, detail = ''): null {
    const line = leftOut.get(reason) ?? { reason, count: 0, examples: [] };
    line.count += 1;
    if (line.examples.length < EXAMPLES)
      line.examples.push({
        postId: post.id,
        brand: names.brands.get(post.brandId)?.name ?? '',
        account: names.accounts.get(post.accountId)?.name ?? '',
        text: (post.content.parts[0] ?? '').slice(0, EXCERPT),
        detail,
      });
    leftOut.set(reason, line);
    return null;
  }

  function shifted(post: Post, time: PlannedTime): Change | null {
    if (time.publishAt <= now) return leave(post, 'past');
    const isHeld = post.state === 'held';
    if (!isHeld) return scheduledAt(post, time);
    counts.staysHeld += 1;
    // A no was for the time it had; of a new one that person is asked again.
    const reason = post.reason === 'said-no' ? 'needs-yes' : post.reason;
    return { state: 'held', reason, time };
  }

  /** What needs a yes that it has not got for the time is held until it has. */
  function scheduledAt(post: Post, time: PlannedTime | null): Change {
    if (!lacksYes(post, time?.publishAt ?? post.publishAt)) return { state: 'scheduled', reason: '', time };
    counts.waits += 1;
    return { state: 'held', reason: 'needs-yes', time };
  }

  /** What becomes of one post, or null once it is counted among those left out. */
  function changeOf(post: Post): Change | null {
    switch (order.kind) {
      case 'hold':
        return { state: 'held', reason: 'by-person', time: null };
      case 'resume': {
        if (post.reason === 'needs-yes' || post.reason === 'said-no') return leave(post, 'needs-yes');
        const graceMs = names.brands.get(post.brandId)?.graceMs ?? 0;
        if (post.publishAt + graceMs < now) counts.tooLate += 1;
        return scheduledAt(post, null);
      }
      case 'cancel':
        return { state: 'canceled', reason: 'by-person', time: null };
      case 'draft':
        return { state: 'canceled', reason: 'to-draft', time: null };
      case 'move': {
        // One after the other on each account; different accounts start together.
        const turn = turns.get(post.accountId) ?? 0;
        turns.set(post.accountId, turn + 1);
        return scheduledAt(post, timeAt(order.first + turn * order.spacingMs, order.timeZone));
      }
      case 'slots': {
        const free = order.free.get(post.accountId);
        const turn = turns.get(post.accountId) ?? 0;
        turns.set(post.accountId, turn + 1);
        const time = free?.times[turn];
        if (!time) return leave(post, free?.hasSlots ? 'no-free-slot' : 'no-slots');
        return scheduledAt(post, time);
      }
      case 'hours':
        return shifted(post, shiftByHours(post, order.hours));
      case 'days': {
        const { clock, time } = shiftByDays(post, order.days, order);
        if (clock !== 'plain') counts[clock] += 1;
        return time === null ? leave(post, clock === 'twice' ? 'twice' : 'gap') : shifted(post, time);
      }
      case 'account':
        return transferOf(post, order);
      case 'labels': {
        const labels = { from: post.label, to: changeLabels(post.label, order.add, order.remove) };
        if (labels.to === labels.from) return leave(post, 'same-labels');
        if (splitLabels(labels.to).length > MOST_LABELS) return leave(post, 'too-many-labels');
        return { state: post.state, reason: post.reason, time: null, labels };
      }
    }
  }

  function transferOf(
    post: Post,
    { account, limits, asksYes }: Extract<BulkOrder, { kind: 'account' }>,
  ): Change | null {
    if (post.accountId === account.id) return leave(post, 'same-account');
    if (isStopped(post.accountId)) return leave(post, 'stopped');
    if (post.publishAt <= now) return leave(post, 'past');
    const error = checkContent(post.content, limits).find(({ level }) => level === 'error');
    if (error) return leave(post, 'does-not-fit', error.message[deps.language]);
    if (post.brandId !== account.brandId) counts.otherBrand += 1;
    if (post.state === 'held') counts.staysHeld += 1;
    // A yes was for the account it was on.
    else if (post.yes !== undefined || asksYes) counts.waits += 1;
    return { state: 'canceled', reason: 'to-account', time: null };
  }

  function count(post: Post, time: PlannedTime | null): void {
    const place = order.kind === 'account' ? order.account.id : post.accountId;
    if (isStopped(place)) counts.stopped += 1;
    perAccount.set(post.accountId, (perAccount.get(post.accountId) ?? 0) + 1);
    const line = brands.get(post.brandId) ?? {
      brandId: post.brandId,
      name: names.brands.get(post.brandId)?.name ?? '',
      posts: 0,
      firstAt: post.publishAt,
      lastAt: post.publishAt,
      newFirstAt: null,
      newLastAt: null,
    };
    line.posts += 1;
    line.firstAt = Math.min(line.firstAt, post.publishAt);
    line.lastAt = Math.max(line.lastAt, post.publishAt);
    if (time !== null) {
      line.newFirstAt = Math.min(line.newFirstAt ?? time.publishAt, time.publishAt);
      line.newLastAt = Math.max(line.newLastAt ?? time.publishAt, time.publishAt);
    }
    brands.set(post.brandId, line);
  }

  /** How many of those affected say on the other account what is, or would be, said there within a day. */
  async function countDuplicates(there: AsyncIterable<readonly Post[]>): Promise<number> {
    // By windows of a day: whatever lies in the same one is near, and of those beside it the last or the first tells.
    const said = new Map<string, { first: number; last: number }>();
    const windowOf = (hash: string, at: number, by = 0) =>
      `${hash} ${Math.floor(at / DUPLICATE_WINDOW_MS) + by}`;
    const wanted = new Set(entries.map(({ contentHash }) => contentHash));
    const pace = createPacer(null);
    const add = (hash: string, at: number) => {
      const { first, last } = said.get(windowOf(hash, at)) ?? { first: at, last: at };
      said.set(windowOf(hash, at), { first: Math.min(first, at), last: Math.max(last, at) });
    };
    for await (const posts of there)
      for (const post of posts) {
        const hash = contentHashOf(post.content);
        if (wanted.has(hash)) add(hash, post.publishAt);
        const turn = pace();
        if (turn) await turn;
      }
    let duplicates = 0;
    for (const { contentHash, before } of entries) {
      const at = before.publishAt;
      const [earlier, later] = [
        said.get(windowOf(contentHash, at, -1)),
        said.get(windowOf(contentHash, at, 1)),
      ];
      const isSaid =
        said.has(windowOf(contentHash, at)) ||
        (earlier !== undefined && at - earlier.last < DUPLICATE_WINDOW_MS) ||
        (later !== undefined && later.first - at < DUPLICATE_WINDOW_MS);
      if (isSaid) duplicates += 1;
      add(contentHash, at);
      const turn = pace();
      if (turn) await turn;
    }
    return duplicates;
  }

  return {
    add(posts: readonly Post[]): void {
      for (const post of posts) {
        if (met.has(post.id)) continue;
        met.add(post.id);
        const change = BULK_FROM[order.kind].includes(post.state) ? changeOf(post) : leave(post, post.state);
        if (change === null) continue;
        const { id, state, reason, publishAt, localTime, timeZone, changedAt, accountId } = post;
        const needsHash = change.time !== null || order.kind === 'account';
        entries.push({
          before: { id, state, reason, publishAt, localTime, timeZone, changedAt, accountId },
          ...change,
          contentHash: needsHash ? contentHashOf(post.content) : '',
        });
        count(post, change.time);
      }
    },
    size: (): number => met.size,

    /** `readAccount` reads what an account has said and will say between two instants. */
    async finish(
      readAccount: (accountId: number, from: number, to: number) => AsyncIterable<readonly Post[]>,
    ): Promise<BulkPlan> {
      const accountId = order.kind === 'account' ? order.account.id : null;
      if (order.kind === 'slots')
        for (const [id, { skipped }] of order.free)
          if (perAccount.has(id)) for (const { clock } of skipped) counts[clock] += 1;
      const first = entries[0]?.before.publishAt;
      const last = entries.at(-1)?.before.publishAt;
      const duplicates =
        accountId === null || first === undefined || last === undefined
          ? 0
          : await countDuplicates(
              readAccount(accountId, first - DUPLICATE_WINDOW_MS, last + DUPLICATE_WINDOW_MS),
            );
      return {
        kind: order.kind,
        accountId,
        entries,
        preview: {
          asked: met.size,
          affected: entries.length,
          accounts: perAccount.size,
          brands: [...brands.values()].sort((a, b) => b.posts - a.posts || a.name.localeCompare(b.name)),
          leftOut: [...leftOut.values()].sort((a, b) => b.count - a.count),
          ...counts,
          duplicates,
          mostOfAccount: [...perAccount.values()].reduce((a, b) => Math.max(a, b), 0),
        },
      };
    },
  };
}

type Change = Pick<BulkEntry, 'state' | 'reason' | 'time' | 'labels'>;
