import { readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What Electron offers of it on macOS and Windows. */
type LoginItems = {
  getLoginItemSettings(options: { args: string[] }): { openAtLogin: boolean };
  setLoginItemSettings(settings: { openAtLogin: boolean; openAsHidden?: boolean; args: string[] }): void;
};

export type LoginStart = {
  isOn(): boolean;
  /** Rejects with what the system said. */
  set(isOn: boolean): Promise<void>;
};

/** Strings of a desktop entry's `Exec`: quoted, with what the specification asks to be escaped. */
function execArgument(text: string): string {
  return `"${text
    .replace(/[\\"`$]/gu, '\\$&')
    .replaceAll('%', '%%')
    .replaceAll('\\', '\\\\')}"`;
}

/**
 * Whether the app starts, hidden in the tray, when the person signs in to this computer. On Linux that is a file of the XDG autostart
 * specification, which a person can read and delete; elsewhere the system's own list.
 */
export function createLoginStart(deps: {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly execPath: string;
  /** Without the executable: what is needed to start this same app again. */
  readonly args: readonly string[];
  readonly items: LoginItems;
}): LoginStart {
  const args = [...deps.args, '--hidden'];
  if (deps.platform !== 'linux') {
    return {
      isOn: () => deps.items.getLoginItemSettings({ args }).openAtLogin,
      set: async (isOn) => deps.items.setLoginItemSettings({ openAtLogin: isOn, args }),
    };
  }
  const config = deps.env.XDG_CONFIG_HOME ?? '';
  const folder = join(config.startsWith('/') ? config : join(deps.home, '.config'), 'autostart');
  const path = join(folder, 'all-stop.desktop');
  // An AppImage runs from a folder that is gone when it ends; the file itself is named by the environment.
  const program = deps.env.APPIMAGE ?? deps.execPath;
  return {
    isOn() {
      try {
        return !/^Hidden=true$/mu.test(readFileSync(path, 'utf8'));
      } catch {
        return false;
      }
    },
    async set(isOn) {
      if (!isOn) return rm(path, { force: true });
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const lines = [
        '[Desktop Entry]',
        'Type=Application',
        'Name=All Stop',
        `Exec=${[program, ...args].map(execArgument).join(' ')}`,
        'X-GNOME-Autostart-enabled=true',
        'Terminal=false',
        '',
      ];
      await writeFile(path, lines.join('\n'), { mode: 0o600 });
    },
  };
}
