import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Message as BusMessage } from 'dbus-next';

/** Calls one method of one service on the session bus and returns the body of its answer; throws on an error answer. */
export type BusCall = (
  destination: string,
  path: string,
  member: { readonly interface: string; readonly name: string },
  signature?: string,
  body?: readonly unknown[],
) => Promise<readonly unknown[]>;

/**
 * Runs `ask` over a connection of its own to the desktop's session bus.
 * @returns what `ask` returned; null when there is no bus, it does not answer within `timeoutMs`, or `ask` threw.
 */
export type AskSessionBus = <T>(ask: (call: BusCall) => Promise<T>, timeoutMs: number) => Promise<T | null>;

/** Where the session bus listens, as libdbus would find it; null when there is none to be found. */
function sessionBusAddress(env: Readonly<Record<string, string | undefined>>): string | null {
  const given = env.DBUS_SESSION_BUS_ADDRESS ?? '';
  if (given !== '' && given !== 'disabled:') return given;
  const socket = join(env.XDG_RUNTIME_DIR ?? '/nonexistent', 'bus');
  return existsSync(socket) ? `unix:path=${socket}` : null;
}

export function createSessionBus(env: Readonly<Record<string, string | undefined>>): AskSessionBus {
  return async (ask, timeoutMs) => {
    const busAddress = sessionBusAddress(env);
    if (busAddress === null) return null;
    let timer: NodeJS.Timeout | undefined;
    let disconnect = () => {};
    try {
      const { Message, sessionBus } = await import('dbus-next');
      const bus = sessionBus({ busAddress });
      disconnect = () => bus.disconnect();
      const failed = new Promise<never>((_, reject) => {
        // A connection that breaks answers nothing more: calls on it would wait for ever.
        bus.on('error', reject);
        timer = setTimeout(() => reject(new Error('the session bus does not answer')), timeoutMs);
      });
      const call: BusCall = async (destination, path, member, signature = '', body = []) => {
        const answer: BusMessage | null = await bus.call(
          new Message({
            destination,
            path,
            interface: member.interface,
            member: member.name,
            signature,
            body: [...body],
          }),
        );
        return answer?.body ?? [];
      };
      return await Promise.race([ask(call), failed]);
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
      try {
        disconnect();
      } catch {
        // Never connected.
      }
    }
  };
}
