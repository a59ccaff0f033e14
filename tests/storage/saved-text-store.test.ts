import { expect, test } from 'vitest';
import { MOST_SAVED_TEXTS } from '../../src-main/core/saved-text.ts';
import { freshStorage } from './fresh-storage.ts';
import { makeBrand, NOW } from './sample-posts.ts';

const SUMMER = { kind: 'hashtags', name: 'Été', brandId: null, text: '#été' } as const;

test('saved texts are there after opening again, hashtags first, each kind by name', async () => {
  const { storage, reopen } = await freshStorage();
  const brandId = await makeBrand(storage);
  await storage.savedTexts.save({ kind: 'template', name: 'Hours', brandId, text: '{brand}' }, null, NOW);
  await storage.savedTexts.save({ ...SUMMER, name: 'Zoo' }, null, NOW);
  const first = await storage.savedTexts.save(SUMMER, null, NOW + 1);
  expect(first).toMatchObject({ ok: true, value: { ...SUMMER, changedAt: NOW + 1 } });
  const again = await reopen();
  expect((await again.savedTexts.list()).map(({ name }) => name)).toEqual(['Zoo', 'Été', 'Hours']);
});

test('a name is taken once for each kind and brand, without regard to case, and one may keep its own', async () => {
  const { storage } = await freshStorage();
  const brandId = await makeBrand(storage);
  const made = await storage.savedTexts.save(SUMMER, null, NOW);
  if (!made.ok) throw new Error(made.error.message);
  const taken = { ok: false, error: { code: 'saved-name-taken' } };
  expect(await storage.savedTexts.save({ ...SUMMER, name: 'ÉTÉ' }, null, NOW)).toMatchObject(taken);
  expect(await storage.savedTexts.save({ ...SUMMER, brandId }, null, NOW)).toMatchObject({ ok: true });
  expect(await storage.savedTexts.save({ ...SUMMER, brandId }, null, NOW)).toMatchObject(taken);
  expect(await storage.savedTexts.save({ ...SUMMER, kind: 'template' }, null, NOW)).toMatchObject({
    ok: true,
  });
  const changed = await storage.savedTexts.save(
    { ...SUMMER, name: 'été', text: '#plage' },
    made.value.id,
    NOW + 2,
  );
  expect(changed).toEqual({
    ok: true,
    value: { ...SUMMER, id: made.value.id, name: 'été', text: '#plage', changedAt: NOW + 2 },
  });
});

test('what is gone, a brand that is not there and one too many are refused', async () => {
  const { storage, lookInto, reopen } = await freshStorage();
  const made = await storage.savedTexts.save(SUMMER, null, NOW);
  if (!made.ok) throw new Error(made.error.message);
  expect(await storage.savedTexts.remove(made.value.id)).toBe(true);
  expect(await storage.savedTexts.remove(made.value.id)).toBe(false);
  expect(await storage.savedTexts.save(SUMMER, made.value.id, NOW)).toMatchObject({
    error: { code: 'no-such-saved-text' },
  });
  expect(await storage.savedTexts.save({ ...SUMMER, brandId: 99 }, null, NOW)).toMatchObject({
    error: { code: 'no-such-brand' },
  });
  await lookInto((sqlite) =>
    sqlite.run(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
      INSERT INTO saved_text (kind, name, name_key, text, changed_at) SELECT 'hashtags', i, i, '#a', 0 FROM n`,
      [MOST_SAVED_TEXTS],
    ),
  );
  const full = await reopen();
  expect(await full.savedTexts.save(SUMMER, null, NOW)).toMatchObject({ error: { code: 'saved-too-many' } });
  const [one] = await full.savedTexts.list();
  expect(await full.savedTexts.save(SUMMER, one?.id ?? 0, NOW)).toMatchObject({ ok: true });
});
