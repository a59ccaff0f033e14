import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type LastRun, MACHINE_TROUBLES, type MachineTrouble, type Untold } from './core/machine.ts';
import { readSmall } from './stop/sync-files.ts';
import { writeWhole } from './stop/whole-files.ts';

/** Kept beside the permit, outside the database: a database that is put back must not take the mark of the clock back with it. */
const FILE = 'last-run.json';

/** What the run before left; null when there is nothing that can be read: then nothing is known against this start. */
export function readLastRun(dataDir: string): LastRun | null {
  try {
    const { isRunning, aliveAt, kernel, uncleanEnds, untold } = JSON.parse(
      readSmall(join(dataDir, FILE)).text,
    ) as Partial<LastRun>;
    if (typeof isRunning !== 'boolean' || !Number.isSafeInteger(aliveAt) || !Number.isSafeInteger(kernel))
      return null;
    if (!Array.isArray(uncleanEnds) || !uncleanEnds.every(Number.isSafeInteger)) return null;
    return {
      isRunning,
      aliveAt: aliveAt as number,
      kernel: kernel as number,
      uncleanEnds,
      untold: asUntold(untold),
    };
  } catch {
    return null;
  }
}

/** Missing in what earlier versions left. */
function asUntold(read: unknown): readonly Untold[] {
  if (!Array.isArray(read)) return [];
  return read.filter(
    (each: Partial<Untold> | null) =>
      MACHINE_TROUBLES.includes(each?.trouble as MachineTrouble) && Number.isFinite(each?.shiftMs),
  );
}

/** Whole or not at all, durable on return. Throws what the disk says. */
export function writeLastRun(dataDir: string, run: LastRun): void {
  writeWhole(join(dataDir, FILE), () => textOf(run));
}

/** The same without holding up the process: for every minute. */
export async function keepLastRun(dataDir: string, run: LastRun): Promise<void> {
  const temporary = join(dataDir, `${FILE}.beat`);
  const file = await open(temporary, 'w', 0o600);
  try {
    await file.writeFile(textOf(run));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, join(dataDir, FILE));
}

const textOf = (run: LastRun) => `${JSON.stringify(run)}\n`;
