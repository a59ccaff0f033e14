import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { contentHashOf } from '../../src-main/calendar/import-key.ts';
import { createSystemClock } from '../../src-main/desktop/system-clock.ts';
import type { JournalEvent } from '../../src-main/stop/journal.ts';
import { createStopInventory, type InventoryStorage } from '../../src-main/stop-inventory.ts';
import { makeAccount, makeBrand, makePost, openOrThrow } from '../storage/sample-posts.ts';
import { until } from '../support/engine-rig.ts';
import { makeStop } from '../support/sample-stop.ts';
import { tempDir } from '../support/temp-dir.ts';

vi.setConfig({ testTimeout: 120_000 });

/** A real database with so many posts that a stop kept back all at once, and what a journal is given of them. */
async function missed(
  count: number,
  change: (storage: InventoryStorage) => InventoryStorage = (same) => same,
) {
  const storage = await openOrThrow(join(tempDir(), 'queue.sqlite'), { now: Date.now });
  onTestFinished(() => storage.close());
  const accountId = await makeAccount(storage, await makeBrand(storage), '@lune');
  const content = { parts: ['soon'], link: '', media: [] };
  const contentHash = contentHashOf(content);
  const now = Date.now();
  const ids: number[] = [];
  for (let from = 0; from < count; from += 500) {
    const posts = Array.from({ length: Math.min(500, count - from) }, (_, n) =>
      makePost(accountId, { content, contentHash, publishAt: now + from + n }),
    );
    const added = (await storage.posts.add(posts, now)).ids;
    ids.push(...added);
    await storage.posts.move(added, 'missed', 'stopped', '', now + 1 + from);
  }
  const written: JournalEvent[] = [];
  const stop = makeStop({ engagedAt: now });
  const inventory = createStopInventory({
    journal: {
      appendSoon: (events) => {
        written.push(...events);
        return true;
      },
      back: function* () {},
    },
    clock: createSystemClock(),
    stops: () => [stop],
    onWritten: () => {},
  });
  onTestFinished(() => inventory.close());
  inventory.open(change(storage));
  const named = () =>
    written
      .filter(({ event }) => event === 'posts.kept-back')
      .flatMap(({ details }) => details?.posts as readonly number[]);
  return { storage, ids, named, inventory };
}
const sorted = (ids: readonly number[]) => [...ids].sort((one, other) => one - other);

test('more than twenty thousand posts kept back at once are all named, each once', async () => {
  const { ids, named } = await missed(20_600);
  await until('all are named', 60_000, () => named().length >= ids.length);
  expect(sorted(named())).toEqual(ids);
});

test('what others slipped past while they left the list is named with the next look', async () => {
  let pages = 0;
  let hasMoved = false;
  const { ids, named, inventory } = await missed(1_300, (storage) => ({
    ...storage,
    posts: {
      ...storage.posts,
      async page(...asked: Parameters<InventoryStorage['posts']['page']>) {
        if (asked[0].states?.[0] === 'missed') pages += 1;
        // A person cancels what was named first, before a later page is read.
        if (asked[2] >= 400 && !hasMoved) {
          hasMoved = true;
          await storage.posts.move(named().slice(0, 120), 'canceled', 'by-person', '', Date.now());
        }
        return storage.posts.page(...asked);
      },
    } as InventoryStorage['posts'],
  }));
  await until('the first look is over', 60_000, () => pages >= 3);
  inventory.missed();
  await until('all are named', 60_000, () => new Set(named()).size === ids.length);
  expect(sorted(named())).toEqual(ids);
});
