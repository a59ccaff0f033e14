import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDeskRig } from './desk-rig.ts';

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);

test('a picture is kept under its content, whatever it is called', async () => {
  const { handlers, dataDir } = await openDeskRig();
  const added = await handlers['media.add']({ name: 'passwd', mime: 'text/plain', bytes: PNG });
  expect(added).toMatchObject({ ok: true, value: { mime: 'image/png', bytes: PNG.length } });
  if (!added.ok) return;
  expect(readdirSync(join(dataDir, 'media'))).toEqual([added.value.sha256]);
  expect(await handlers['media.read']({ sha256: added.value.sha256 })).toMatchObject({
    value: { mime: 'image/png', bytes: PNG },
  });
});

test('a text that is too long is split for the tightest of the accounts that can have threads', async () => {
  const { handlers, addBrand, addAccount } = await openDeskRig();
  const brandId = await addBrand('Maison Lune');
  const practice = await addAccount(brandId, 'practice', 'lune', {});
  const blue = await addAccount(brandId, 'bluesky', 'lune.example', { server: 'https://bsky.example' });
  const hook = await addAccount(brandId, 'webhook', 'hook', { url: 'https://hook.example' });
  const text = `${'A sentence of some length. '.repeat(11)}The end.`;
  const asked = { text, link: '', media: [] };
  expect(await handlers['text.split']({ ...asked, accountIds: [practice, hook] })).toMatchObject({
    value: { parts: [text] },
  });
  const split = await handlers['text.split']({ ...asked, accountIds: [practice, blue, hook] });
  expect(split.ok && split.value.parts.map((part) => part.length)).toEqual([296, 8]);
  expect(await handlers['text.split']({ ...asked, accountIds: [4_711] })).toMatchObject({
    error: { code: 'split-no-threads' },
  });
});

test('each part is counted as it is sent there, against what fits there beside media or without', async () => {
  const { handlers, addBrand, addAccount } = await openDeskRig();
  const brandId = await addBrand('Maison Lune');
  const captioned = await addAccount(brandId, 'telegram', '@lune', { chat: '@lune' });
  const marked = await addAccount(brandId, 'discord', '#lune', {});
  const escaped = await addAccount(brandId, 'slack', '#lune', { channel: 'C012ABCDEF' });
  const added = await handlers['media.add']({ name: 'a.png', mime: 'image/png', bytes: PNG });
  const media = added.ok ? [{ ...added.value, name: 'a.png', altText: 'Grey' }] : [];
  const accountIds = [captioned, marked, escaped];
  const checked = await handlers['text.check']({
    label: '',
    accountIds,
    parts: ['*a* & b', 'c'],
    link: '',
    media,
  });
  expect(checked).toMatchObject({
    value: [
      { counts: [7, 1], limits: [1_024, 4_096], problems: [{ code: 'alt-unseen', level: 'warning' }] },
      { counts: [9, 1], limits: [2_000, 2_000], problems: [] },
      { counts: [11, 1], limits: [3_000, 40_000], problems: [] },
    ],
  });
});

test.each([
  ['a text', Buffer.from('root:x:0:0:root:/root:/bin/bash\n')],
  ['a key', Buffer.from('-----BEGIN OPENSSH PRIVATE KEY-----\n')],
  ['a page', Buffer.from('<!doctype html><script>')],
  ['a document', Buffer.from('%PDF-1.7')],
])('%s named and called a picture is not kept', async (_, content) => {
  const { handlers, dataDir } = await openDeskRig();
  const bytes = new Uint8Array(content);
  expect(await handlers['media.add']({ name: 'a.png', mime: 'image/png', bytes })).toMatchObject({
    ok: false,
    error: { code: 'media-type' },
  });
  expect(existsSync(join(dataDir, 'media'))).toBe(false);
});
