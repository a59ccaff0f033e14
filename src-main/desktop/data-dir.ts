import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import type { App } from 'electron';

/** A ring of folders that name each other is left somewhere rather than followed for ever. */
const MOST_MOVES = 20;

/** Where everything the app keeps lies when nothing else is said. The command line must look in the same place. */
export function defaultDataDir(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'All Stop');
  if (platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'All Stop');
  const config = env.XDG_CONFIG_HOME ?? '';
  return join(config.startsWith('/') ? config : join(home, '.config'), 'all-stop');
}

/** Where the data of this folder are now, as the move left it written; '' when they were not moved. */
export function movedTo(dir: string): string {
  try {
    const { to } = JSON.parse(readFileSync(join(dir, 'moved-to.json'), 'utf8')) as { to?: unknown };
    return typeof to === 'string' && isAbsolute(to) && to !== dir ? to : '';
  } catch {
    return '';
  }
}

/**
 * The folder the data are in by now. A folder that is not there (its disk is not at hand) is never made anew: then it stays with the old one,
 * from which nothing is opened.
 */
export function followMoves(dir: string): string {
  let at = dir;
  for (let moves = 0; moves < MOST_MOVES; moves += 1) {
    const next = movedTo(at);
    if (next === '' || !existsSync(next)) return at;
    at = next;
  }
  return at;
}

/**
 * Makes the data folder (only its owner may read it) and tells Electron to keep to it. Call before `ready` and before
 * the single-instance lock, which is one per data folder. Chromium's own files go into `window/`, so that the folder
 * stays readable for a person looking for the permit.
 * @returns the absolute path. Throws when the folder cannot be made: without it there is no app.
 */
export function prepareDataDir(deps: {
  app: Pick<App, 'setPath'>;
  wanted: string | null;
  fallback: string;
  cwd: string;
}): string {
  const dir = followMoves(resolve(deps.cwd, deps.wanted ?? deps.fallback));
  const chromium = join(dir, 'window');
  mkdirSync(chromium, { recursive: true, mode: 0o700 });
  for (const path of [dir, chromium]) {
    try {
      chmodSync(path, 0o700);
    } catch {
      // A file system without modes (or a folder of somebody else's) stays as it is.
    }
  }
  deps.app.setPath('userData', dir);
  deps.app.setPath('sessionData', chromium);
  deps.app.setPath('crashDumps', join(chromium, 'crashes'));
  return dir;
}
