import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { openDeskRig } from './desk-rig.ts';

async function openOutbox() {
  const shown: string[] = [];
  const rig = await openDeskRig({ showFile: (path) => shown.push(path) });
  const outbox = join(rig.dataDir, 'outbox');
  mkdirSync(join(outbox, 'Maison Verrier', 'verrier'), { recursive: true });
  const post = join(outbox, 'Maison Verrier', 'verrier', 'post é #1.json');
  writeFileSync(post, '{}');
  const show = (url: string) => rig.handlers['outbox.show']({ url });
  return { ...rig, outbox, post, shown, show };
}

test('a file of the practice network is shown where it lies', async () => {
  const { post, shown, show } = await openOutbox();
  expect(await show(pathToFileURL(post).href)).toEqual({ ok: true, value: { shown: true } });
  expect(shown).toEqual([post]);
});

test('nothing outside the outbox is shown, by no way of writing it', async () => {
  const { dataDir, dir, outbox, shown, show } = await openOutbox();
  const secret = join(dataDir, 'permit');
  writeFileSync(secret, 'x');
  mkdirSync(join(dataDir, 'outbox-2'));
  writeFileSync(join(dataDir, 'outbox-2', 'a.json'), '{}');
  symlinkSync(secret, join(outbox, 'link.json'));
  const addresses = [
    pathToFileURL(secret).href,
    `${pathToFileURL(outbox).href}/../permit`,
    `${pathToFileURL(outbox).href}/%2e%2e/permit`,
    `${pathToFileURL(outbox).href}/..%2fpermit`,
    pathToFileURL(join(outbox, 'link.json')).href,
    pathToFileURL(join(dataDir, 'outbox-2', 'a.json')).href,
    pathToFileURL(outbox).href,
    pathToFileURL(dir).href,
    pathToFileURL(join(outbox, 'gone.json')).href,
    'file://server.example/share/a.json',
    'https://example.com/a.json',
    'javascript:alert(1)',
    '/etc/passwd',
    '',
  ];
  for (const address of addresses)
    expect(await show(address), address).toMatchObject({ ok: false, error: { code: 'not-in-outbox' } });
  expect(shown).toEqual([]);
});
