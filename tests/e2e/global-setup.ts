import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endProcess, findProgram, spawnBound } from '../../tools/bound-process.ts';
import { ensureBuilt } from '../../tools/bundle.ts';
import { openDesktop } from '../../tools/desktop.ts';
import { findElectron } from '../../tools/find-electron.ts';

/** A window manager that takes no key for itself: every shortcut is the app's. */
const windowManagerConfig = `<?xml version="1.0"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <keyboard></keyboard>
  <mouse></mouse>
</openbox_config>
`;

/**
 * Gives the end-to-end tests a desktop of their own, whatever desktop this is run on: a virtual display, a window manager and a
 * session bus. The tests find them in DISPLAY, XAUTHORITY and DBUS_SESSION_BUS_ADDRESS, and the Electron binary in
 * ALLSTOP_TEST_ELECTRON. All of it ends with the runner, however that ends.
 */
export async function setup(): Promise<() => Promise<void>> {
  // Two projects share it; the first one called sets it up.
  if (process.env.ALLSTOP_TEST_ELECTRON !== undefined) return async () => {};
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const electron = await findElectron({ env: process.env, say });
  await electron.prepare();
  await ensureBuilt({ say });
  const { DISPLAY, WAYLAND_DISPLAY, XAUTHORITY, DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR, ...rest } =
    process.env;
  const before = { DISPLAY, WAYLAND_DISPLAY, XAUTHORITY, DBUS_SESSION_BUS_ADDRESS, XDG_RUNTIME_DIR };
  const runtimeFolder = await mkdtemp(join(tmpdir(), 'all-stop-e2e-'));
  const desktop = await openDesktop(rest);
  for (const name of Object.keys(before)) delete process.env[name];
  Object.assign(process.env, desktop.env, {
    XDG_RUNTIME_DIR: runtimeFolder,
    ALLSTOP_TEST_ELECTRON: electron.path,
  });
  const manager = await startWindowManager(runtimeFolder);
  return async () => {
    await manager?.stop();
    await desktop.stop();
    await rm(runtimeFolder, { recursive: true, force: true });
    for (const [name, value] of Object.entries(before)) if (value !== undefined) process.env[name] = value;
  };
}

async function startWindowManager(folder: string): Promise<{ stop(): Promise<void> } | null> {
  if (findProgram('openbox') === null) return null;
  const file = join(folder, 'openbox.xml');
  await writeFile(file, windowManagerConfig);
  const manager = spawnBound('openbox', ['--config-file', file, '--sm-disable'], {
    stdio: 'ignore',
    detached: true,
  });
  return { stop: () => endProcess(manager, 2_000) };
}
