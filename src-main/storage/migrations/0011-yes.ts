import type { Migration } from './migration.ts';

/**
 * Posts that need a yes: of whom, and for which time there is one. Such a post begins as held, also while an import is under way, so the
 * tallies of what is still arriving tell held posts from scheduled ones.
 */
export const yes: Migration = {
  version: 11,
  statements: [
    `CREATE TABLE brand_yes (
      brand_id INTEGER PRIMARY KEY REFERENCES brand (id),
      who TEXT NOT NULL CHECK (who <> '')
    ) STRICT`,

    `ALTER TABLE post ADD COLUMN yes_from TEXT NOT NULL DEFAULT ''`,
    `ALTER TABLE post ADD COLUMN yes_for INTEGER`,
    `CREATE INDEX post_needs_yes ON post (publish_at, account_id) WHERE reason = 'needs-yes'`,

    `CREATE TABLE yes_answer (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      post_id INTEGER NOT NULL REFERENCES post (id),
      publish_at INTEGER NOT NULL,
      answer TEXT NOT NULL CHECK (answer IN ('yes', 'no', 'without')),
      answered_by TEXT NOT NULL,
      remark TEXT NOT NULL,
      answered_at INTEGER NOT NULL,
      read_at INTEGER NOT NULL,
      read_by TEXT NOT NULL
    ) STRICT`,
    'CREATE INDEX yes_answer_by_post ON yes_answer (post_id)',

    'ALTER TABLE arriving_tally ADD COLUMN held INTEGER NOT NULL DEFAULT 0 CHECK (held >= 0)',
    'DROP TRIGGER post_added',
    `CREATE TRIGGER post_added AFTER INSERT ON post BEGIN
      UPDATE account_tally SET scheduled = scheduled + (NEW.state = 'scheduled'), held = held + (NEW.state = 'held')
        WHERE account_id = NEW.account_id;
      UPDATE account_tally SET head_at = NEW.publish_at, head_id = NEW.id
        WHERE account_id = NEW.account_id AND NEW.state = 'scheduled'
          AND (head_at IS NULL OR NEW.publish_at < head_at OR (NEW.publish_at = head_at AND NEW.id < head_id))
          AND NOT EXISTS (SELECT 1 FROM arriving WHERE first_id <= NEW.id AND last_id >= NEW.id);
    END`,
    'DROP TRIGGER post_dropped',
    `CREATE TRIGGER post_dropped AFTER DELETE ON post BEGIN
      UPDATE account_tally SET scheduled = scheduled - (OLD.state = 'scheduled'), held = held - (OLD.state = 'held')
        WHERE account_id = OLD.account_id;
      UPDATE arriving_tally SET posts = posts - (OLD.state = 'scheduled'), held = held - (OLD.state = 'held')
        WHERE account_id = OLD.account_id;
    END`,
  ],
};
