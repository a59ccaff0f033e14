import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import ElectronStore from 'electron-store';
import { parseSettings, type Settings } from './settings.ts';

/**
 * The settings, in `settings.json` of the data folder. A file that cannot be read is kept aside and its name told; the app then
 * goes on with its defaults. Writing is atomic.
 */
export function createSettingsStore(deps: {
  dataDir: string;
  now: () => number;
  onChange: () => void;
  /** Something was to be kept and could not be. */
  onTrouble: (error: unknown) => void;
}) {
  const path = join(deps.dataDir, 'settings.json');
  const keptAs = keepCorruptFileAside(path, deps.now());
  const store = new ElectronStore<Record<string, unknown>>({
    name: 'settings',
    cwd: deps.dataDir,
    configFileMode: 0o600,
    clearInvalidConfig: true,
    accessPropertiesByDotNotation: false,
  });
  let settings = parseSettings(store.store);
  let problem = '';

  function change(changes: Partial<Settings>): Settings {
    settings = parseSettings({ ...settings, ...changes });
    deps.onChange();
    try {
      store.store = { ...settings };
      problem = '';
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
      throw error;
    }
    return settings;
  }

  return {
    /** The file name under which an unreadable settings file was kept; null when all was well. */
    keptAs,
    read: (): Settings => settings,
    /** Throws only when the disk refuses; what is read then already is the new value. */
    change,
    /** The same where nobody waits for an answer, such as a timer: never throws, `onTrouble` is told instead. */
    keep(changes: Partial<Settings>): void {
      try {
        change(changes);
      } catch (error) {
        deps.onTrouble(error);
      }
    },
    /** What the system said when they could not be written the last time; '' when they could. */
    problem: (): string => problem,
  };
}

export type SettingsStore = ReturnType<typeof createSettingsStore>;

function keepCorruptFileAside(path: string, now: number): string | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return null;
  }
  try {
    const data: unknown = JSON.parse(text);
    if (typeof data === 'object' && data !== null && !Array.isArray(data)) return null;
  } catch {
    // Not JSON: kept aside below.
  }
  const name = `settings.unreadable-${now}.json`;
  try {
    renameSync(path, join(path, '..', name));
    return name;
  } catch {
    return null;
  }
}
