import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Keyring } from '../../src-main/secrets/key-file.ts';
import { openSecrets, replaceKey, type Secrets } from '../../src-main/secrets/open-secrets.ts';
import { accountContext, openFields, sealFields } from '../../src-main/secrets/seal.ts';
import { createKeyring, dataFolder, filesWith, namesIn } from './folder.ts';

/** One data folder over several runs of the app. */
function app() {
  const dir = dataFolder();
  const passphraseFile = join(dataFolder(), 'passphrase');
  const deps = (keyring: Keyring | null, passphrase?: string) => {
    if (passphrase !== undefined) writeFileSync(passphraseFile, passphrase);
    return { dir, keyring, passphraseFile: passphrase === undefined ? undefined : passphraseFile };
  };
  return {
    dir,
    deps,
    start: (keyring: Keyring | null, passphrase?: string) => openSecrets(deps(keyring, passphrase)),
    file: () => readFileSync(join(dir, 'secrets.json'), 'utf8'),
  };
}

const context = accountContext(1);
const seal = (secrets: Secrets) => sealFields(secrets.publicKey, context, { token: 'canary-token' });
const opens = (secrets: Secrets, sealed: string) =>
  openFields(secrets.privateKey() ?? '', context, sealed).ok;

describe('the keys of a data folder', () => {
  test('are kept with the keyring, from run to run', async () => {
    const { start, dir } = app();
    const keyring = createKeyring('keychain');
    const first = await start(keyring, 'not needed');
    expect(first).toMatchObject({ store: 'keyring', problem: null, isReplaceable: false });
    const sealed = seal(first);
    const second = await start(keyring);
    expect(second.publicKey).toBe(first.publicKey);
    expect(opens(second, sealed)).toBe(true);
    expect(filesWith(dir, second.privateKey() ?? 'none')).toEqual([]);
  });

  test('without a keyring, with the passphrase, from run to run', async () => {
    const { start } = app();
    const first = await start(null, 'open sesame\n');
    expect(first).toMatchObject({ store: 'passphrase', problem: null });
    const second = await start(null, 'open sesame\r\nanother line');
    expect(opens(second, seal(first))).toBe(true);
    const late = await start(createKeyring('kwallet6'), 'open sesame');
    expect(late).toMatchObject({ store: 'passphrase', problem: null, publicKey: first.publicKey });
  });

  test('with neither, for this run only: at the next start what was sealed wants a new sign-in', async () => {
    const { start } = app();
    const first = await start(null);
    expect(first).toMatchObject({ store: 'this-run', problem: null, isReplaceable: false });
    const sealed = seal(first);
    expect(opens(first, sealed)).toBe(true);
    const second = await start(null);
    expect(second.publicKey).not.toBe(first.publicKey);
    expect(opens(second, sealed)).toBe(false);
    expect(opens(second, seal(second))).toBe(true);
  });

  test('of this run are succeeded by ones that are kept, as soon as they can be', async () => {
    const { start, dir } = app();
    await start(null);
    const keyring = createKeyring('keychain');
    const kept = await start(keyring);
    expect(kept).toMatchObject({ store: 'keyring', problem: null });
    expect(opens(await start(keyring), seal(kept))).toBe(true);
    expect(namesIn(dir)).toEqual(['secrets.json']);
  });

  test('a keyring that refuses a new key is passed over, and so is an empty passphrase file', async () => {
    const keyring = createKeyring('gnome_libsecret');
    keyring.refuses = true;
    expect(await app().start(keyring, 'p')).toMatchObject({ store: 'passphrase', problem: null });
    expect(await app().start(keyring)).toMatchObject({
      store: 'this-run',
      problem: { code: 'keyring-refused' },
    });
    expect(await app().start(null, '\n')).toMatchObject({
      store: 'this-run',
      problem: { code: 'passphrase-unreadable' },
    });
  });

  test.each<[string, (keyring: Keyring & { refuses: boolean }) => Keyring | null, string]>([
    ['none at all', () => null, 'no-keyring'],
    ['another', () => createKeyring('kwallet6'), 'other-keyring'],
    [
      'one that refuses',
      (keyring) => {
        keyring.refuses = true;
        return keyring;
      },
      'keyring-refused',
    ],
    ['one of the same name with another memory', () => createKeyring('gnome_libsecret'), 'keyring-refused'],
  ])('kept with a keyring and started with %s, nothing opens and nothing is lost', async (_, other, code) => {
    const { start, file } = app();
    const keyring = createKeyring('gnome_libsecret');
    const first = await start(keyring);
    const before = file();
    const without = await start(other(keyring), 'a passphrase too');
    expect(without).toMatchObject({ publicKey: first.publicKey, problem: { code }, isReplaceable: true });
    expect(without.privateKey()).toBeNull();
    expect(file()).toBe(before);
    keyring.refuses = false;
    expect(opens(await start(keyring), seal(without))).toBe(true);
  });

  test.each<[string, string | undefined, string]>([
    ['no passphrase', undefined, 'no-passphrase'],
    ['a wrong one', 'close sesame', 'wrong-passphrase'],
    ['an empty one', '', 'passphrase-unreadable'],
  ])(
    'kept with a passphrase and started with %s, nothing opens and nothing is lost',
    async (_, given, code) => {
      const { start, file } = app();
      const first = await start(null, 'open sesame');
      const before = file();
      for (const keyring of [null, createKeyring('keychain')]) {
        const without = await start(keyring, given);
        expect(without).toMatchObject({ publicKey: first.publicKey, problem: { code }, isReplaceable: true });
        expect(without.privateKey()).toBeNull();
      }
      expect(file()).toBe(before);
      expect(opens(await start(null, 'open sesame'), seal(first))).toBe(true);
    },
  );

  test('a person who signs in again gets a new key, kept with what there is now', async () => {
    const { start, deps } = app();
    const old = await start(createKeyring('gnome_libsecret'));
    const keyring = createKeyring('kwallet6');
    const replaced = await replaceKey(deps(keyring), await start(keyring));
    expect(replaced).toMatchObject({ store: 'keyring', problem: null, isReplaceable: false });
    const next = await start(keyring);
    expect(opens(next, seal(replaced))).toBe(true);
    expect(opens(next, seal(old))).toBe(false);
  });

  test('nothing is replaced where nothing is wrong, nor twice', async () => {
    const { start, deps, file } = app();
    const keyring = createKeyring('keychain');
    const good = await start(keyring);
    expect(await replaceKey(deps(keyring), good)).toBe(good);
    const once = await replaceKey(deps(null), await start(null));
    expect(await replaceKey(deps(null), once)).toBe(once);
    expect(JSON.parse(file())).toMatchObject({ publicKey: good.publicKey });
  });

  test('a new key that can be kept for this run only leaves the old one for the day its keyring is back', async () => {
    const { start, deps, file } = app();
    const keyring = createKeyring('gnome_libsecret');
    const old = await start(keyring);
    const before = file();
    const replaced = await replaceKey(deps(null), await start(null));
    expect(replaced.store).toBe('this-run');
    expect(opens(replaced, seal(replaced))).toBe(true);
    expect(file()).toBe(before);
    expect(opens(await start(keyring), seal(old))).toBe(true);
  });

  test('a damaged file is left alone until a person signs in again, and then kept beside', async () => {
    const { start, deps, dir, file } = app();
    const keyring = createKeyring('keychain');
    writeFileSync(join(dir, 'secrets.json'), '{ damaged');
    const opened = await start(keyring);
    expect(opened).toMatchObject({ store: 'this-run', problem: { code: 'key-file-damaged' } });
    expect(file()).toBe('{ damaged');
    const replaced = await replaceKey(deps(keyring), opened);
    expect(opens(await start(keyring), seal(replaced))).toBe(true);
    expect(readFileSync(join(dir, 'secrets.json.replaced'), 'utf8')).toBe('{ damaged');
  });

  test('a file of a newer version is never replaced', async () => {
    const { start, deps, dir, file } = app();
    writeFileSync(join(dir, 'secrets.json'), '{"version":2}');
    const opened = await start(createKeyring('keychain'));
    const replaced = await replaceKey(deps(createKeyring('keychain')), opened);
    expect(replaced).toMatchObject({ store: 'this-run', problem: { code: 'key-file-newer' } });
    expect(file()).toBe('{"version":2}');
  });

  test('where nothing can be written, the key is for this run', async () => {
    const dir = join(dataFolder(), 'a file');
    writeFileSync(dir, '');
    const deps = { dir: join(dir, 'inside'), keyring: createKeyring('keychain'), passphraseFile: undefined };
    const secrets = await openSecrets(deps);
    expect(secrets.store).toBe('this-run');
    expect(secrets.problem).not.toBeNull();
    expect(opens(secrets, seal(secrets))).toBe(true);
  });
});
