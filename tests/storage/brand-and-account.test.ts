import { expect, test } from 'vitest';
import { MOST_VERSIONS } from '../../src-main/core/draft-version.ts';
import { freshStorage } from './fresh-storage.ts';
import { makeAccount, makeBrand, makePost, NOW } from './sample-posts.ts';

test('a brand is kept as it was given, and changed', async () => {
  const { storage, reopen } = await freshStorage();
  const wanted = {
    name: 'Élan',
    market: 'Suisse romande',
    timeZone: 'Europe/Zurich',
    graceMs: 0,
    colour: '#00ff99',
  };
  const made = await storage.brands.create(wanted);
  if (!made.ok) throw new Error(made.error.message);
  expect(made.value).toEqual({ id: made.value.id, ...wanted });
  const changed = { ...made.value, name: 'élan', graceMs: 3_600_000, market: '' };
  expect(await storage.brands.change(changed)).toEqual({ ok: true, value: changed });
  expect(await (await reopen()).brands.list()).toEqual([changed]);
});

test('a brand name is taken without regard to case, accents included', async () => {
  const { storage } = await freshStorage();
  await makeBrand(storage, { name: 'ÉLAN' });
  const other = await makeBrand(storage, { name: 'Other' });
  const again = await storage.brands.create({
    name: 'élan',
    market: '',
    timeZone: 'UTC',
    graceMs: 0,
    colour: '#000000',
  });
  expect(again).toMatchObject({ ok: false, error: { code: 'brand-exists' } });
  const [, second] = await storage.brands.list();
  const brand = (await storage.brands.list()).find(({ id }) => id === other);
  if (brand === undefined) throw new Error('gone');
  expect(await storage.brands.change({ ...brand, name: 'éLAN' })).toMatchObject({
    ok: false,
    error: { code: 'brand-exists' },
  });
  expect(second).toBeDefined();
  expect(await storage.brands.change({ ...brand, id: 999, name: 'New' })).toMatchObject({
    ok: false,
    error: { code: 'brand-unknown' },
  });
});

test('an account is kept as it was given, and changed', async () => {
  const { storage, reopen } = await freshStorage();
  const brandId = await makeBrand(storage);
  const made = await storage.accounts.create({
    brandId,
    network: 'mastodon',
    name: '@élan@example.org',
    settings: { server: 'https://example.org' },
    sealed: 'sealed-1',
  });
  if (!made.ok) throw new Error(made.error.message);
  expect(made.value).toEqual({
    id: made.value.id,
    brandId,
    network: 'mastodon',
    name: '@élan@example.org',
    settings: { server: 'https://example.org' },
    state: 'ready',
    problem: '',
    heldAt: null,
    heldReason: '',
  });
  const { accounts } = storage;
  const { id } = made.value;
  const signIn = {
    settings: { server: 'https://example.net' },
    sealed: 'sealed-2',
    state: 'signed-out' as const,
    problem: 'the token was revoked',
  };
  expect(await accounts.setSignIn(id, signIn, null)).toBe(true);
  await accounts.setHeld(id, NOW);
  const again = await reopen();
  const { sealed, ...shown } = signIn;
  expect(await again.accounts.read(id)).toEqual({ ...made.value, ...shown, heldAt: NOW });
  expect(await again.accounts.list()).toEqual([{ ...made.value, ...shown, heldAt: NOW }]);
  expect(await again.accounts.readSignIn(id)).toEqual(signIn);
  expect(await again.accounts.sealedOf(id)).toBe(sealed);
  expect(await again.accounts.read(99)).toBeNull();
  expect(await again.accounts.readSignIn(99)).toBeNull();
  expect(await again.accounts.setSignIn(99, signIn, null)).toBe(false);
});

test('every write of an account leaves what others write alone', async () => {
  const { storage } = await freshStorage();
  const { accounts } = storage;
  const id = await makeAccount(storage, await makeBrand(storage), 'one');
  const before = await accounts.read(id);
  await accounts.setHeld(id, NOW);
  expect(await accounts.read(id)).toEqual({ ...before, heldAt: NOW });
  await accounts.setHeld(id, NOW + 5);
  expect((await accounts.read(id))?.heldAt).toBe(NOW);
  await accounts.setSealed(id, 'sealed');
  expect(await accounts.signOut(id, 'revoked')).toBe(true);
  expect(await accounts.signOut(id, 'again')).toBe(false);
  expect(await accounts.read(id)).toEqual({
    ...before,
    heldAt: NOW,
    state: 'signed-out',
    problem: 'revoked',
  });
  expect(await accounts.sealedOf(id)).toBe('sealed');
  await accounts.setHeld(id, null);
  expect(await accounts.readSignIn(id)).toMatchObject({ sealed: 'sealed', state: 'signed-out' });
});

test('what was found out about a sign-in is written only while it is that one', async () => {
  const { storage } = await freshStorage();
  const { accounts } = storage;
  const id = await makeAccount(storage, await makeBrand(storage), 'one');
  const seen = await accounts.readSignIn(id);
  if (!seen) throw new Error('gone');
  const ready = { settings: { a: '1' }, sealed: null, state: 'ready', problem: '' } as const;
  for (const change of [
    { settings: { b: '2' } },
    { sealed: 'other' },
    { state: 'signed-out' as const },
    { problem: 'why' },
  ]) {
    const other = { ...seen, ...change };
    expect(await accounts.setSignIn(id, other, null)).toBe(true);
    expect(await accounts.setSignIn(id, ready, seen)).toBe(false);
    expect(await accounts.readSignIn(id)).toEqual(other);
    expect(await accounts.setSignIn(id, seen, other)).toBe(true);
  }
  expect(await accounts.setSignIn(id, ready, seen)).toBe(true);
  expect(await accounts.readSignIn(id)).toEqual(ready);
});

test('secrets are kept apart and can be replaced or taken away', async () => {
  const { storage } = await freshStorage();
  const account = await makeAccount(storage, await makeBrand(storage), 'one');
  expect(await storage.accounts.sealedOf(account)).toBeNull();
  await storage.accounts.setSealed(account, 'sealed-2');
  expect(await storage.accounts.sealedOf(account)).toBe('sealed-2');
  expect(JSON.stringify(await storage.accounts.list())).not.toContain('sealed-2');
  expect(await storage.accounts.replaceSealed(account, 'sealed-3', 'sealed-1')).toBe(false);
  expect(await storage.accounts.sealedOf(account)).toBe('sealed-2');
  expect(await storage.accounts.replaceSealed(account, 'sealed-3', 'sealed-2')).toBe(true);
  expect(await storage.accounts.sealedOf(account)).toBe('sealed-3');
  await storage.accounts.setSealed(account, null);
  expect(await storage.accounts.sealedOf(account)).toBeNull();
});

test('an account exists once for a brand and network, but may for another brand or network', async () => {
  const { storage } = await freshStorage();
  const [first, second] = [await makeBrand(storage), await makeBrand(storage)];
  await makeAccount(storage, first, 'one');
  await makeAccount(storage, second, 'one');
  await makeAccount(storage, first, 'one', 'webhook');
  expect(
    await storage.accounts.create({
      brandId: first,
      network: 'practice',
      name: 'one',
      settings: {},
      sealed: null,
    }),
  ).toMatchObject({ ok: false, error: { code: 'account-exists' } });
  expect(await storage.accounts.list()).toHaveLength(3);
});

test('an account with posts that are not canceled stays; one whose posts are all canceled goes, the posts stay', async () => {
  const { storage } = await freshStorage();
  const brandId = await makeBrand(storage);
  const account = await makeAccount(storage, brandId, 'one');
  await storage.accounts.setSealed(account, 'sealed');
  const { ids } = await storage.posts.add([makePost(account), makePost(account)], NOW);
  expect(await storage.accounts.remove(account)).toMatchObject({
    ok: false,
    error: { code: 'account-in-use' },
  });
  await storage.posts.move(ids.slice(0, 1), 'canceled', 'by-person', '', NOW);
  expect(await storage.accounts.remove(account)).toMatchObject({
    ok: false,
    error: { code: 'account-in-use' },
  });
  await storage.posts.move(ids, 'canceled', 'by-person', '', NOW);
  expect(await storage.accounts.remove(account)).toEqual({ ok: true, value: true });

  expect(await storage.accounts.list()).toEqual([]);
  expect(await storage.accounts.read(account)).toBeNull();
  expect(await storage.accounts.sealedOf(account)).toBeNull();
  expect((await storage.posts.readMany(ids)).map((post) => post.accountId)).toEqual([account, account]);
  expect((await storage.posts.counts()).canceled).toBe(2);
  await expect(storage.posts.add([makePost(account)], NOW)).rejects.toThrow('not there');
  expect(await storage.accounts.remove(account)).toMatchObject({
    ok: false,
    error: { code: 'account-unknown' },
  });
  expect(await makeAccount(storage, brandId, 'one')).not.toBe(account);
});

test('an account without posts leaves nothing but its id, which no other account gets', async () => {
  const { storage, lookInto } = await freshStorage();
  const [brandId, other] = [await makeBrand(storage), await makeBrand(storage)];
  const account = await makeAccount(storage, brandId, 'one');
  const { accounts } = storage;
  await accounts.setSealed(account, 'sealed');
  await accounts.setHeld(account, NOW, 'too many answers lost');
  const tool = { key: 'a', kind: 'scheduler', name: 'Buffer', link: '', note: '' } as const;
  await storage.otherTools.replace(account, [tool]);
  expect(await accounts.remove(account)).toEqual({ ok: true, value: true });
  expect(await accounts.remove(account)).toMatchObject({ ok: false, error: { code: 'account-unknown' } });
  const next = await makeAccount(storage, other, 'another client');
  expect(next).toBeGreaterThan(account);
  expect(await makeAccount(storage, brandId, 'one')).toBeGreaterThan(next);
  const left = await lookInto(async (sqlite) => [
    await sqlite.all('SELECT name, settings, problem, held_at, held_reason, sealed FROM account LIMIT 1'),
    await sqlite.all('SELECT * FROM other_tool'),
  ]);
  const nothing = { name: '', settings: '{}', problem: '', held_at: null, held_reason: '', sealed: null };
  expect(left).toEqual([[nothing], []]);
});

test('drafts are saved, changed, listed with the newest first and removed', async () => {
  const { storage, reopen } = await freshStorage();
  const draft = {
    content: { parts: ['One', 'two\n"three"'], link: 'https://example.org', media: [] },
    variants: [{ accountIds: [7, 9], parts: ['In our own words'], link: '' }],
    label: 'spring',
    accountIds: [4, 7],
    localTime: '',
    timeZone: '',
  };
  const first = await storage.drafts.save(draft, null, NOW);
  const second = await storage.drafts.save({ ...draft, label: 'summer' }, null, NOW + 1);
  expect(first).toEqual({ ...draft, id: first.id, changedAt: NOW });
  const changed = await storage.drafts.save({ ...draft, label: 'autumn' }, first.id, NOW + 2);
  expect(changed.id).toBe(first.id);
  const again = await reopen();
  expect(await again.drafts.list()).toEqual([changed, second]);
  expect(await again.drafts.remove(first.id)).toBe(true);
  expect(await again.drafts.remove(first.id)).toBe(false);
  expect(await again.drafts.list()).toEqual([second]);
});

test('a draft keeps what it held before, the newest first, and takes it with it when it goes', async () => {
  const { storage, reopen } = await freshStorage();
  const held = {
    content: { parts: ['One'], link: '', media: [] },
    variants: [],
    label: '',
    accountIds: [],
    localTime: '',
    timeZone: '',
  };
  const { id } = await storage.drafts.save(held, null, NOW);
  const next = { ...held, variants: [{ accountIds: [3], parts: ['Mine'], link: '' }] };
  await storage.drafts.save(next, id, NOW + 1_000);
  await storage.drafts.save(next, id, NOW + 2_000);
  const again = await reopen();
  expect(await again.drafts.versions(id)).toMatchObject([
    { draftId: id, savedAt: NOW + 1_000, ...next },
    { draftId: id, savedAt: NOW, ...held },
  ]);
  for (let n = 1; n <= 60; n += 1)
    await again.drafts.save(
      { ...held, content: { ...held.content, parts: [`One ${n}`] } },
      id,
      NOW + n * 3_600_000,
    );
  const versions = await again.drafts.versions(id);
  expect(versions).toHaveLength(MOST_VERSIONS);
  expect(versions[0]?.content.parts).toEqual(['One 60']);
  expect(versions.at(-1)).toMatchObject({ savedAt: NOW, ...held });
  await again.drafts.remove(id);
  expect(await again.drafts.versions(id)).toEqual([]);
});

test('saving a draft that was removed meanwhile keeps what was typed', async () => {
  const { storage } = await freshStorage();
  const draft = {
    content: { parts: ['typed'], link: '', media: [] },
    variants: [],
    label: '',
    accountIds: [],
    localTime: '',
    timeZone: '',
  };
  const { id } = await storage.drafts.save(draft, null, NOW);
  await storage.drafts.remove(id);
  const saved = await storage.drafts.save(draft, id, NOW);
  expect(await storage.drafts.list()).toEqual([saved]);
});

test('facts are written, overwritten and read', async () => {
  const { storage } = await freshStorage();
  expect(await storage.facts.read('last-start')).toBeNull();
  await storage.facts.write('last-start', 'a');
  await storage.facts.write('last-start', 'b');
  expect(await storage.facts.read('last-start')).toBe('b');
});
