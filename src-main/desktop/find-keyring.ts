import { safeStorage } from 'electron';
import type { Clock } from '../core/clock.ts';
import type { Keyring } from '../secrets/key-file.ts';
import { openKeyring } from './keyring.ts';
import { readSecretService } from './secret-service.ts';
import type { AskSessionBus } from './session-bus.ts';

/** The system's keyring; null when there is none that can be used without waiting for ever. */
export async function findKeyring(askBus: AskSessionBus, clock: Clock): Promise<Keyring | null> {
  const opened = await openKeyring({
    safeStorage,
    platform: process.platform,
    desktop: process.env.XDG_CURRENT_DESKTOP ?? '',
    readSecretService: () => readSecretService(askBus),
    clock,
  });
  return opened.ok ? opened.value : null;
}
