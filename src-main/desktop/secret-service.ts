import type { AskSessionBus } from './session-bus.ts';

const SERVICE = 'org.freedesktop.secrets';
const ROOT = '/org/freedesktop/secrets';

/**
 * Whether the desktop's keyring can be used without asking the person anything. Asked over the bus, with a time limit, because
 * the synchronous calls of safeStorage never return while it is locked.
 * @returns 'unlocked'; 'locked'; 'absent' when there is none, it has no default collection yet (making one asks for a password), or
 * it does not answer.
 */
export async function readSecretService(
  askBus: AskSessionBus,
  timeoutMs = 5_000,
): Promise<'unlocked' | 'locked' | 'absent'> {
  const answer = await askBus(async (call) => {
    const readAlias = { interface: 'org.freedesktop.Secret.Service', name: 'ReadAlias' };
    const [collection] = await call(SERVICE, ROOT, readAlias, 's', ['default']);
    if (typeof collection !== 'string' || collection === '/') return 'absent';
    const get = { interface: 'org.freedesktop.DBus.Properties', name: 'Get' };
    const [locked] = await call(SERVICE, collection, get, 'ss', [
      'org.freedesktop.Secret.Collection',
      'Locked',
    ]);
    const isUnlocked =
      typeof locked === 'object' && locked !== null && 'value' in locked && locked.value === false;
    return isUnlocked ? 'unlocked' : 'locked';
  }, timeoutMs);
  return answer ?? 'absent';
}
