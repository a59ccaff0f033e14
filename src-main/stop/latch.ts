import type { LatchReading } from '../core/gate.ts';
import type { EngagedStop } from '../core/stop-types.ts';
import { parseStop } from './stop-record.ts';
import { overwriteSized, readSmall } from './sync-files.ts';

/** Room for a stop with its reason; the file keeps this size, so that writing it needs no free space. */
const LATCH_BYTES = 8_192;

/** The second, positive record beside the absence of the permit: the epoch, and the stop in force if there is one. */
export type Latch = {
  readonly version: 1;
  readonly state: 'armed' | 'stopped';
  readonly epoch: number;
  /** The stop of everything in force; null when armed. */
  readonly stop: EngagedStop | null;
};

/** Reads the latch. `stop` only when it is 'stopped' and whole. */
export function readLatch(path: string): LatchReading & { readonly stop: EngagedStop | null } {
  try {
    const latch = JSON.parse(readSmall(path, LATCH_BYTES).text) as Partial<Latch>;
    if (latch.version === 1 && Number.isSafeInteger(latch.epoch)) {
      if (latch.state === 'armed') return { state: 'armed', epoch: latch.epoch as number, stop: null };
      if (latch.state === 'stopped')
        return { state: 'stopped', epoch: latch.epoch as number, stop: parseStop(latch.stop) };
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { state: 'absent', epoch: 0, stop: null };
  }
  return { state: 'unreadable', epoch: 0, stop: null };
}

/** Overwrites the latch, durable on return. True when it was read back as written. A stop whose words do not fit is kept without them. */
export function writeLatch(path: string, latch: Omit<Latch, 'version'>): boolean {
  try {
    overwriteSized(path, fittingText({ version: 1, ...latch }), LATCH_BYTES);
    const back = readLatch(path);
    return back.state === latch.state && back.epoch === latch.epoch;
  } catch {
    return false;
  }
}

function fittingText(latch: Latch): string {
  const text = JSON.stringify(latch);
  if (!latch.stop || Buffer.byteLength(text) < LATCH_BYTES) return text;
  return JSON.stringify({ ...latch, stop: { ...latch.stop, by: '', reason: '', widenedFrom: '' } });
}
