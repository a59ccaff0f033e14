import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  createKeyFile,
  type KeyFile,
  readKeyFile,
  readPublicKey,
  unwrapWithKeyring,
  unwrapWithPassphrase,
  type Wrapping,
} from '../../src-main/secrets/key-file.ts';
import { newKeyPair } from '../../src-main/secrets/seal.ts';
import { createKeyring, dataFolder, filesWith, modeOf, namesIn } from './folder.ts';

const isWindows = process.platform === 'win32';

async function make(dir: string, wrapping: Wrapping) {
  const made = await createKeyFile(dir, wrapping, false);
  const read = await readKeyFile(dir);
  if (!made.ok || !read.ok || !read.value) throw new Error(JSON.stringify([made, read]));
  return { pair: made.value, file: read.value };
}

/** Writes the file anew with some of it changed. */
function change(dir: string, file: KeyFile, changes: object): void {
  writeFileSync(join(dir, 'secrets.json'), JSON.stringify({ ...file, ...changes }));
}

describe('the key file', () => {
  test('is not there at first, and there is nothing to seal with', async () => {
    const dir = join(dataFolder(), 'not', 'yet');
    expect(await readKeyFile(dir)).toEqual({ ok: true, value: null });
    expect(await readPublicKey(dir)).toBeNull();
    await make(dir, { store: 'this-run' });
    expect(namesIn(dir)).toEqual(['secrets.json']);
  });

  test('opens with its passphrase and with no other', async () => {
    const dir = dataFolder();
    const { pair, file } = await make(dir, { store: 'passphrase', passphrase: 'crème brûlée' });
    expect(file).toMatchObject({ version: 1, wrap: 'passphrase', cost: { N: 131_072, r: 8, p: 1 } });
    expect(await unwrapWithPassphrase(file, 'crème brûlée'.normalize('NFD'))).toEqual({
      ok: true,
      value: pair,
    });
    for (const wrong of ['creme brulee', '']) {
      expect(await unwrapWithPassphrase(file, wrong)).toMatchObject({
        ok: false,
        error: { code: 'wrong-passphrase' },
      });
    }
    expect(await readPublicKey(dir)).toBe(pair.publicKey);
  });

  test('opens with the keyring that wrapped it and asks no other', async () => {
    const keyring = createKeyring('gnome_libsecret');
    const { pair, file } = await make(dataFolder(), { store: 'keyring', keyring });
    expect(file).toMatchObject({ version: 1, wrap: 'keyring', backend: 'gnome_libsecret' });
    expect(await unwrapWithKeyring(file, keyring)).toEqual({ ok: true, value: pair });
    const other = createKeyring('kwallet6');
    expect(await unwrapWithKeyring(file, other)).toMatchObject({
      ok: false,
      error: { code: 'other-keyring' },
    });
    expect(other.asked).toEqual([]);
    keyring.refuses = true;
    expect(await unwrapWithKeyring(file, keyring)).toMatchObject({ error: { code: 'keyring-refused' } });
  });

  test('of this run only holds no private key, and nobody seals with it from outside', async () => {
    const dir = dataFolder();
    const { file } = await make(dir, { store: 'this-run' });
    expect(Object.keys(file).sort()).toEqual(['publicKey', 'version', 'wrap']);
    expect(await readPublicKey(dir)).toBeNull();
  });

  test.skipIf(isWindows)('is for this user only, whatever the mask', async () => {
    const dir = dataFolder();
    const before = process.umask(0);
    try {
      await make(dir, { store: 'this-run' });
      await createKeyFile(dir, { store: 'keyring', keyring: createKeyring('a') }, true);
      await createKeyFile(dir, { store: 'keyring', keyring: createKeyring('b') }, true);
    } finally {
      process.umask(before);
    }
    expect(namesIn(dir)).toEqual(['secrets.json', 'secrets.json.replaced']);
    for (const name of namesIn(dir)) expect(modeOf(join(dir, name))).toBe(0o600);
  });

  test('never shows its private key', async () => {
    for (const wrapping of [
      { store: 'this-run' },
      { store: 'passphrase', passphrase: 'p' },
      { store: 'keyring', keyring: createKeyring('k') },
    ] as const) {
      const dir = dataFolder();
      const { pair } = await make(dir, wrapping);
      expect(filesWith(dir, pair.privateKey)).toEqual([]);
      expect(
        filesWith(dir, Buffer.from(pair.privateKey, 'base64url').subarray(-32).toString('base64url')),
      ).toEqual([]);
    }
  });

  test('is replaced only when that is said, and the old one is kept beside', async () => {
    const dir = dataFolder();
    const keyring = createKeyring('k');
    const { pair } = await make(dir, { store: 'keyring', keyring });
    const old = readFileSync(join(dir, 'secrets.json'), 'utf8');
    expect(await createKeyFile(dir, { store: 'this-run' }, false)).toMatchObject({
      error: { code: 'key-exists' },
    });
    expect(readFileSync(join(dir, 'secrets.json'), 'utf8')).toBe(old);
    keyring.refuses = true;
    expect(await createKeyFile(dir, { store: 'keyring', keyring }, true)).toMatchObject({
      error: { code: 'keyring-refused' },
    });
    expect(namesIn(dir)).toEqual(['secrets.json']);
    keyring.refuses = false;
    expect((await createKeyFile(dir, { store: 'keyring', keyring }, true)).ok).toBe(true);
    expect(readFileSync(join(dir, 'secrets.json.replaced'), 'utf8')).toBe(old);
    expect(await readPublicKey(dir)).not.toBe(pair.publicKey);
  });

  test('a public key put in from elsewhere is noticed before anything is opened', async () => {
    const dir = dataFolder();
    const keyring = createKeyring('k');
    const stranger = newKeyPair().publicKey;
    const wrapped = await make(dir, { store: 'keyring', keyring });
    expect(await unwrapWithKeyring({ ...wrapped.file, publicKey: stranger }, keyring)).toMatchObject({
      error: { code: 'key-file-damaged' },
    });
    await createKeyFile(dir, { store: 'passphrase', passphrase: 'p' }, true);
    const read = await readKeyFile(dir);
    if (!read.ok || !read.value) throw new Error('no file');
    expect((await unwrapWithPassphrase({ ...read.value, publicKey: stranger }, 'p')).ok).toBe(false);
  });

  test('damaged, it is refused with a sentence', async () => {
    const dir = dataFolder();
    const { file } = await make(dir, { store: 'passphrase', passphrase: 'p' });
    const damages = [
      { version: 0 },
      { version: '1' },
      { wrap: 'rot13' },
      { publicKey: '' },
      { wrappedPrivateKey: undefined },
      { salt: 3 },
      // A cheap guess, and one that would take 137 GB.
      { cost: { N: 2, r: 8, p: 1 } },
      { cost: { N: 2 ** 27, r: 8, p: 1 } },
      { cost: undefined },
    ];
    for (const damage of damages) {
      change(dir, file, damage);
      expect(await readKeyFile(dir), JSON.stringify(damage)).toMatchObject({
        error: { code: 'key-file-damaged' },
      });
      expect(await readPublicKey(dir)).toBeNull();
    }
    for (const text of ['', '{', 'null', '[]', '"x"']) {
      writeFileSync(join(dir, 'secrets.json'), text);
      expect(await readKeyFile(dir)).toMatchObject({ error: { code: 'key-file-damaged' } });
    }
    change(dir, file, { version: 2 });
    expect(await readKeyFile(dir)).toMatchObject({ error: { code: 'key-file-newer' } });
  });

  test('where the folder is none, reading and writing are refused with the reason', async () => {
    const dir = join(dataFolder(), 'file');
    writeFileSync(dir, '');
    expect(await readKeyFile(dir)).toMatchObject({ error: { code: 'key-file-unreadable' } });
    expect(await createKeyFile(dir, { store: 'this-run' }, false)).toMatchObject({
      error: { code: 'key-file-unwritable' },
    });
  });
});
