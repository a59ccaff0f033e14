import { statSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type Ending, ended, run, spawnBound } from './bound-process.ts';
import { ensureBuilt } from './bundle.ts';
import { lacksDisplay, openDesktop } from './desktop.ts';
import { describeElectron, type Electron, findElectron } from './find-electron.ts';
import { takeFirstScreenshot } from './first-screenshot.ts';
import { failWith, projectRoot } from './project.ts';
import { passSignalsTo } from './signals.ts';
import { ensureSystemLibraries } from './system-libraries.ts';

const say = (line: string) => console.log(line);
const isRoot = process.getuid?.() === 0;

async function start(args: readonly string[]): Promise<number> {
  // Until there is an app to hand signals to, they end us; what we started ends with us.
  let onSignal = (signal: NodeJS.Signals): unknown => process.exit(128 + constants.signals[signal]);
  const stopPassing = passSignalsTo((signal) => onSignal(signal));
  const electron = await findElectron({ env: process.env, say: (line) => console.error(line) });
  say(describeElectron(electron));
  await electron.prepare();
  const purpose = lacksDisplay(process.env) ? 'virtual-display' : 'window';
  await ensureSystemLibraries({ purpose, binary: electron.path, say });
  await ensureSandbox(electron);
  await ensureBuilt({ say });
  const desktop = await openDesktop(process.env);
  try {
    const app = spawnBound(electron.path, [...(isRoot ? ['--no-sandbox'] : []), projectRoot, ...args], {
      stdio: 'inherit',
      env: { ...process.env, ...desktop.env },
      detached: process.platform === 'linux',
      whenOrphaned: 'KILL',
    });
    const over = ended(app);
    onSignal = (signal) => app.kill(signal);
    const gone = new AbortController();
    if (desktop.display !== null) {
      say(`There is no display here: the app opens on a virtual one, ${desktop.display.name}.`);
      takeFirstScreenshot({
        display: desktop.display,
        dataFolder: dataFolderOf(args),
        signal: gone.signal,
      }).then(
        (path) => path !== null && say(`Screenshot: ${path}`),
        (fault) => console.error(`No screenshot could be taken: ${fault}`),
      );
    }
    const ending = await over;
    gone.abort();
    return exitCodeOf(ending);
  } finally {
    stopPassing();
    await desktop.stop();
  }
}

/** The data folder the app was told to use; it finds its own otherwise. */
function dataFolderOf(args: readonly string[]): string | null {
  const given = args.findLast((argument) => argument.startsWith('--data-dir='))?.slice('--data-dir='.length);
  const folder = given ?? process.env.ALLSTOP_DATA_DIR;
  return folder ? resolve(folder) : null;
}

function exitCodeOf({ code, signal }: Ending): number {
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}

/** Chromium ends at once where it may not build its sandbox; we say how to allow it rather than do without. */
async function ensureSandbox({ path }: Electron): Promise<void> {
  if (process.platform !== 'linux' || isRoot) return;
  const helper = join(dirname(path), 'chrome-sandbox');
  const found = statSync(helper, { throwIfNoEntry: false });
  if (found !== undefined && found.uid === 0 && (found.mode & 0o4000) !== 0) return;
  if ((await run('unshare', ['--user', '--map-root-user', 'true'])).ok) return;
  throw new Error(
    `This system lets only root build the sandbox that Electron needs. Type: sudo chown root:root "${helper}" && sudo chmod 4755 "${helper}"`,
  );
}

try {
  process.exitCode = await start(process.argv.slice(2));
} catch (fault) {
  failWith(fault);
}
