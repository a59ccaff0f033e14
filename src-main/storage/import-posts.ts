import { type Kysely, sql } from 'kysely';
import type { NewPost, PlannedPost } from '../core/queue.ts';
import type { ImportOrigin, OnAdded, PostStore } from '../core/stores.ts';
import { listOf } from './covered.ts';
import { keepOrigin } from './import-store.ts';
import { insertPosts, lastPostId, requireAccounts, slices } from './insert-posts.ts';
import { withRoom } from './room.ts';
import type { Schema } from './schema.ts';

/** Rows taken from the caller before a transaction begins: no foreign work is awaited inside one. */
export const ROWS_A_TRANSACTION = 10_000;
const ROWS_A_DELETE = 500;
/** Rows read back in one statement: some milliseconds of the event loop. */
const ROWS_A_READ = 2_000;

export type Importer = {
  /** See `PostStore.importAll`. Imports run one after the other. */
  importAll(
    chunks: AsyncIterable<readonly NewPost[]>,
    now: number,
    onChunk: (done: number) => void,
    onAdded?: OnAdded,
    origin?: ImportOrigin,
  ): ReturnType<PostStore['importAll']>;
  /** Takes away what a crash left of an import. Nobody sees those posts meanwhile, so nobody need wait for it. */
  clearLeftovers(): Promise<void>;
  /** Whether there may be posts that nobody sees yet. */
  isUnderWay(): boolean;
};

/**
 * An import writes its posts into the queue's table as they come, in many small transactions, but marks their ids as `arriving`: every
 * statement leaves those out. Deleting that mark is the last step. It makes all posts appear at once and takes time by the number of
 * accounts, not of posts. `someoneWaits` tells that another statement wants the connection: the transaction then ends early.
 */
export function createImporter(db: Kysely<Schema>, someoneWaits: () => boolean): Importer {
  let last: Promise<unknown> = Promise.resolve();

  let underWay = 0;

  function afterOthers<T>(work: () => Promise<T>): Promise<T> {
    underWay += 1;
    const mine = last.then(work).finally(() => {
      underWay -= 1;
    });
    last = mine.catch(() => undefined);
    return mine;
  }

  async function receive(
    chunks: AsyncIterable<readonly NewPost[]>,
    now: number,
    onChunk: (done: number) => void,
    onAdded: OnAdded | undefined,
    origin: ImportOrigin | undefined,
  ): ReturnType<PostStore['importAll']> {
    let given = 0;
    let waiting: NewPost[] = [];
    const write = async (least: number) => {
      while (waiting.length > least) {
        const written = await writeSome(db, waiting, now, someoneWaits);
        waiting = waiting.slice(written);
        given += written;
        onChunk(given);
      }
    };
    for await (const chunk of chunks) {
      for (const slice of slices(chunk, ROWS_A_TRANSACTION)) {
        waiting.push(...slice);
        await write(ROWS_A_TRANSACTION - 1);
      }
    }
    await write(0);
    // HAZARD: told before anything appears: a crash after that leaves no post that nobody was told of.
    const ranges = await arrived(db);
    if (ranges.length > 0) await onAdded?.(plannedIn(db, ranges));
    const { added, importId } = await appear(db, origin, now);
    return { added, known: given - added, ...(origin === undefined ? {} : { importId }) };
  }

  return {
    importAll: (chunks, now, onChunk, onAdded, origin) =>
      afterOthers(async () => {
        try {
          return await withRoom(db, () => receive(chunks, now, onChunk, onAdded, origin));
        } catch (error) {
          // When this fails too, the database itself has: the next open clears what is left, and it is never seen.
          await clear(db).catch(() => undefined);
          throw error;
        }
      }),
    clearLeftovers: () => afterOthers(() => clear(db)),
    isUnderWay: () => underWay > 0,
  };
}

/** Writes the first rows of `posts` in one transaction; returns how many. */
function writeSome(
  db: Kysely<Schema>,
  posts: readonly NewPost[],
  now: number,
  someoneWaits: () => boolean,
): Promise<number> {
  return db.transaction().execute(async (step) => {
    const most = posts.slice(0, ROWS_A_TRANSACTION);
    await requireAccounts(step, most);
    // The new ids are marked before there is a row, and the mark is cut to what was used, because known rows use no id.
    const before = await lastPostId(step);
    const extended = await sql`
      update arriving set last_id = ${before + most.length} where last_id = ${before}`.execute(step);
    if (extended.numAffectedRows === 0n) {
      await sql`insert into arriving (first_id, last_id) values (${before + 1}, ${before + most.length})`.execute(
        step,
      );
    }
    const written = await insertPosts(step, most, now, someoneWaits);
    await cutMarks(step);
    await sql`
      insert into arriving_tally (account_id, posts, held)
      select account_id, sum(state = 'scheduled'), sum(state = 'held') from post where id > ${before} group by account_id
      on conflict (account_id) do update set posts = posts + excluded.posts, held = held + excluded.held`.execute(
      step,
    );
    return written;
  });
}

type IdRange = { readonly first_id: number; readonly last_id: number };

/** The posts of these ids, read back a few thousand at a time. */
async function* plannedIn(
  db: Kysely<Schema>,
  ranges: readonly IdRange[],
): AsyncGenerator<readonly PlannedPost[]> {
  for (const { first_id, last_id } of ranges) {
    for (let from = first_id; from <= last_id; from += ROWS_A_READ) {
      const { rows } = await sql<PlannedPost>`
        select id, publish_at as "publishAt", content_hash as "contentHash" from post
        where id between ${from} and ${Math.min(last_id, from + ROWS_A_READ - 1)} order by id`.execute(db);
      if (rows.length > 0) yield rows;
    }
  }
}

async function arrived(db: Kysely<Schema>): Promise<readonly IdRange[]> {
  const { rows } = await sql<IdRange>`select first_id, last_id from arriving order by first_id`.execute(db);
  return rows;
}

/** Tells how many posts there are more, and what names where they came from. */
function appear(
  db: Kysely<Schema>,
  origin: ImportOrigin | undefined,
  now: number,
): Promise<{ added: number; importId: number | null }> {
  return db.transaction().execute(async (step) => {
    const { rows } = await sql<{ posts: number }>`
      select coalesce(sum(posts + held), 0) as posts from arriving_tally`.execute(step);
    const added = rows[0]?.posts ?? 0;
    const importId = origin === undefined || added === 0 ? null : await keepOrigin(step, origin, added, now);
    await sql`delete from arriving`.execute(step);
    await sql`
      update account_tally set (head_at, head_id) = (
          select publish_at, id from post indexed by post_by_account
          where post.account_id = account_tally.account_id and state = 'scheduled' order by publish_at, id limit 1)
      where account_id in (select account_id from arriving_tally)`.execute(step);
    await sql`delete from arriving_tally`.execute(step);
    return { added, importId };
  });
}

/** Leaves no id marked that no post has: the next post would be given it, and nobody would see that post. */
async function cutMarks(step: Kysely<Schema>): Promise<void> {
  const last = await lastPostId(step);
  await sql`delete from arriving where first_id > ${last}`.execute(step);
  await sql`update arriving set last_id = ${last} where last_id > ${last}`.execute(step);
}

/** Deletes the arriving posts in small steps, from the lowest id, with their marks. */
async function clear(db: Kysely<Schema>): Promise<void> {
  for (;;) {
    const isDone = await db.transaction().execute(async (step) => {
      const { rows } = await sql<{ first_id: number; last_id: number }>`
        select first_id, last_id from arriving order by first_id limit 1`.execute(step);
      const mark = rows[0];
      if (mark === undefined) {
        await sql`delete from arriving_tally`.execute(step);
        return true;
      }
      const until = Math.min(mark.last_id, mark.first_id + ROWS_A_DELETE - 1);
      await sql`delete from post where id between ${mark.first_id} and ${until}`.execute(step);
      await sql`delete from arriving where first_id = ${mark.first_id}`.execute(step);
      if (until < mark.last_id) {
        await sql`insert into arriving (first_id, last_id) values (${until + 1}, ${mark.last_id})`.execute(
          step,
        );
      }
      return false;
    });
    if (isDone) return;
  }
}

/**
 * A post added by hand with the import key of an arriving one takes its place: the arriving one is not there yet, so the key is
 * not known.
 */
export async function giveWay(step: Kysely<Schema>, posts: readonly NewPost[]): Promise<void> {
  const keys = posts.flatMap((post) => (post.importKey === null ? [] : [post.importKey]));
  if (keys.length === 0) return;
  await sql`
    delete from post where import_key in ${listOf(keys)}
      and exists (select 1 from arriving where first_id <= post.id and last_id >= post.id)`.execute(step);
  await cutMarks(step);
}
