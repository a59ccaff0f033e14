import type { AskSessionBus, BusCall } from './session-bus.ts';

/**
 * What is known of the place the icon sits in.
 * 'shown': a host is there and has our item. 'waiting': a host is there but does not have our item: it came after us.
 * 'absent': no host. 'unknown': nobody could say, which counts as absent for everything that matters.
 */
export type TrayHost = 'shown' | 'waiting' | 'absent' | 'unknown';

const WATCHER = 'org.kde.StatusNotifierWatcher';
const BUS = 'org.freedesktop.DBus';

/** Asks the desktop (StatusNotifierItem) whether an icon of the process `pid` is really shown. Linux only. */
export async function readTrayHost(askBus: AskSessionBus, pid: number, timeoutMs = 2_000): Promise<TrayHost> {
  const answer = await askBus(async (call): Promise<TrayHost> => {
    const [hasOwner] = await call(
      BUS,
      '/org/freedesktop/DBus',
      { interface: BUS, name: 'NameHasOwner' },
      's',
      [WATCHER],
    );
    if (hasOwner !== true) return 'absent';
    if ((await readProperty(call, 'IsStatusNotifierHostRegistered')) === false) return 'absent';
    const items = await readProperty(call, 'RegisteredStatusNotifierItems');
    if (!Array.isArray(items)) return 'unknown';
    for (const item of items) {
      if ((await ownerOf(call, String(item))) === pid) return 'shown';
    }
    return 'waiting';
  }, timeoutMs);
  return answer ?? 'unknown';
}

async function readProperty(call: BusCall, name: string): Promise<unknown> {
  const get = { interface: 'org.freedesktop.DBus.Properties', name: 'Get' };
  const [variant] = await call(WATCHER, '/StatusNotifierWatcher', get, 'ss', [WATCHER, name]);
  return typeof variant === 'object' && variant !== null && 'value' in variant ? variant.value : undefined;
}

/** The process behind ':1.42', ':1.42/StatusNotifierItem' or 'org.kde.StatusNotifierItem-1-1'; 0 when it is gone. */
async function ownerOf(call: BusCall, item: string): Promise<number> {
  const service = item.split('/')[0] ?? '';
  if (service === '') return 0;
  try {
    const member = { interface: BUS, name: 'GetConnectionUnixProcessID' };
    const [pid] = await call(BUS, '/org/freedesktop/DBus', member, 's', [service]);
    return typeof pid === 'number' ? pid : 0;
  } catch {
    return 0;
  }
}
