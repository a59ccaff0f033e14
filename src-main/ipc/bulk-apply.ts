import { contentHashOf } from '../calendar/import-key.ts';
import { type BulkKind, type DoneChange, type LeftOutReason, type Transfer, undoOf } from '../core/bulk.ts';
import type { Post, PostId } from '../core/post.ts';
import type { PlannedPost } from '../core/queue.ts';
import type { Storage } from '../core/stores.ts';
import type { BulkEntry, BulkPlan } from './bulk-plan.ts';
import type { Names } from './directory.ts';

/** Posts of one transaction: others wait for it, and a stop asked for meanwhile waits for nothing of it. */
const POSTS_A_STEP = 250;

export type BulkWork = {
  readonly storage: Storage;
  readonly now: () => number;
  readonly isBrokenOff: () => boolean;
  /** Whether a stop or a countdown covers an account now. */
  readonly isCovered: (accountId: number) => boolean;
  readonly onProgress: (done: number) => void;
  /** Posts whose time or account is new, for the journal. */
  readonly onPlanned: (posts: readonly PlannedPost[], how: 'rescheduled' | 'scheduled') => void;
};

/**
 * Does what was planned to every post that is still as it was seen; `done` gets what was done, in the same order, also when it fails on the
 * way. HAZARD: a plan may be looked at for long. Whatever it would make due by now is left, and no post leaves a stop that came since.
 */
export async function applyBulk(work: BulkWork, plan: BulkPlan, done: DoneChange[]): Promise<void> {
  for (let from = 0; from < plan.entries.length && !work.isBrokenOff(); from += POSTS_A_STEP) {
    const step = plan.entries.slice(from, from + POSTS_A_STEP);
    done.push(...(await applyStep(work, plan, step)));
    work.onProgress(Math.min(plan.entries.length, from + POSTS_A_STEP));
  }
}

function applyStep(
  work: BulkWork,
  plan: BulkPlan,
  step: readonly BulkEntry[],
): Promise<readonly DoneChange[]> {
  if (plan.kind === 'account' && plan.accountId !== null) {
    const to = plan.accountId;
    const now = work.now();
    const may = step.filter(({ before }) => before.publishAt > now && !work.isCovered(before.accountId));
    return transfer(
      work,
      may.map(({ before }) => ({ before, to })),
    );
  }
  if (plan.kind === 'draft') return toDrafts(work, step);
  if (plan.kind === 'labels')
    return relabel(
      work,
      step.flatMap(({ before, labels }) => (labels ? [{ before, after: before, labels }] : [])),
    );
  const now = work.now();
  return changeStates(
    work,
    step.filter(({ time }) => time === null || time.publishAt > now),
  );
}

async function changeStates(work: BulkWork, step: readonly BulkEntry[]): Promise<readonly DoneChange[]> {
  const changedAt = work.now();
  const moved = new Set(
    await work.storage.posts.change(
      step.map(({ before, state, reason, time }) => ({ seen: before, state, reason, time })),
      changedAt,
    ),
  );
  const changed = step.filter(({ before }) => moved.has(before.id));
  const planned = changed.flatMap(({ before, time, contentHash }) =>
    time === null ? [] : [{ id: before.id, publishAt: time.publishAt, contentHash }],
  );
  if (planned.length > 0) work.onPlanned(planned, 'rescheduled');
  return changed.map(({ before, state, time }) => ({
    before,
    after: { id: before.id, state, publishAt: time?.publishAt ?? before.publishAt, changedAt },
  }));
}

async function relabel(work: BulkWork, changes: readonly DoneChange[]): Promise<readonly DoneChange[]> {
  const wanted = changes.flatMap(({ before, labels }) => (labels ? [{ id: before.id, ...labels }] : []));
  const done = new Set(await work.storage.posts.relabel(wanted));
  return changes.filter(({ before }) => done.has(before.id));
}

/** One by one: the draft is there before its post is canceled. */
async function toDrafts(work: BulkWork, step: readonly BulkEntry[]): Promise<readonly DoneChange[]> {
  const { posts, drafts } = work.storage;
  const done: DoneChange[] = [];
  const found = await readById(work, step);
  for (const { before, state, reason } of step) {
    const post = found.get(before.id);
    if (!post) continue;
    const now = work.now();
    const { content, label, accountId, localTime, timeZone } = post;
    const draft = await drafts.save(
      { content, variants: [], label, accountIds: [accountId], localTime, timeZone },
      null,
      now,
    );
    const [moved] = await posts.change([{ seen: before, state, reason, time: null }], now);
    if (moved === undefined) await drafts.remove(draft.id);
    else done.push({ before, after: { id: before.id, state, publishAt: before.publishAt, changedAt: now } });
  }
  return done;
}

async function transfer(
  work: BulkWork,
  step: readonly {
    readonly before: DoneChange['before'];
    readonly to: number;
    /** Taken back: the post that says whose yes it needs there. */
    readonly asBefore?: PostId;
  }[],
): Promise<readonly DoneChange[]> {
  const found = await readById(work, step);
  const firsts = await work.storage.posts.readMany(step.flatMap(({ asBefore }) => asBefore ?? []));
  const firstYes = new Map(firsts.map((post) => [post.id, post.yes]));
  const transfers = step.flatMap(({ before, to, asBefore }): Transfer[] => {
    const post = found.get(before.id);
    const yes = asBefore === undefined ? post?.yes : firstYes.get(asBefore);
    return post ? [{ seen: before, post: newPostOf(post, to, yes) }] : [];
  });
  const changedAt = work.now();
  const made = new Map(
    (await work.storage.posts.transfer(transfers, changedAt)).map((one) => [one.from, one]),
  );
  const planned: PlannedPost[] = [];
  const done = transfers.flatMap(({ seen, post }): DoneChange[] => {
    const there = made.get(seen.id);
    const before = step.find((one) => one.before.id === seen.id)?.before;
    if (there === undefined || before === undefined) return [];
    const { to: id, state } = there;
    planned.push({ id, publishAt: post.publishAt, contentHash: post.contentHash });
    return [{ before, after: { id, state, publishAt: post.publishAt, changedAt } }];
  });
  if (planned.length > 0) work.onPlanned(planned, 'scheduled');
  return done;
}

function newPostOf(post: Post, accountId: number, needed: Post['yes']): Transfer['post'] {
  const { content, label, publishAt, localTime, timeZone } = post;
  const contentHash = contentHashOf(content);
  // A yes was for the account it was on: of the other one that person is asked again.
  const yes = needed && { yesFrom: needed.from };
  return { accountId, content, label, publishAt, localTime, timeZone, contentHash, importKey: null, ...yes };
}

async function readById(
  work: BulkWork,
  step: readonly { readonly before: DoneChange['before'] }[],
): Promise<ReadonlyMap<number, Post>> {
  const posts = await work.storage.posts.readMany(step.map(({ before }) => before.id));
  return new Map(posts.map((post) => [post.id, post]));
}

export type Undone = {
  /** The posts that are as before again, by their ids then. */
  readonly restored: DoneChange[];
  readonly left: Map<LeftOutReason, number>;
  /** So many of the changes, from the first on, are dealt with. */
  through: number;
};

/** `accountId`: where the posts are now, when they were given to another account. */
type Where = {
  readonly names: Names;
  readonly accountId: number | null;
};

/**
 * Takes back what was done, where nothing has touched the post since and the table of moves allows it; `undone` gets how far it came, also
 * when it fails on the way.
 */
export async function undoBulk(
  work: BulkWork,
  kind: BulkKind,
  done: readonly DoneChange[],
  where: Where,
  undone: Undone,
): Promise<void> {
  const { restored, left } = undone;
  const leave = (reason: LeftOutReason, count = 1) =>
    count > 0 && left.set(reason, (left.get(reason) ?? 0) + count);
  for (let from = 0; from < done.length && !work.isBrokenOff(); from += POSTS_A_STEP) {
    const step = done.slice(from, from + POSTS_A_STEP);
    if (kind === 'labels') {
      const made = await relabel(work, step.map(takenBack));
      restored.push(...made);
      leave('changed', step.length - made.length);
      undone.through = Math.min(done.length, from + POSTS_A_STEP);
      work.onProgress(undone.through);
      continue;
    }
    const now = work.now();
    const back: { change: DoneChange; entry: BulkEntry | null }[] = [];
    for (const change of step) {
      if (kind === 'account') {
        const reason = whyNotBack(change, where, work.isCovered, now);
        if (reason === null) back.push({ change, entry: null });
        else leave(reason);
        continue;
      }
      const undo = undoOf(kind, change, now);
      if (typeof undo === 'string') leave(undo);
      else back.push({ change, entry: entryOf(change, undo) });
    }
    const made =
      kind === 'account'
        ? await transfer(
            work,
            back.map(({ change }) => ({
              before: { ...change.before, ...change.after, accountId: change.before.accountId },
              to: change.before.accountId,
              asBefore: change.before.id,
            })),
          )
        : await changeBack(work, back);
    restored.push(...made);
    leave('changed', back.length - made.length);
    undone.through = Math.min(done.length, from + POSTS_A_STEP);
    work.onProgress(undone.through);
  }
}

function takenBack(change: DoneChange): DoneChange {
  const { labels } = change;
  return labels ? { ...change, labels: { from: labels.to, to: labels.from } } : change;
}

type Undoing = Exclude<ReturnType<typeof undoOf>, string>;

function entryOf({ before, after }: DoneChange, { state, reason, time }: Undoing): BulkEntry {
  return { before: { ...before, ...after }, state, reason, time, contentHash: '' };
}

/** The journal is told of the times with their contents. */
async function changeBack(
  work: BulkWork,
  back: readonly { readonly entry: BulkEntry | null }[],
): Promise<readonly DoneChange[]> {
  const entries = back.flatMap(({ entry }) => (entry ? [entry] : []));
  const isTimed = entries.some(({ time }) => time !== null);
  const found = isTimed ? await readById(work, entries) : new Map<number, Post>();
  return changeStates(
    work,
    entries.map((entry) => {
      const post = found.get(entry.before.id);
      return post ? { ...entry, contentHash: contentHashOf(post.content) } : entry;
    }),
  );
}

/** Why a post does not go back to its former account; null when it does. No post leaves a stop this way. */
function whyNotBack(
  { before, after }: DoneChange,
  { names, accountId }: Where,
  isCovered: BulkWork['isCovered'],
  now: number,
): LeftOutReason | null {
  if (after.publishAt <= now) return 'past';
  if (!names.accounts.has(before.accountId)) return 'final';
  return accountId !== null && isCovered(accountId) ? 'stopped' : null;
}
