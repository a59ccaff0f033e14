import { expect, test } from 'vitest';
import { localTimeOf } from '../../src-main/calendar/local-time.ts';
import { requests } from '../../src-preload/contract.ts';
import { openDeskRig } from './desk-rig.ts';

const ZONE = 'Europe/Paris';

async function openScene() {
  const rig = await openDeskRig();
  const brandId = await rig.addBrand('Maison Lune');
  const accounts: number[] = [];
  for (const name of ['lune', 'soleil', 'terre'])
    accounts.push(await rig.addAccount(brandId, 'practice', name, {}));
  const [lune = 0, soleil = 0, terre = 0] = accounts;
  const publishAt = Math.ceil(Date.now() / 60_000) * 60_000 + 86_400_000;
  const written = {
    parts: ['What all say.'],
    link: 'https://all.example',
    media: [],
    label: 'spring',
    variants: [
      { accountIds: [soleil], parts: ['In my own words,', 'in two parts.'], link: '' },
      { accountIds: [terre, 4_711], parts: ['Earth says'], link: 'https://terre.example' },
    ],
  };
  const when = { localTime: localTimeOf(publishAt, ZONE), timeZone: ZONE };
  return { ...rig, accounts, lune, soleil, terre, written, when };
}

test('each post says what its account says, and a post that becomes a draft again keeps its own words', async () => {
  const { handlers, storage, accounts, soleil, terre, lune, written, when } = await openScene();
  const made = await handlers['post.schedule']({ accountIds: accounts, ...written, ...when });
  if (!made.ok) throw new Error(made.error.message);
  const posts = await storage.posts.readMany(made.value.postIds);
  const said = new Map(posts.map((post) => [post.accountId, post.content]));
  expect(said.get(lune)).toEqual({ parts: ['What all say.'], link: 'https://all.example', media: [] });
  expect(said.get(soleil)).toEqual({ parts: ['In my own words,', 'in two parts.'], link: '', media: [] });
  expect(said.get(terre)).toEqual({ parts: ['Earth says'], link: 'https://terre.example', media: [] });
  const mine = posts.find(({ accountId }) => accountId === soleil);
  const target = { postIds: [mine?.id ?? 0] };
  const seen = await handlers['bulk.preview']({ target, change: { kind: 'draft' } });
  if (!seen.ok) throw new Error(seen.error.message);
  expect(await handlers['bulk.apply']({ previewId: seen.value.previewId })).toMatchObject({
    value: { changed: 1 },
  });
  expect(await storage.drafts.list()).toMatchObject([
    { accountIds: [soleil], variants: [], content: { parts: ['In my own words,', 'in two parts.'] } },
  ]);
});

test('one text that does not fit keeps all of them from being scheduled, and names its account', async () => {
  const { handlers, storage, accounts, written, when, terre } = await openScene();
  const variants = [{ accountIds: [terre], parts: [' '], link: '' }];
  expect(
    await handlers['post.schedule']({ accountIds: accounts, ...written, variants, ...when }),
  ).toMatchObject({
    ok: false,
    error: { code: 'does-not-fit', message: expect.stringMatching(/^terre: /u) },
  });
  expect((await storage.posts.page({}, 'soonest', 0, 10)).total).toBe(0);
});

test('every account is counted for with what it says, the link where it stands in the text', async () => {
  const { handlers, accounts, written, lune, soleil, terre } = await openScene();
  const checked = await handlers['text.check']({ accountIds: accounts, ...written });
  if (!checked.ok) throw new Error(checked.error.message);
  const counts = new Map(checked.value.map((fit) => [fit.accountId, fit.counts]));
  expect(counts.get(lune)).toEqual(['What all say.\n\nhttps://all.example'.length]);
  expect(counts.get(soleil)).toEqual(['In my own words,'.length, 'in two parts.'.length]);
  expect(counts.get(terre)).toEqual(['Earth says\n\nhttps://terre.example'.length]);
  expect(checked.value.map(({ link, threads }) => [link, threads])).toEqual([
    ['text', true],
    ['none', true],
    ['text', true],
  ]);
});

test('a draft keeps the own texts, also of accounts that are not chosen', async () => {
  const { handlers, accounts, written } = await openScene();
  const asked = { accountIds: accounts.slice(0, 1), ...written, localTime: '', timeZone: '' };
  expect(requests['draft.save'].safeParse(asked).success).toBe(true);
  await handlers['draft.save'](asked);
  const list = await handlers['draft.list']({});
  expect(list).toMatchObject({ ok: true, value: [{ variants: written.variants }] });
});

test('what a draft held before can be read, and put back as what it is now', async () => {
  const { handlers, accounts, written } = await openScene();
  const asked = { accountIds: accounts, ...written, localTime: '', timeZone: '' };
  const first = await handlers['draft.save'](asked);
  if (!first.ok) throw new Error(first.error.message);
  const draftId = first.value.id;
  await handlers['draft.save']({ ...asked, draftId, parts: ['Gone wrong'], variants: [] });
  const read = await handlers['draft.versions']({ draftId });
  if (!read.ok) throw new Error(read.error.message);
  expect(read.value.map(({ draft }) => draft.parts)).toEqual([['Gone wrong'], ['What all say.']]);
  const { id: _, changedAt: __, ...before } = read.value[1]?.draft ?? first.value;
  await handlers['draft.save']({ ...before, media: [], draftId });
  const now = await handlers['draft.versions']({ draftId });
  expect(now.ok && now.value.map(({ draft }) => draft.variants.length)).toEqual([2, 0, 2]);
});

test('an account in two of the texts is refused before anything is done', async () => {
  const { accounts, written, when, soleil } = await openScene();
  const variants = [...written.variants, { accountIds: [soleil], parts: ['Again'], link: '' }];
  for (const channel of ['post.schedule', 'text.check', 'draft.save'] as const)
    expect(
      requests[channel].safeParse({
        accountIds: accounts,
        ...written,
        ...(channel === 'text.check' ? {} : when),
        variants,
      }).success,
    ).toBe(false);
});
