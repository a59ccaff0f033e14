import type { Migration } from './migration.ts';

/**
 * Brands, accounts, posts, attempts, drafts, facts. The tallies are kept by triggers, so that counting a million posts is adding up
 * the accounts. Which moves of state are legal is not written here but in `guards.ts`, from the core's table.
 */
export const firstTables: Migration = {
  version: 1,
  statements: [
    `CREATE TABLE brand (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      name_key TEXT NOT NULL UNIQUE,
      market TEXT NOT NULL,
      market_key TEXT NOT NULL,
      time_zone TEXT NOT NULL,
      grace_ms INTEGER NOT NULL CHECK (grace_ms BETWEEN 0 AND 3600000),
      colour TEXT NOT NULL
    ) STRICT`,

    `CREATE TABLE account (
      id INTEGER PRIMARY KEY,
      brand_id INTEGER NOT NULL REFERENCES brand (id),
      network TEXT NOT NULL,
      name TEXT NOT NULL,
      settings TEXT NOT NULL CHECK (json_valid(settings)),
      state TEXT NOT NULL DEFAULT 'ready' CHECK (state IN ('ready', 'signed-out')),
      problem TEXT NOT NULL DEFAULT '',
      held_at INTEGER,
      sealed TEXT,
      removed_at INTEGER
    ) STRICT`,
    `CREATE UNIQUE INDEX account_by_name ON account (brand_id, network, name) WHERE removed_at IS NULL`,

    `CREATE TABLE account_tally (
      account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
      scheduled INTEGER NOT NULL DEFAULT 0 CHECK (scheduled >= 0),
      publishing INTEGER NOT NULL DEFAULT 0 CHECK (publishing >= 0),
      published INTEGER NOT NULL DEFAULT 0 CHECK (published >= 0),
      failed INTEGER NOT NULL DEFAULT 0 CHECK (failed >= 0),
      held INTEGER NOT NULL DEFAULT 0 CHECK (held >= 0),
      missed INTEGER NOT NULL DEFAULT 0 CHECK (missed >= 0),
      canceled INTEGER NOT NULL DEFAULT 0 CHECK (canceled >= 0),
      unconfirmed INTEGER NOT NULL DEFAULT 0 CHECK (unconfirmed >= 0),
      head_at INTEGER,
      head_id INTEGER
    ) STRICT`,
    `CREATE INDEX account_tally_by_head ON account_tally (head_at, head_id) WHERE head_at IS NOT NULL`,
    `CREATE TRIGGER account_added AFTER INSERT ON account BEGIN
      INSERT INTO account_tally (account_id) VALUES (NEW.id);
    END`,

    `CREATE TABLE post (
      id INTEGER PRIMARY KEY,
      account_id INTEGER NOT NULL REFERENCES account (id),
      state TEXT NOT NULL DEFAULT 'scheduled' CHECK (state IN
        ('scheduled', 'publishing', 'published', 'failed', 'held', 'missed', 'canceled', 'unconfirmed')),
      reason TEXT NOT NULL DEFAULT '',
      publish_at INTEGER NOT NULL,
      changed_at INTEGER NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
      approval INTEGER NOT NULL DEFAULT 1,
      retry_at INTEGER CHECK (retry_at IS NULL OR state = 'scheduled'),
      key TEXT CHECK (key IS NOT NULL OR attempts = 0),
      duplicate_allowed INTEGER NOT NULL DEFAULT 0 CHECK (duplicate_allowed IN (0, 1)),
      created_at INTEGER NOT NULL,
      content_hash TEXT NOT NULL,
      import_key TEXT,
      local_time TEXT NOT NULL,
      time_zone TEXT NOT NULL,
      label TEXT NOT NULL,
      detail TEXT NOT NULL DEFAULT '',
      refs TEXT NOT NULL DEFAULT '[]',
      link TEXT NOT NULL,
      media TEXT NOT NULL,
      parts TEXT,
      folded TEXT,
      text TEXT NOT NULL
    ) STRICT`,
    // Every index ends with the id by itself. They are lean, because an import pays for each.
    `CREATE INDEX post_by_time ON post (state, publish_at)`,
    `CREATE INDEX post_by_account ON post (account_id, state, publish_at)`,
    `CREATE INDEX post_by_change ON post (state, changed_at)`,
    `CREATE UNIQUE INDEX post_by_import_key ON post (import_key) WHERE import_key IS NOT NULL`,
    `CREATE INDEX post_by_retry ON post (retry_at) WHERE retry_at IS NOT NULL`,
    `CREATE INDEX post_said ON post (account_id, content_hash, publish_at)
      WHERE state IN ('publishing', 'published', 'unconfirmed')`,

    // Posts of an import that is still under way: in the table, but not yet there for anybody.
    `CREATE TABLE arriving (
      first_id INTEGER PRIMARY KEY,
      last_id INTEGER NOT NULL CHECK (last_id >= first_id)
    ) STRICT`,
    `CREATE TABLE arriving_tally (
      account_id INTEGER PRIMARY KEY REFERENCES account (id),
      posts INTEGER NOT NULL CHECK (posts >= 0)
    ) STRICT`,

    `CREATE TRIGGER post_added AFTER INSERT ON post BEGIN
      UPDATE account_tally SET scheduled = scheduled + 1 WHERE account_id = NEW.account_id;
      UPDATE account_tally SET head_at = NEW.publish_at, head_id = NEW.id
        WHERE account_id = NEW.account_id
          AND (head_at IS NULL OR NEW.publish_at < head_at OR (NEW.publish_at = head_at AND NEW.id < head_id))
          AND NOT EXISTS (SELECT 1 FROM arriving WHERE first_id <= NEW.id AND last_id >= NEW.id);
    END`,
    `CREATE TRIGGER post_moved AFTER UPDATE OF state ON post WHEN OLD.state <> NEW.state BEGIN
      UPDATE account_tally SET
          scheduled = scheduled + (NEW.state = 'scheduled') - (OLD.state = 'scheduled'),
          publishing = publishing + (NEW.state = 'publishing') - (OLD.state = 'publishing'),
          published = published + (NEW.state = 'published') - (OLD.state = 'published'),
          failed = failed + (NEW.state = 'failed') - (OLD.state = 'failed'),
          held = held + (NEW.state = 'held') - (OLD.state = 'held'),
          missed = missed + (NEW.state = 'missed') - (OLD.state = 'missed'),
          canceled = canceled + (NEW.state = 'canceled') - (OLD.state = 'canceled'),
          unconfirmed = unconfirmed + (NEW.state = 'unconfirmed') - (OLD.state = 'unconfirmed')
        WHERE account_id = NEW.account_id;
    END`,
    `CREATE TRIGGER post_head_moved AFTER UPDATE OF state, publish_at ON post
      WHEN (OLD.state = 'scheduled' OR NEW.state = 'scheduled')
        AND (OLD.state <> NEW.state OR OLD.publish_at <> NEW.publish_at)
    BEGIN
      UPDATE account_tally SET (head_at, head_id) = (
          SELECT publish_at, id FROM post
            WHERE account_id = NEW.account_id AND state = 'scheduled'
              AND NOT EXISTS (SELECT 1 FROM arriving WHERE first_id <= post.id AND last_id >= post.id)
            ORDER BY publish_at, id LIMIT 1)
        WHERE account_id = NEW.account_id;
    END`,
    `CREATE TRIGGER post_dropped AFTER DELETE ON post BEGIN
      UPDATE account_tally SET scheduled = scheduled - 1 WHERE account_id = OLD.account_id;
      UPDATE arriving_tally SET posts = posts - 1 WHERE account_id = OLD.account_id;
    END`,

    `CREATE TABLE attempt (
      post_id INTEGER NOT NULL REFERENCES post (id),
      approval INTEGER NOT NULL,
      attempt INTEGER NOT NULL CHECK (attempt >= 1),
      key TEXT NOT NULL,
      epoch INTEGER NOT NULL,
      content_hash TEXT NOT NULL,
      started_at INTEGER NOT NULL,
      ended_at INTEGER,
      outcome TEXT NOT NULL DEFAULT '',
      detail TEXT NOT NULL DEFAULT '',
      PRIMARY KEY (post_id, approval, attempt)
    ) STRICT, WITHOUT ROWID`,

    `CREATE TABLE draft (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      content TEXT NOT NULL CHECK (json_valid(content)),
      label TEXT NOT NULL,
      account_ids TEXT NOT NULL CHECK (json_valid(account_ids)),
      local_time TEXT NOT NULL,
      time_zone TEXT NOT NULL,
      changed_at INTEGER NOT NULL
    ) STRICT`,

    `CREATE TABLE fact (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
  ],
};
