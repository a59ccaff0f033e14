import type { Migration } from './migration.ts';

/** `post.label` has each label on a line of its own: as JSON of an array. What is no JSON then (it never is) has no labels to be found by. */
const listOf = (label: string) =>
  `'["' || replace(replace(replace(replace(replace(${label}, '\\', '\\\\'), '"', '\\"'), char(9), ' '), char(13), ' '), char(10), '","') || '"]'`;

const rows = (label: string, id: string) =>
  `INSERT OR IGNORE INTO post_label (label, post_id) SELECT value, ${id}
    FROM json_each(iif(json_valid(${listOf(label)}), ${listOf(label)}, '[]')) WHERE value <> ''`;

/** Several labels for a post, each found by an index. What posts had as their one label stays it. */
export const postLabels: Migration = {
  version: 17,
  statements: [
    `CREATE TABLE post_label (
      label TEXT NOT NULL,
      post_id INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
      PRIMARY KEY (label, post_id)
    ) STRICT, WITHOUT ROWID`,
    'CREATE INDEX post_label_by_post ON post_label (post_id)',
    `CREATE TRIGGER post_labelled AFTER INSERT ON post WHEN NEW.label <> '' BEGIN ${rows('NEW.label', 'NEW.id')}; END`,
    `CREATE TRIGGER post_relabelled AFTER UPDATE OF label ON post WHEN NEW.label <> OLD.label BEGIN
      DELETE FROM post_label WHERE post_id = NEW.id;
      ${rows('NEW.label', 'NEW.id')};
    END`,
    `INSERT OR IGNORE INTO post_label (label, post_id)
      SELECT value, post.id FROM post, json_each(iif(json_valid(${listOf('post.label')}), ${listOf('post.label')}, '[]'))
      WHERE post.label <> '' AND value <> ''`,
  ],
};
