import { expect, test } from 'vitest';
import { MIGRATIONS } from '../../src-main/storage/migrations/index.ts';
import { openSqlite } from '../../src-main/storage/sqlite-driver.ts';
import { freshPath, freshStorage } from './fresh-storage.ts';
import { makeAccount, makeBrand, NOW, openOrThrow } from './sample-posts.ts';

const PLAN = {
  language: 'fr',
  decisionMakers: [
    { name: 'Inès', role: 'Directrice', phone: '+33 1', email: 'ines@verrier.example' },
    { name: 'Hugo', role: '', phone: '', email: '' },
  ],
  toneRules: ['Pas d’humour.', ''],
  holdingMessage: 'Nous suspendons nos publications.\n🕯️',
  steps: [{ key: 'call', text: 'Appeler', who: 'Camille' }],
} as const;
const TOOL = { kind: 'scheduler', name: 'Buffer', link: 'https://buffer.example', note: 'Camille' } as const;

test('a plan is kept in its order, replaced as a whole, and there after opening again', async () => {
  const { storage, reopen } = await freshStorage();
  const brandId = await makeBrand(storage);
  expect(await storage.plans.read(brandId)).toBeNull();
  const saved = { ok: true, value: { brandId, ...PLAN, changedAt: NOW } };
  expect(await storage.plans.save({ brandId, ...PLAN }, NOW)).toEqual(saved);
  const again = await reopen();
  expect(await again.plans.read(brandId)).toEqual(saved.value);
  const shorter = { brandId, ...PLAN, decisionMakers: [PLAN.decisionMakers[1]], steps: [] };
  await again.plans.save(shorter, NOW + 1);
  expect(await again.plans.list()).toEqual([{ ...shorter, changedAt: NOW + 1 }]);
  expect(await again.plans.save({ brandId: 99, ...PLAN }, NOW)).toMatchObject({
    ok: false,
    error: { code: 'no-such-brand' },
  });
});

test('tools are replaced for one account only, keep their order, and go with it', async () => {
  const { storage, reopen } = await freshStorage();
  const brandId = await makeBrand(storage);
  const [one, two] = [await makeAccount(storage, brandId, 'one'), await makeAccount(storage, brandId, 'two')];
  await storage.otherTools.replace(one, [
    { key: 'b', ...TOOL },
    { key: 'a', ...TOOL, name: 'Feed', kind: 'feed', link: '' },
  ]);
  await storage.otherTools.replace(two, [{ key: 'a', ...TOOL }]);
  const again = await reopen();
  expect((await again.otherTools.list()).map(({ accountId, key }) => [accountId, key])).toEqual([
    [one, 'b'],
    [one, 'a'],
    [two, 'a'],
  ]);
  await again.otherTools.replace(one, []);
  expect(await again.otherTools.list()).toEqual([{ accountId: two, key: 'a', ...TOOL }]);
  expect((await again.accounts.remove(two)).ok).toBe(true);
  expect(await again.otherTools.list()).toEqual([]);
  expect(await again.otherTools.replace(two, [])).toMatchObject({ error: { code: 'no-such-account' } });
});

test('the tables themselves refuse what is no plan and no link', async () => {
  const { storage, lookInto } = await freshStorage();
  const account = await makeAccount(storage, await makeBrand(storage), 'one');
  await lookInto(async (sqlite) => {
    const tool = (kind: string, link: string) =>
      sqlite.run(
        'INSERT INTO other_tool (account_id, key, place, kind, name, link, note) VALUES (?, ?, 0, ?, ?, ?, ?)',
        [account, `${kind}${link}`, kind, 'x', link, ''],
      );
    await tool('feed', '');
    await expect(tool('feed', 'javascript:alert(1)')).rejects.toThrow(/CHECK/u);
    await expect(tool('feed', 'https://')).rejects.toThrow(/CHECK/u);
    await expect(tool('toaster', '')).rejects.toThrow(/CHECK/u);
    const plan = (language: string, steps: string) =>
      sqlite.run(
        `INSERT INTO plan (brand_id, language, decision_makers, tone_rules, holding_message, steps, changed_at)
          VALUES (1, ?, '[]', '[]', '', ?, 0)`,
        [language, steps],
      );
    await expect(plan('xx', '[]')).rejects.toThrow(/CHECK/u);
    await expect(plan('en', '{}')).rejects.toThrow(/CHECK/u);
  });
});

test('a database of the first version gets the tables, keeps what it holds, and a sound copy of it lies beside', async () => {
  const path = await freshPath();
  const sqlite = await openSqlite(path, 'create');
  await sqlite.close();
  const first = await openOrThrow(path, { migrations: MIGRATIONS.slice(0, 1) });
  await first.facts.write('kept', 'yes');
  await first.close();
  const storage = await openOrThrow(path);
  const brandId = await makeBrand(storage);
  expect((await storage.plans.save({ brandId, ...PLAN }, NOW)).ok).toBe(true);
  expect(await storage.facts.read('kept')).toBe('yes');
  await storage.close();
  const copy = await openOrThrow(`${path}.before-${MIGRATIONS.length}`, { migrations: MIGRATIONS });
  expect(await copy.facts.read('kept')).toBe('yes');
  expect(await copy.plans.list()).toEqual([]);
  await copy.close();
});
