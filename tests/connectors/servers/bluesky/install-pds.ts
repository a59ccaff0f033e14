import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

const LOCK_FILES = ['package.json', 'package-lock.json'];
const MOST_MS = 10 * 60_000;

/**
 * The folder in which the server of `package-lock.json` is installed: in the user's cache, named by the lock file, so that it is fetched
 * once and not with every `npm ci`. No install script runs and nothing is compiled. Throws when it cannot be had.
 */
export async function installPds(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of LOCK_FILES) hash.update(await readFile(join(import.meta.dirname, name)));
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'all-stop');
  const folder = join(cache, `bluesky-pds-${hash.digest('hex').slice(0, 16)}`);
  if (await exists(folder)) return folder;

  await mkdir(cache, { recursive: true });
  const unfinished = await mkdtemp(`${folder}.`);
  try {
    for (const name of LOCK_FILES) await copyFile(join(import.meta.dirname, name), join(unfinished, name));
    await npmCi(unfinished);
    await rename(unfinished, folder).catch(async (error) => {
      if (!(await exists(folder))) throw error; // else another run was quicker
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return folder;
}

async function npmCi(folder: string): Promise<void> {
  process.stderr.write('Installing the Bluesky server for the tests, once (372 MB, about half a minute)…\n');
  const child = spawn('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    shell: process.platform === 'win32',
    timeout: MOST_MS,
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`npm ci ended with ${String(code)}: ${said.trim().slice(-500)}`);
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
