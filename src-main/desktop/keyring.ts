import type { SafeStorage } from 'electron';
import type { Clock } from '../core/clock.ts';
import { ok, type Result, refuse } from '../core/result.ts';

/** Wraps the data key with what the system keeps for this user. Both reject when the system refuses or does not answer. */
export type Keyring = {
  /** Which keyring it is: 'keychain', 'dpapi', 'gnome_libsecret', 'kwallet5'… A key wrapped by one is not for another. */
  readonly name: string;
  wrap(bytes: Uint8Array): Promise<Uint8Array>;
  unwrap(bytes: Uint8Array): Promise<Uint8Array>;
};

/** A person may be typing the keyring's password; longer than this nobody is waited for. */
const PATIENCE_MS = 30_000;

/** Chromium's own mark of a text "encrypted" with a password that everybody knows. */
const PLAIN_MARK = 'v10';

type AsyncSafeStorage = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync'
>;
type SyncSafeStorage = Pick<SafeStorage, 'isEncryptionAvailable' | 'encryptString' | 'decryptString'>;

/**
 * Finds the system's keyring. Call it after tray and shortcut are up, never on the way of a stop.
 *
 * Where only the synchronous calls exist (before Electron 42) they are made on Linux only when `readSecretService` says that nothing is
 * locked: otherwise they would block the main process for ever.
 * @returns the keyring; refused with 'no-keyring', 'keyring-locked' or 'keyring-plain' (the text would be readable by anybody).
 */
export async function openKeyring(deps: {
  safeStorage: (AsyncSafeStorage | SyncSafeStorage) & Partial<Pick<SafeStorage, 'getSelectedStorageBackend'>>;
  platform: NodeJS.Platform;
  /** XDG_CURRENT_DESKTOP; only looked at where Electron cannot name the backend itself. */
  desktop: string;
  readSecretService: () => Promise<'unlocked' | 'locked' | 'absent'>;
  clock: Clock;
  patienceMs?: number;
}): Promise<Result<Keyring>> {
  const { safeStorage, platform } = deps;
  const patience = deps.patienceMs ?? PATIENCE_MS;
  const inTime = <T>(work: Promise<T>) => within(work, patience, deps.clock);
  const isAsync = 'encryptStringAsync' in safeStorage;
  let name = platform === 'darwin' ? 'keychain' : 'dpapi';

  if (platform === 'linux') {
    name = safeStorage.getSelectedStorageBackend?.() ?? guessBackend(deps.desktop);
    if (name === 'basic_text' || name === 'unknown') {
      return refuse('keyring-plain', 'This desktop has no keyring that keeps anything secret.');
    }
    if (!isAsync) {
      if (name !== 'gnome_libsecret') return refuse('no-keyring', `The keyring ${name} cannot be used here.`);
      const service = await deps.readSecretService();
      if (service === 'absent') return refuse('no-keyring', 'No keyring answers on this desktop.');
      if (service === 'locked') return refuse('keyring-locked', 'The keyring is locked.');
    }
  }

  try {
    const isAvailable = isAsync
      ? await inTime(safeStorage.isAsyncEncryptionAvailable())
      : safeStorage.isEncryptionAvailable();
    if (!isAvailable) return refuse('no-keyring', 'The system offers no keyring.');
  } catch {
    return refuse('no-keyring', 'The keyring does not answer.');
  }

  return ok({
    name,
    async wrap(bytes) {
      const text = Buffer.from(bytes).toString('base64');
      const wrapped = isAsync
        ? await inTime(safeStorage.encryptStringAsync(text))
        : safeStorage.encryptString(text);
      if (platform === 'linux' && wrapped.subarray(0, PLAIN_MARK.length).toString('latin1') === PLAIN_MARK) {
        throw new Error('the keyring would have kept the key readable');
      }
      return new Uint8Array(wrapped);
    },
    async unwrap(bytes) {
      const wrapped = Buffer.from(bytes);
      const text = isAsync
        ? (await inTime(safeStorage.decryptStringAsync(wrapped))).result
        : safeStorage.decryptString(wrapped);
      return new Uint8Array(Buffer.from(text, 'base64'));
    },
  });
}

/** What Chromium picks by itself, for an Electron that cannot say. */
function guessBackend(desktop: string): string {
  const names = desktop.toLowerCase().split(':');
  if (names.includes('kde')) return 'kwallet';
  const gnomeLike = ['gnome', 'x-cinnamon', 'deepin', 'pantheon', 'xfce', 'ukui', 'unity'];
  return names.some((one) => gnomeLike.includes(one)) ? 'gnome_libsecret' : 'basic_text';
}

function within<T>(work: Promise<T>, ms: number, clock: Clock): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => reject(new Error('the keyring does not answer')));
    work.then(resolve, reject).finally(cancel);
  });
}
