import { expect, test } from 'vitest';
import { makePost } from '../storage/sample-posts.ts';
import { openDeskRig } from './desk-rig.ts';

async function openScene() {
  const rig = await openDeskRig();
  const brandId = await rig.addBrand('Maison Lune');
  const otherId = await rig.addBrand('Verrier');
  const server = { server: 'https://town.example' };
  const mastodon = await rig.addAccount(brandId, 'mastodon', '@lune@town.example', server);
  const bluesky = await rig.addAccount(brandId, 'bluesky', 'lune.bsky.social', {});
  const practice = await rig.addAccount(brandId, 'practice', 'essai', {});
  await rig.addAccount(otherId, 'mastodon', '@verrier@town.example', server);
  const list = async (accountIds: number[]) => {
    const read = await rig.handlers['mention.list']({ accountIds });
    return read.ok ? read.value.map(({ handle, from, brand }) => [handle, from, brand]) : read.error;
  };
  return { rig, brandId, otherId, mastodon, bluesky, practice, list };
}

test('offered are those kept, those of earlier posts, then accounts of the same network, each once', async () => {
  const { rig, brandId, otherId, mastodon, list } = await openScene();
  const at = Date.now() + 86_400_000;
  const texts = ['@b@x.example @verrier@town.example', '@verrier@town.example', '@kept@x.example'];
  await rig.storage.posts.add(
    texts.map((text, n) => makePost(mastodon, { text, publishAt: at + n * 60_000 })),
    Date.now(),
  );
  const keep = (handle: string, brand: number | null) =>
    rig.handlers['mention.keep']({ brandId: brand, network: 'mastodon', handle });
  expect(await keep('Kept@X.example', brandId)).toMatchObject({
    ok: true,
    value: { handle: '@kept@x.example' },
  });
  const other = await keep('elsewhere@x.example', otherId);
  expect(await keep('kept@x.example', brandId)).toMatchObject({ ok: true });
  const mine = [
    ['@kept@x.example', 'kept', 'Maison Lune'],
    ['@verrier@town.example', 'used', 'Verrier'],
    ['@b@x.example', 'used', ''],
    ['@lune@town.example', 'account', 'Maison Lune'],
  ];
  expect(await list([mastodon])).toEqual(mine);
  expect(await list([])).toContainEqual(['@elsewhere@x.example', 'kept', 'Verrier']);
  expect(await list([])).toContainEqual(['@lune.bsky.social', 'account', 'Maison Lune']);
  const id = other.ok ? other.value.id : 0;
  expect(await rig.handlers['mention.remove']({ id })).toEqual({ ok: true, value: { removed: true } });
  expect(await rig.handlers['mention.remove']({ id })).toEqual({ ok: true, value: { removed: false } });
  expect(await list([])).not.toContainEqual(['@elsewhere@x.example', 'kept', 'Verrier']);
});

test('what is no handle there, and a network without any, are refused', async () => {
  const { rig, practice, list } = await openScene();
  const keep = (network: string, handle: string) =>
    rig.handlers['mention.keep']({ brandId: null, network, handle });
  expect(await keep('bluesky', 'lune')).toMatchObject({ error: { code: 'handle-invalid' } });
  expect(await keep('practice', 'lune')).toMatchObject({ error: { code: 'handle-no-network' } });
  expect(await keep('nowhere', 'lune')).toMatchObject({ error: { code: 'handle-no-network' } });
  expect(await list([practice])).toEqual([]);
});

test('a handle is told to mean nobody on the other networks chosen, and only there', async () => {
  const { rig, mastodon, bluesky, practice } = await openScene();
  const check = async (accountIds: number[], text: string) => {
    const read = await rig.handlers['mention.check']({ accountIds, parts: ['a', text] });
    return read.ok ? read.value : read.error;
  };
  const text = 'Merci @a@x.example';
  const found = { handle: '@a@x.example', network: 'mastodon' };
  expect(await check([mastodon], text)).toEqual([]);
  expect(await check([mastodon, bluesky, practice], text)).toEqual([
    { ...found, elsewhere: ['bluesky', 'practice'] },
  ]);
  expect(await check([bluesky], text)).toEqual([{ ...found, elsewhere: ['bluesky'] }]);
  expect(await check([], text)).toEqual([]);
  expect(await check([mastodon, bluesky], 'Merci a@x.example')).toEqual([]);
});
