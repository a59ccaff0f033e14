import { describe, expect, test } from 'vitest';
import { openKeyring } from '../../src-main/desktop/keyring.ts';
import { createFakeClock } from '../support/fake-clock.ts';

type Deps = Parameters<typeof openKeyring>[0];

const flip = (text: string, mark: string) =>
  Buffer.concat([Buffer.from(mark), Buffer.from(text).map((byte) => byte ^ 255)]);
const flipBack = (bytes: Buffer) => Buffer.from(bytes.subarray(3).map((byte) => byte ^ 255)).toString();

/** An Electron that has the synchronous calls only, and counts them: while a keyring is locked one of them would be too many. */
function oldElectron(backend?: string) {
  const calls = { count: 0 };
  const safeStorage = {
    ...(backend === undefined ? {} : { getSelectedStorageBackend: () => backend as 'gnome_libsecret' }),
    isEncryptionAvailable: () => {
      calls.count += 1;
      return true;
    },
    encryptString: (text: string) => flip(text, 'v11'),
    decryptString: flipBack,
  };
  return { safeStorage, calls };
}

function newElectron(options: { backend?: string; mark?: string; hangs?: boolean } = {}) {
  const answer = <T>(value: T) =>
    options.hangs === true ? new Promise<T>(() => {}) : Promise.resolve(value);
  return {
    getSelectedStorageBackend: () => (options.backend ?? 'gnome_libsecret') as 'gnome_libsecret',
    isAsyncEncryptionAvailable: () => answer(true),
    encryptStringAsync: (text: string) => answer(flip(text, options.mark ?? 'v11')),
    decryptStringAsync: (bytes: Buffer) => answer({ shouldReEncrypt: false, result: flipBack(bytes) }),
  };
}

function open(changes: Partial<Deps> & Pick<Deps, 'safeStorage'>) {
  return openKeyring({
    platform: 'linux',
    desktop: 'GNOME',
    readSecretService: async () => 'unlocked',
    clock: createFakeClock(),
    ...changes,
  });
}

const bytes = new Uint8Array([0, 1, 2, 255]);

describe('with the synchronous calls only', () => {
  test('an unlocked keyring wraps and unwraps', async () => {
    const opened = await open({ safeStorage: oldElectron().safeStorage });
    if (!opened.ok) throw new Error(opened.error.message);
    expect(opened.value.name).toBe('gnome_libsecret');
    const wrapped = await opened.value.wrap(bytes);
    expect([...wrapped]).not.toEqual([...bytes]);
    expect([...(await opened.value.unwrap(wrapped))]).toEqual([...bytes]);
  });

  test.each(['locked', 'absent'] as const)('one that is %s is never called', async (state) => {
    const { safeStorage, calls } = oldElectron();
    const opened = await open({ safeStorage, readSecretService: async () => state });
    expect(opened).toMatchObject({ ok: false });
    expect(calls.count).toBe(0);
  });

  test('another kind of keyring, of which nobody can say whether it is locked, is never called', async () => {
    for (const changes of [{ desktop: 'KDE' }, { ...{} }] as const) {
      const { safeStorage, calls } = oldElectron('desktop' in changes ? undefined : 'kwallet5');
      expect(await open({ safeStorage, ...changes })).toMatchObject({
        ok: false,
        error: { code: 'no-keyring' },
      });
      expect(calls.count).toBe(0);
    }
  });

  test('a desktop without a keyring is told', async () => {
    for (const desktop of ['', 'i3', 'sway:wlroots']) {
      expect(await open({ safeStorage: oldElectron().safeStorage, desktop })).toMatchObject({
        ok: false,
        error: { code: 'keyring-plain' },
      });
    }
  });

  test('other systems need no look at the session bus', async () => {
    const readSecretService = async () => {
      throw new Error('must not be asked');
    };
    for (const [platform, name] of [
      ['darwin', 'keychain'],
      ['win32', 'dpapi'],
    ] as const) {
      const opened = await open({ safeStorage: oldElectron().safeStorage, platform, readSecretService });
      expect(opened).toMatchObject({ ok: true, value: { name } });
    }
  });
});

describe('with the asynchronous calls', () => {
  test('wraps and unwraps, whatever the keyring', async () => {
    const opened = await open({ safeStorage: newElectron({ backend: 'kwallet6' }) });
    if (!opened.ok) throw new Error(opened.error.message);
    expect(opened.value.name).toBe('kwallet6');
    expect([...(await opened.value.unwrap(await opened.value.wrap(bytes)))]).toEqual([...bytes]);
  });

  test('a backend that keeps no secret is refused', async () => {
    for (const backend of ['basic_text', 'unknown']) {
      const opened = await open({ safeStorage: newElectron({ backend }) });
      expect(opened).toMatchObject({ ok: false, error: { code: 'keyring-plain' } });
    }
  });

  test('a text that anybody could read is not taken for a wrapped one', async () => {
    const opened = await open({ safeStorage: newElectron({ mark: 'v10' }) });
    if (!opened.ok) throw new Error(opened.error.message);
    await expect(opened.value.wrap(bytes)).rejects.toThrow();
  });

  test('a keyring that never answers is given up after half a minute', async () => {
    const clock = createFakeClock();
    const opening = open({ safeStorage: newElectron({ hangs: true }), clock });
    await clock.advance(30_000);
    expect(await opening).toMatchObject({ ok: false, error: { code: 'no-keyring' } });
  });
});
