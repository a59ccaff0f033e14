import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Display, startDisplay } from './display.ts';
import { type SessionBus, startSessionBus } from './session-bus.ts';

export type Desktop = {
  /** What a program needs in its environment to find this desktop. */
  readonly env: Readonly<Record<string, string>>;
  /** The virtual display, where one had to be started. */
  readonly display: Display | null;
  stop(): Promise<void>;
};

/** True where a window cannot be opened without starting a display first. */
export function lacksDisplay(env: NodeJS.ProcessEnv): boolean {
  return process.platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY;
}

/** True where the tray and notifications would have nobody to talk to. */
function lacksBus(env: NodeJS.ProcessEnv): boolean {
  if (process.platform !== 'linux' || env.DBUS_SESSION_BUS_ADDRESS) return false;
  return !(env.XDG_RUNTIME_DIR && existsSync(join(env.XDG_RUNTIME_DIR, 'bus')));
}

/** Starts what `env` lacks of a desktop: a virtual display, a session bus, both or nothing. */
export async function openDesktop(env: NodeJS.ProcessEnv): Promise<Desktop> {
  const display = lacksDisplay(env) ? await startDisplay() : null;
  let bus: SessionBus | null = null;
  try {
    bus = lacksBus(env) ? await startSessionBus() : null;
  } catch (fault) {
    await display?.stop();
    throw fault;
  }
  return {
    env: {
      ...(display !== null && { DISPLAY: display.name, XAUTHORITY: display.authority }),
      ...(bus !== null && { DBUS_SESSION_BUS_ADDRESS: bus.address }),
    },
    display,
    stop: async () => {
      await bus?.stop();
      await display?.stop();
    },
  };
}
