import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { PostId } from '../core/post.ts';
import type { ImportOrigin, ImportStore, ImportUndo } from '../core/stores.ts';
import { movePosts } from './moves.ts';
import { isThere } from './rows.ts';
import type { Schema } from './schema.ts';

/** Posts canceled in one transaction: others wait for one of these at most. */
const POSTS_A_STEP = 500;
const MOST_LISTED = 500;

/**
 * As the import left them, or as only time has changed them: waiting, held as a duplicate when its time came, missed. Whatever a person has
 * moved, held or canceled since is theirs.
 */
const isUntouched: RawBuilder<boolean> = sql<boolean>`post.approval = 1 and post.attempts = 0 and (
  (post.state = 'scheduled' and post.changed_at = post.created_at)
  or (post.state = 'held' and (post.reason = 'duplicate'
    or (post.reason = 'needs-yes' and post.changed_at = post.created_at)))
  or post.state = 'missed')`;

const ofImport = (id: number): RawBuilder<unknown> => sql`
  from import_range cross join post on post.id between import_range.first_id and import_range.last_id
  where import_range.import_id = ${id} and ${isThere}`;

export function createImportStore(db: Kysely<Schema>): ImportStore {
  return {
    async list() {
      const rows = await db
        .selectFrom('import')
        .selectAll()
        .orderBy('id', 'desc')
        .limit(MOST_LISTED)
        .execute();
      return rows.map((row) => ({
        id: row.id,
        fileName: row.file_name,
        format: row.format,
        importedAt: row.imported_at,
        by: row.imported_by,
        posts: row.posts,
        undoneAt: row.undone_at,
      }));
    },

    async undoEffect(id) {
      const { rows } = await sql<ImportUndo>`
        select
          coalesce(sum(${isUntouched}), 0) as "toCancel",
          coalesce(sum(post.state in ('publishing', 'published', 'failed', 'unconfirmed')), 0) as out,
          coalesce(sum(post.state = 'canceled'), 0) as canceled,
          coalesce(sum(post.state in ('scheduled', 'held', 'missed') and not (${isUntouched})), 0) as changed
        ${ofImport(id)}`.execute(db);
      return rows[0] ?? { toCancel: 0, out: 0, canceled: 0, changed: 0 };
    },

    async undo(id, now, onStep) {
      let canceled = 0;
      for (;;) {
        const step = await db.transaction().execute((within) => cancelSome(within, id, now));
        canceled += step.length;
        if (step.length === 0) break;
        onStep(step);
      }
      await db.updateTable('import').set({ undone_at: now }).where('id', '=', id).execute();
      return canceled;
    },
  };
}

/** Their import keys are given back, so that the same rows can be imported again, better. */
async function cancelSome(step: Kysely<Schema>, id: number, now: number): Promise<readonly PostId[]> {
  const { rows } = await sql<{ id: PostId }>`
    select post.id ${ofImport(id)} and ${isUntouched} limit ${POSTS_A_STEP}`.execute(step);
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return [];
  const { moved } = await movePosts(step, ids, 'canceled', 'by-person', '', now);
  await sql`
    update post set import_key = null
    where id in (select value from json_each(${JSON.stringify(moved)}))`.execute(step);
  return moved;
}

/** Runs inside the transaction in which the posts of an import appear. */
export async function keepOrigin(
  step: Kysely<Schema>,
  origin: ImportOrigin,
  posts: number,
  now: number,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into import (file_name, format, imported_at, imported_by, posts)
    values (${origin.fileName}, ${origin.format}, ${now}, ${origin.by}, ${posts}) returning id`.execute(step);
  const id = rows[0]?.id ?? 0;
  await sql`
    insert into import_range (first_id, last_id, import_id) select first_id, last_id, ${id} from arriving`.execute(
    step,
  );
  return id;
}
