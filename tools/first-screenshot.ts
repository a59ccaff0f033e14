import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Display } from './display.ts';
import { isBlank, type Picture, toPng } from './picture.ts';
import { pause } from './project.ts';

const lookEveryMs = 400;
/** A page that never comes to rest is taken as it is. */
const restWithinMs = 8_000;

type Deps = {
  readonly display: Display;
  /** The data folder, when it was named: the picture goes to its `screenshots`; else to a temporary folder. */
  readonly dataFolder: string | null;
  readonly signal: AbortSignal;
};

/** Waits for a window and for its page to come to rest, and keeps a picture of it. Null when aborted before. */
export async function takeFirstScreenshot({ display, dataFolder, signal }: Deps): Promise<string | null> {
  let last: Picture | null = null;
  let seenAt: number | null = null;
  while (!signal.aborted) {
    await pause(lookEveryMs);
    if (signal.aborted) return null;
    const now = await display.look();
    if (isBlank(now)) continue;
    seenAt ??= performance.now();
    const rests = last?.pixels.equals(now.pixels) ?? false;
    if (rests || performance.now() - seenAt > restWithinMs) return keep(now, dataFolder);
    last = now;
  }
  return null;
}

async function keep(picture: Picture, dataFolder: string | null): Promise<string> {
  const folder =
    dataFolder === null
      ? await mkdtemp(join(tmpdir(), 'all-stop-screenshot-'))
      : join(dataFolder, 'screenshots');
  await mkdir(folder, { recursive: true });
  const path = join(folder, `start-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.png`);
  await writeFile(path, toPng(picture), { mode: 0o600 });
  return path;
}
