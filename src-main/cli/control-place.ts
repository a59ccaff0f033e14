import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, realpathSync, type Stats } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { readPlain } from './read-plain.ts';

/** What the place of the socket depends on besides the data folder. */
export type Surroundings = {
  readonly platform: NodeJS.Platform;
  /** -1 where the system has none. */
  readonly uid: number;
  /** `$XDG_RUNTIME_DIR`, '' when not set. */
  readonly runtimeDir: string;
  readonly tmpDir: string;
};

/** The name of the socket or pipe is kept here too, so that it is found from another session. */
export const PLACE_FILE = 'socket';
/** Systems allow 104 to 108 bytes. */
const MOST_PATH_BYTES = 100;
const PIPE = '\\\\.\\pipe\\all-stop-';

export function readSurroundings(env: NodeJS.ProcessEnv): Surroundings {
  const uid = process.getuid?.() ?? -1;
  return { platform: process.platform, uid, runtimeDir: env.XDG_RUNTIME_DIR ?? '', tmpDir: tmpdir() };
}

/**
 * Where the app of this data folder listens, its folder made (mode 0700). Throws when no folder can be had that only this user may
 * enter. On Windows a pipe with a name nobody can guess.
 */
export function makeControlPlace(dataDir: string, around: Surroundings): string {
  if (around.platform === 'win32') return `${PIPE}${randomBytes(16).toString('hex')}`;
  const problems: string[] = [];
  for (const { folder, path } of places(dataDir, around)) {
    if (Buffer.byteLength(path) >= MOST_PATH_BYTES) {
      problems.push(`${path} is too long for a socket`);
      continue;
    }
    const problem = makePrivate(folder, around.uid);
    if (problem === '') return path;
    problems.push(problem);
  }
  throw new Error(`No private folder for the control socket: ${problems.join('; ')}`);
}

/**
 * Where the app would be listening, most likely first. Nothing is made or asked. HAZARD: whoever listens there is believed, so a place
 * in a folder that is another user's, or that others may enter, is none.
 */
export function likelyControlPlaces(dataDir: string, around: Surroundings): readonly string[] {
  const written = writtenPlace(dataDir, around);
  if (around.platform === 'win32') return written;
  const derived = places(dataDir, around).map(({ path }) => path);
  return [...new Set([...written, ...derived])].filter((path) => isPrivate(dirname(path), around.uid));
}

function writtenPlace(dataDir: string, around: Surroundings): readonly string[] {
  const text = readPlain(join(dataDir, PLACE_FILE), 4_096)?.trim() ?? '';
  const isPlace = around.platform === 'win32' ? text.startsWith(PIPE) : isAbsolute(text);
  return isPlace ? [text] : [];
}

function places(dataDir: string, around: Surroundings): readonly { folder: string; path: string }[] {
  const name = `${createHash('sha256').update(realPath(dataDir)).digest('hex').slice(0, 16)}.sock`;
  const folders: string[] = [];
  if (isAbsolute(around.runtimeDir) && isPrivate(around.runtimeDir, around.uid)) {
    folders.push(join(around.runtimeDir, 'all-stop'));
  }
  for (const shared of new Set([around.tmpDir, '/tmp'])) folders.push(join(shared, `all-stop-${around.uid}`));
  return folders.map((folder) => ({ folder, path: join(folder, name) }));
}

/** Makes the folder if it is not there; '' when it is ours alone, else why not. A link or a folder of another user is refused. */
function makePrivate(folder: string, uid: number): string {
  try {
    mkdirSync(folder, { mode: 0o700 });
    // The process's umask may have taken bits away.
    chmodSync(folder, 0o700);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST') return `${folder} cannot be made (${code})`;
  }
  return isPrivate(folder, uid) ? '' : `${folder} can be entered by others`;
}

function isPrivate(folder: string, uid: number): boolean {
  let found: Stats;
  try {
    found = lstatSync(folder);
  } catch {
    return false;
  }
  return found.isDirectory() && found.uid === uid && (found.mode & 0o077) === 0;
}

/** One data folder has one place, whichever way its path is written. */
function realPath(dataDir: string): string {
  try {
    return realpathSync(dataDir);
  } catch {
    return resolve(dataDir);
  }
}
