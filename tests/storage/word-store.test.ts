import { expect, test } from 'vitest';
import { freshStorage } from './fresh-storage.ts';
import { makeBrand } from './sample-posts.ts';

test('words and handles are kept once for each brand, are there after opening again, and go one by one', async () => {
  const { storage, reopen } = await freshStorage();
  const brandId = await makeBrand(storage);
  const word = await storage.words.keep({ brandId, word: 'Verrier' });
  expect(await storage.words.keep({ brandId, word: 'Verrier' })).toEqual(word);
  await storage.words.keep({ brandId: null, word: 'Verrier' });
  await storage.words.keep({ brandId: null, word: 'Atelier' });
  const handle = { brandId, network: 'mastodon', handle: '@a@b.example' };
  expect(await storage.handles.keep(handle)).toEqual(await storage.handles.keep(handle));
  for (const refused of [
    await storage.words.keep({ brandId: 99, word: 'a' }),
    await storage.handles.keep({ ...handle, brandId: 99 }),
  ])
    expect(refused).toMatchObject({ error: { code: 'no-such-brand' } });
  const again = await reopen();
  expect((await again.words.list()).map((one) => [one.word, one.brandId])).toEqual([
    ['Atelier', null],
    ['Verrier', brandId],
    ['Verrier', null],
  ]);
  expect(await again.handles.list()).toMatchObject([handle]);
  const id = word.ok ? word.value.id : 0;
  expect(await again.words.remove(id)).toBe(true);
  expect(await again.words.remove(id)).toBe(false);
  expect(await again.words.list()).toHaveLength(2);
});
