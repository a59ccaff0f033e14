import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import type { NewPost } from '../../../src-main/core/queue.ts';
import { DATABASE_FILE } from '../../../src-main/data-folder.ts';
import { makeDesk, openOrThrow } from '../fill.ts';

const DAY = 24 * 3_600_000;
/** Nothing may fall due while the window is measured. */
const FIRST_PENDING = 3 * 3_600_000;
const PER_INSERT = 1_000;
const WORDS =
  'porcelaine atelier vendredi ouvert café lumière cream morning harbour spring collection nouvelle boutique market'.split(
    ' ',
  );

/** A text of its own length, the same for the same number. */
function textOf(number: number): string {
  const words = Array.from(
    { length: 8 + ((number * 7) % 30) },
    (_, place) => WORDS[(number * 31 + place * 17) % WORDS.length],
  );
  return `${words.join(' ')} — no ${number} #lyon`;
}

/**
 * A data folder of 1,000 accounts of 100 brands and `posts` posts: three in five published over the last 200 days, the rest scheduled over
 * the coming 60, some held, missed, failed or canceled. Nothing falls due for three hours.
 */
export async function fillDesk(dataDir: string, posts: number): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const path = join(dataDir, DATABASE_FILE);
  const storage = await openOrThrow(path);
  const accounts = await makeDesk(storage);
  const now = Date.now();
  const isPast = (number: number) => number % 5 < 3;
  for (let from = 0; from < posts; from += PER_INSERT) {
    const some = Array.from({ length: Math.min(PER_INSERT, posts - from) }, (_, index): NewPost => {
      const number = from + index;
      const text = textOf(number);
      const spread = (number * 7_919_017) % (isPast(number) ? 200 * DAY : 60 * DAY);
      const publishAt = isPast(number) ? now - DAY / 24 - spread : now + FIRST_PENDING + spread;
      return {
        accountId: accounts[(number * 13) % accounts.length] as number,
        content: { parts: [text], link: '', media: [] },
        label: number % 10 === 0 ? 'spring' : '',
        publishAt,
        localTime: new Date(publishAt).toISOString().slice(0, 16),
        timeZone: 'Europe/Paris',
        contentHash: createHash('sha256').update(text).digest('hex'),
        importKey: null,
      };
    });
    await storage.posts.add(some, now);
  }
  await storage.close();
  await settle(path, now);
}

/** What lies in the past was published, but for some; of what is to come some is held or was canceled. */
async function settle(path: string, now: number): Promise<void> {
  const db = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened = new sqlite3.Database(path, (error) => (error ? reject(error) : resolve(opened)));
  });
  const run = (sql: string) =>
    new Promise<void>((resolve, reject) => db.exec(sql, (error) => (error ? reject(error) : resolve())));
  try {
    await run(`BEGIN IMMEDIATE;
      UPDATE post SET state = 'missed' WHERE publish_at < ${now} AND id % 400 = 8;
      UPDATE post SET state = 'publishing', attempts = 1, key = 'bench' || id WHERE publish_at < ${now} AND state = 'scheduled';
      UPDATE post SET changed_at = publish_at, refs = '[{"id":"' || id || '","url":"https://example.org/' || id || '"}]',
          state = CASE WHEN id % 400 = 7 THEN 'failed' WHEN id % 1000 = 9 THEN 'unconfirmed' ELSE 'published' END
        WHERE state = 'publishing';
      UPDATE post SET state = CASE WHEN id % 50 = 3 THEN 'held' ELSE 'canceled' END
        WHERE publish_at > ${now} AND id % 50 IN (3, 4);
      COMMIT;`);
  } finally {
    await new Promise<void>((resolve) => db.close(() => resolve()));
  }
}
