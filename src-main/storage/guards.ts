import { MOVES, POST_STATES } from '../core/post.ts';
import type { Sqlite } from './sqlite-driver.ts';

const legalMoves = POST_STATES.filter((state) => MOVES[state].length > 0)
  .map(
    (from) => `(OLD.state = '${from}' AND NEW.state IN (${MOVES[from].map((to) => `'${to}'`).join(', ')}))`,
  )
  .join(' OR ');

/**
 * Triggers that refuse what the rules of the core forbid, whoever writes the statement. Made from the core's table of moves at
 * every open, so that they cannot fall behind it.
 */
const GUARDS: Readonly<Record<string, string>> = {
  guard_new_post: `CREATE TRIGGER guard_new_post AFTER INSERT ON post
    WHEN NOT (NEW.state = 'scheduled' AND NEW.yes_from = '')
      AND NOT (NEW.state = 'held' AND NEW.reason = 'needs-yes' AND NEW.yes_from <> '' AND NEW.yes_for IS NULL) BEGIN
    SELECT RAISE(ABORT, 'a new post is scheduled, or held until there is a yes');
  END`,
  guard_moves: `CREATE TRIGGER guard_moves BEFORE UPDATE OF state ON post
    WHEN OLD.state <> NEW.state AND NOT (${legalMoves}) BEGIN
    SELECT RAISE(ABORT, 'illegal move');
  END`,
  guard_yes: `CREATE TRIGGER guard_yes BEFORE UPDATE OF state, publish_at, yes_from, yes_for ON post
    WHEN NEW.state IN ('scheduled', 'publishing') AND NEW.yes_from <> '' AND NEW.yes_for IS NOT NEW.publish_at BEGIN
    SELECT RAISE(ABORT, 'nothing is scheduled without the yes it needs');
  END`,
  guard_owner: `CREATE TRIGGER guard_owner BEFORE UPDATE OF id, account_id ON post
    WHEN OLD.id <> NEW.id OR OLD.account_id <> NEW.account_id BEGIN
    SELECT RAISE(ABORT, 'a post keeps its account');
  END`,
  guard_content: `CREATE TRIGGER guard_content BEFORE UPDATE OF text, parts, folded, link, media, content_hash ON post BEGIN
    SELECT RAISE(ABORT, 'what a post says is fixed');
  END`,
  guard_posts: `CREATE TRIGGER guard_posts BEFORE DELETE ON post
    WHEN NOT EXISTS (SELECT 1 FROM arriving WHERE first_id <= OLD.id AND last_id >= OLD.id) BEGIN
    SELECT RAISE(ABORT, 'posts never disappear');
  END`,
};

/** Makes the guards in the database exactly those above. Writes nothing when they already are. */
export async function installGuards(sqlite: Sqlite): Promise<void> {
  const kept = await sqlite.all<{ name: string; sql: string }>(
    `SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'guard\\_%' ESCAPE '\\'`,
  );
  const isCurrent =
    kept.length === Object.keys(GUARDS).length && kept.every(({ name, sql }) => GUARDS[name] === sql);
  if (isCurrent) return;
  await sqlite.run('begin immediate');
  try {
    for (const { name } of kept) await sqlite.run(`DROP TRIGGER ${name}`);
    for (const guard of Object.values(GUARDS)) await sqlite.run(guard);
    await sqlite.run('commit');
  } catch (error) {
    await sqlite.run('rollback').catch(() => undefined);
    throw error;
  }
}
