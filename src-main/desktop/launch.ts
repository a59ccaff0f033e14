import { homedir } from 'node:os';
import type { App } from 'electron';
import { registerAppScheme } from './app-scheme.ts';
import { type CommandLine, readCommandLine } from './command-line.ts';
import { defaultDataDir, prepareDataDir } from './data-dir.ts';
import { enableSandbox } from './session-guard.ts';

/** What has to be settled before Electron is ready: the data folder, its owner alone, the sandbox, the app's own scheme. */
export function prepareLaunch(app: App): { line: CommandLine; dataDir: string } {
  process.umask(0o077);
  const line = readCommandLine(process.argv, process.env);
  const dataDir = prepareDataDir({
    app,
    wanted: line.dataDir,
    fallback: defaultDataDir(process.platform, process.env, homedir()),
    cwd: process.cwd(),
  });
  enableSandbox(app);
  registerAppScheme();
  return { line, dataDir };
}
