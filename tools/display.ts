import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { endProcess, spawnBound } from './bound-process.ts';
import { firstLine } from './first-line.ts';
import { type Picture, readPicture } from './picture.ts';

export type Display = {
  /** As `:7`, for DISPLAY. */
  readonly name: string;
  /** The file that lets a client in, for XAUTHORITY. */
  readonly authority: string;
  /** What is on the screen now. */
  look(): Promise<Picture>;
  stop(): Promise<void>;
};

/** Room for a whole window of ours, on a screen that people have. */
const screen = '1600x1000x24';

/** Starts a virtual display on a free number. It ends with this process, however that ends. */
export async function startDisplay(): Promise<Display> {
  const folder = await mkdtemp(join(tmpdir(), 'all-stop-display-'));
  const authority = join(folder, 'authority');
  await writeFile(authority, cookieFile(randomBytes(16)), { mode: 0o600 });
  const args = ['-displayfd', '3', '-screen', '0', screen, '-auth', authority, '-fbdir', folder];
  const server = spawnBound('Xvfb', [...args, '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const stop = async () => {
    await endProcess(server, 3_000);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const number = await firstLine(server, server.stdio[3] as Readable, 'Xvfb');
    return {
      name: `:${number}`,
      authority,
      look: async () => readPicture(await readFile(join(folder, 'Xvfb_screen0'))),
      stop,
    };
  } catch (fault) {
    await stop();
    throw fault;
  }
}

/** An Xauthority file with one MIT-MAGIC-COOKIE-1 that holds for every address and display number (family "wild"). */
function cookieFile(cookie: Buffer): Buffer {
  const counted = (bytes: Buffer) =>
    Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
  const empty = Buffer.alloc(0);
  const parts = [empty, empty, Buffer.from('MIT-MAGIC-COOKIE-1'), cookie];
  return Buffer.concat([Buffer.from([255, 255]), ...parts.map(counted)]);
}
