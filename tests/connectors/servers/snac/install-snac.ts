import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

const VERSION = '2.96-1~bpo13+1';
const SHA256 = '268ddcff3307220e200713b35d14fe8377c277a458ea7100f0d38d7e5566fd46';
const SOURCE = 'http://deb.debian.org/debian trixie-backports main';
const MOST_MS = 120_000;

/**
 * The program of Debian's package snac2, unpacked into the user's cache without installing anything on the system. apt works with
 * lists of its own, and the package is taken only when its SHA-256 is the one written here, so its source need not be trusted.
 * Throws when it cannot be had.
 */
export async function installSnac(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`its package is for Linux on x64, this is ${process.platform} on ${process.arch}`);
  }
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'all-stop');
  const folder = join(cache, `snac-${SHA256.slice(0, 16)}`);
  const program = join(folder, 'root/usr/bin/snac');
  if (await exists(program)) return program;

  await mkdir(cache, { recursive: true });
  const unfinished = await mkdtemp(`${folder}.`);
  try {
    const file = await download(unfinished);
    const sum = createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
    if (sum !== SHA256) throw new Error(`the package has the SHA-256 ${sum}, not ${SHA256}`);
    await run('dpkg', ['-x', file, join(unfinished, 'root')], unfinished);
    await rename(unfinished, folder).catch(async (error) => {
      if (!(await exists(program))) throw error; // else another run was quicker
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return program;
}

async function download(folder: string): Promise<string> {
  process.stderr.write('Fetching the Debian package snac2 for the tests, once (315 KB)…\n');
  await mkdir(join(folder, 'lists/partial'), { recursive: true });
  await mkdir(join(folder, 'archives/partial'), { recursive: true });
  await writeFile(join(folder, 'sources.list'), `deb [trusted=yes arch=amd64] ${SOURCE}\n`);
  const own = Object.entries({
    'Dir::Etc::SourceList': join(folder, 'sources.list'),
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::State::Lists': join(folder, 'lists'),
    'Dir::Cache': folder,
    'Acquire::http::Timeout': '15',
    'Acquire::Retries': '0',
    'APT::Sandbox::User': '',
  }).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  await run('apt-get', ['update', '-q', ...own], folder);
  await run('apt-get', ['download', '-q', ...own, `snac2=${VERSION}`], folder);
  return join(folder, `snac2_${VERSION.replaceAll(':', '%3a')}_amd64.deb`);
}

async function run(command: string, args: readonly string[], cwd: string): Promise<void> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], timeout: MOST_MS });
  let said = '';
  const hear = (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-1_000);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`${command} ended with ${String(code)}: ${said.trim().slice(-400)}`);
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
