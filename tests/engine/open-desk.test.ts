import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { PostId } from '../../src-main/core/post.ts';
import { EVERYTHING } from '../../src-main/core/scope.ts';
import { makeBrand, makePost } from '../storage/sample-posts.ts';
import { startOpenApp } from '../support/app-here.ts';
import { until } from '../support/engine-rig.ts';
import { tempDir } from '../support/temp-dir.ts';

vi.setConfig({ testTimeout: 90_000 });

/** Engine, keys and database of one data folder, put together as the app does. */
async function openDesk() {
  const dataDir = tempDir();
  const { engine, storage, directory, lookUpPosts } = await startOpenApp(dataDir);

  /** A practice account that loses every answer, with a post due now, whose answer is lost, and one a moment later. */
  async function loseAnAnswer(): Promise<readonly [PostId, PostId]> {
    const made = await storage.accounts.create({
      brandId: await makeBrand(storage),
      network: 'practice',
      name: 'maison',
      settings: { behaviour: 'lose-answer' },
      sealed: null,
    });
    if (!made.ok) throw new Error(made.error.message);
    directory.forget();
    engine.stop.start('Zoé Martin');
    const now = Date.now();
    const { ids } = await storage.posts.add(
      [0, 200].map((inMs) => makePost(made.value.id, { text: `in ${inMs} ms`, publishAt: now + inMs })),
      now,
    );
    engine.wake();
    const [first = 0, second = 0] = ids;
    await until('its answer is lost', 20_000, async () => (await stateOf(first)) === 'unconfirmed');
    expect(await stateOf(second)).toBe('scheduled');
    return [first, second];
  }

  const stateOf = async (id: PostId) => (await storage.posts.read(id))?.state;
  return { dataDir, engine, lookUpPosts, loseAnAnswer, stateOf };
}

test('while stopped what may be out is looked up and settled, and nothing goes out', async () => {
  const { dataDir, engine, lookUpPosts, loseAnAnswer, stateOf } = await openDesk();
  const [first, second] = await loseAnAnswer();
  const { id } = engine.stop.engage({
    scope: EVERYTHING,
    control: 'button',
    by: '',
    reason: '',
    widenedFrom: '',
  });
  expect(await engine.stop.settled(id)).toMatchObject({ isDurable: true, isSilent: true });
  const out = () => readdirSync(join(dataDir, 'outbox'), { recursive: true });
  const before = out();
  expect(await lookUpPosts.lookUp(first)).toEqual({ ok: true, value: 'published' });
  await until('the next is missed', 20_000, async () => (await stateOf(second)) === 'missed');
  expect(out()).toEqual(before);
});

test('once a look-up has settled a post, what it held back of its account goes on at once', async () => {
  const { loseAnAnswer, stateOf } = await openDesk();
  const [first, second] = await loseAnAnswer();
  await until('the look-up finds it', 20_000, async () => (await stateOf(first)) === 'published');
  // By itself the scheduler would look again after a minute.
  await until('the next goes', 20_000, async () => (await stateOf(second)) !== 'scheduled');
});
