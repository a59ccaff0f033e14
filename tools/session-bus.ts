import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endProcess, findProgram, spawnBound } from './bound-process.ts';
import { firstLine } from './first-line.ts';

export type SessionBus = { readonly address: string; stop(): Promise<void> };

/**
 * A session bus of our own, reachable by this user only. It starts no services by itself: a keyring that pops up on a display
 * nobody looks at would wait for ever for its password.
 */
const config = (
  socket: string,
) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

/** Starts the bus; null where dbus-daemon is not installed. */
export async function startSessionBus(): Promise<SessionBus | null> {
  if (findProgram('dbus-daemon') === null) return null;
  const folder = await mkdtemp(join(tmpdir(), 'all-stop-bus-'));
  const file = join(folder, 'session.conf');
  await writeFile(file, config(join(folder, 'bus')));
  const args = [`--config-file=${file}`, '--nofork', '--nopidfile', '--print-address=1'];
  const daemon = spawnBound('dbus-daemon', args, { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
  const stop = async () => {
    await endProcess(daemon, 2_000);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return { address: await firstLine(daemon, daemon.stdout, 'dbus-daemon'), stop };
  } catch (fault) {
    await stop();
    throw fault;
  }
}
