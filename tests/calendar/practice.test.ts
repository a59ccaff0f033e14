import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadPractice } from '../../src-main/calendar/practice.ts';
import { practice } from '../../src-main/connectors/practice/index.ts';
import { checkContent } from '../../src-main/connectors/shared/check-content.ts';
import { openStorage } from '../../src-main/storage/open-storage.ts';
import { tempDir } from '../support/temp-dir.ts';
import { allPosts, NOW } from './desk-fixture.ts';

async function load(now = NOW, seed = 1) {
  const dir = tempDir();
  const opened = await openStorage({ path: join(dir, 'q.db'), now: () => now });
  if (!opened.ok) throw new Error(opened.error.message);
  onTestFinished(() => opened.value.close());
  const mediaDir = join(dir, 'media');
  const result = await loadPractice({ storage: opened.value, mediaDir, now, seed });
  return { storage: opened.value, mediaDir, result, posts: await allPosts(opened.value), now };
}

describe('practice data', () => {
  test('are six brands in two markets, forty accounts and six hundred posts', async () => {
    const { storage, result } = await load();
    expect(result).toEqual({ ok: true, value: { brands: 6, accounts: 40, posts: 600 } });
    const brands = await storage.brands.list();
    expect(new Set(brands.map(({ market, timeZone }) => `${market} ${timeZone}`))).toEqual(
      new Set(['France Europe/Paris', 'United Kingdom Europe/London']),
    );
    const accounts = await storage.accounts.list();
    expect(accounts).toHaveLength(40);
    expect(new Set(accounts.map((account) => account.network))).toEqual(new Set(['practice']));
  });

  test.each([
    NOW,
    NOW + 12_345,
    NOW + 59_999,
    Date.parse('2027-03-27T23:10:31Z'),
    Date.parse('2027-10-30T19:55Z'),
  ])('begin a minute from now, go on every minute and end within thirty days (%d)', async (now) => {
    const { posts } = await load(now);
    const ahead = posts.map((post) => post.publishAt - now);
    expect(ahead[0]).toBeGreaterThanOrEqual(60_000);
    expect(ahead[0]).toBeLessThanOrEqual(120_000);
    expect(ahead.slice(1, 20).map((ms, n) => ms - (ahead[n] ?? 0))).toEqual(Array(19).fill(60_000));
    expect(Math.max(...ahead)).toBeLessThan(30.5 * 86_400_000);
    expect(Math.max(...ahead)).toBeGreaterThan(28 * 86_400_000);
  });

  test('fit the practice network, and no account says the same thing twice', async () => {
    const { posts } = await load();
    for (const { content } of posts) {
      expect(checkContent(content, practice.limits).filter((problem) => problem.level === 'error')).toEqual(
        [],
      );
    }
    const said = posts.map((post) => `${post.accountId} ${post.content.parts.join()}`);
    expect(new Set(said).size).toBe(said.length);
  });

  test('have threads, links, labels and pictures with and without a description', async () => {
    const { posts, mediaDir } = await load();
    const some = (holds: (post: (typeof posts)[number]) => boolean) => posts.filter(holds).length;
    expect(some(({ content }) => content.parts.length > 1)).toBeGreaterThan(20);
    expect(some(({ content }) => content.link !== '')).toBeGreaterThan(100);
    expect(some(({ label }) => label !== '')).toBeGreaterThan(100);
    expect(some(({ content }) => content.media.some((one) => one.altText !== ''))).toBeGreaterThan(40);
    expect(some(({ content }) => content.media.some((one) => one.altText === ''))).toBeGreaterThan(5);
    const files = readdirSync(mediaDir);
    expect(files).toHaveLength(12);
    for (const { content } of posts) for (const one of content.media) expect(files).toContain(one.sha256);
  });

  test('have pictures that are whole PNG files', async () => {
    const { mediaDir } = await load();
    const png = readFileSync(join(mediaDir, readdirSync(mediaDir)[0] ?? ''));
    const at = png.indexOf('IDAT');
    const pixels = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
    expect(pixels).toHaveLength(270 * (1 + 480 * 3));
    expect(png.subarray(-8).toString('hex')).toBe('49454e44ae426082');
  });

  test('are the same for the same moment and seed, and others for another seed', async () => {
    const texts = (loaded: Awaited<ReturnType<typeof load>>) =>
      loaded.posts.map(({ content, publishAt, label }) => [content, publishAt, label]);
    const first = texts(await load());
    expect(texts(await load())).toEqual(first);
    expect(texts(await load(NOW, 2))).not.toEqual(first);
  });

  test('are refused where there is a brand already', async () => {
    const { storage, mediaDir } = await load();
    expect(await loadPractice({ storage, mediaDir, now: NOW })).toMatchObject({
      ok: false,
      error: { code: 'not-empty' },
    });
    expect(await allPosts(storage)).toHaveLength(600);
  });
});
