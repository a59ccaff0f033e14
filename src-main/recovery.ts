import type { Instant } from './core/clock.ts';
import type { Post, PostId } from './core/post.ts';
import type { Settlement } from './core/queue.ts';
import type { PostStore } from './core/stores.ts';
import type { Journal } from './stop/journal.ts';
import { readSettlement, SETTLED_EVENTS, settlementEvents } from './stop/journal-events.ts';

/** Recorded when the journal told of attempts the database lacked: what is older says nothing of the database taken up then. */
export const DATABASE_RESTORED = 'database.restored';

/** So far back the journal is looked through: plans and inventories are long, and may lie behind what is looked for. */
const LOOKED_BACK_BYTES = 32 * 1024 * 1024;
/** Far more than can be in flight at once. */
const SETTLED_COMPARED = 1_000;

/** A database that lacks any attempt lacks the newest; a few more in case a line went astray. */
const ATTEMPTS_COMPARED = 20;

/**
 * Whether the database is an older one than the journal: it lacks an attempt that was written into it before the journal was told. So
 * it does when a copy made after the last start is put back before the next one, which no mark of a start can show.
 */
export async function isOlderThanJournal(posts: PostStore, journal: Journal): Promise<boolean> {
  const told = new Map<string, PostId>();
  const wanted = [DATABASE_RESTORED, 'post.attempt', 'post.published'];
  for (const record of journal.back(wanted, LOOKED_BACK_BYTES)) {
    if (record?.event === DATABASE_RESTORED || told.size === ATTEMPTS_COMPARED) break;
    if (!record) {
      await otherTurn();
      continue;
    }
    const { post, attempt, key } = record.details;
    if (typeof post === 'number' && typeof attempt === 'number' && typeof key === 'string')
      told.set(nameOf(key, attempt), post);
  }
  for (const [name, postId] of told) {
    const stored = await posts.attempts(postId);
    if (!stored.some(({ key, attempt }) => nameOf(key, attempt) === name)) return true;
  }
  return false;
}

/**
 * Settles what a crash left `publishing`. An outcome the journal already has was certain before the crash and is taken from there;
 * the rest becomes `unconfirmed`, never `scheduled`, and is told to the journal first, as every outcome is. Returns what was
 * found out only now.
 */
export async function recoverPosts(
  posts: PostStore,
  journal: Journal,
  now: Instant,
): Promise<readonly Settlement[]> {
  const left = (await posts.page({ states: ['publishing'] }, 'soonest', 0, 500)).posts;
  if (left.length === 0) return [];
  const known = readKnown(journal);
  const fromJournal: Settlement[] = [];
  const crashed: Settlement[] = [];
  for (const post of left) {
    const key = (await posts.attempts(post.id)).at(-1)?.key ?? '';
    const settlement = known.get(nameOf(key, post.attempts));
    if (settlement?.postId === post.id) fromJournal.push(settlement);
    else crashed.push(unconfirmed(post, key, now));
  }
  journal.appendSoon(settlementEvents(crashed));
  await posts.settle([...fromJournal, ...crashed]);
  await posts.recover(now);
  return crashed;
}

/** Of one attempt: posts count theirs anew with each approval, and each approval has a key of its own. */
const nameOf = (key: string, attempt: number) => `${key}/${attempt}`;

function readKnown(journal: Journal): ReadonlyMap<string, Settlement> {
  const known = new Map<string, Settlement>();
  for (const record of journal.back(SETTLED_EVENTS, LOOKED_BACK_BYTES)) {
    if (known.size >= SETTLED_COMPARED) break;
    const settlement = record && readSettlement(record);
    const name = settlement ? nameOf(settlement.key, settlement.attempt) : '';
    // The newest is what counts, and comes first.
    if (settlement && !known.has(name)) known.set(name, settlement);
  }
  return known;
}

function unconfirmed(post: Post, key: string, at: Instant): Settlement {
  return {
    postId: post.id,
    attempt: post.attempts,
    key,
    state: 'unconfirmed',
    reason: 'crash',
    detail: '',
    refs: post.refs,
    retryAt: null,
    at,
  };
}

/** The window, the shortcut and the stop have their turn while megabytes are looked through. */
const otherTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
