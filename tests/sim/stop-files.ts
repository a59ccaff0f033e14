import type { Instant } from '../../src-main/core/clock.ts';
import type { LatchReading, PermitReading } from '../../src-main/core/gate.ts';
import type { EngagedStop } from '../../src-main/core/stop-types.ts';
import type { Random } from './random.ts';
import type { Timeline } from './timeline.ts';

/** What processes see of a file, and what is left of it when the power goes now. Null: it is not there. */
type Kept<T> = { live: T | null; durable: T | null; changedAt: number };

/** The system writes by itself what nobody synced. */
const WRITTEN_BACK_MS = 35_000;

type PermitFile = { readonly epoch: number; readonly sendsFrom: Instant; readonly isOurs: boolean };
type LatchFile = LatchReading & { readonly stop: EngagedStop | null };
export type NarrowFile = { readonly stop: EngagedStop; readonly endsAt: Instant | null };

/**
 * 'full': nothing that needs room can be written. 'failing': any write or sync may fail, before or after it took effect. 'unreadable':
 * nothing can be read. 'busy': a file that somebody else holds open cannot be removed (Windows).
 */
export type DiskMood = 'fine' | 'full' | 'read-only' | 'failing' | 'unreadable' | 'busy';

/** What the system answers when it does not do what it was asked. */
export class DiskError extends Error {}

/** The single system calls that change the files of the stop. */
export type Call =
  | 'unlink permit'
  | 'sync folder'
  | 'write latch'
  | 'sync latch'
  | 'write permit'
  | 'rename permit'
  | 'write narrow'
  | 'rename narrow'
  | 'unlink narrow'
  | 'sync narrow'
  | 'sync stops'
  | 'write reserved';

/**
 * Permit, latch and narrower stops of one data folder, one system call at a time. Every function throws `DiskError` for what the system
 * refuses; before each change `onCall` may let something else happen, the end of the process included.
 */
export function createStopFiles(timeline: Timeline, random: Random, onCall: (call: Call) => void) {
  const permit: Kept<PermitFile> = { live: null, durable: null, changedAt: 0 };
  const latch: Kept<LatchFile> = { live: null, durable: null, changedAt: 0 };
  const reserved: Kept<number> = { live: null, durable: null, changedAt: 0 };
  const narrow = new Map<string, Kept<NarrowFile>>();
  let written: PermitFile | null = null;
  let isTorn = false;

  const narrowOf = (key: string) => {
    const known = narrow.get(key) ?? { live: null, durable: null, changedAt: 0 };
    narrow.set(key, known);
    return known;
  };

  function put<T>(file: Kept<T>, content: T | null): void {
    file.live = content;
    file.changedAt = timeline.now();
  }

  const isWrittenBack = ({ changedAt }: Kept<unknown>) => timeline.now() - changedAt > WRITTEN_BACK_MS;

  /** @returns whether it fails after all, once done. */
  function begin(call: Call, needsRoom: boolean): boolean {
    onCall(call);
    const { mood } = files;
    if (mood === 'read-only') throw new DiskError('EROFS');
    if (mood === 'full' && needsRoom) throw new DiskError('ENOSPC');
    if (mood === 'busy' && call.startsWith('unlink')) throw new DiskError('EBUSY');
    if (mood !== 'failing' || !random.chance(0.3)) return false;
    if (random.chance(0.5)) throw new DiskError('EIO');
    return true;
  }

  function change(call: Call, needsRoom: boolean, act: () => void): void {
    const failsAfter = begin(call, needsRoom);
    act();
    if (failsAfter) throw new DiskError('EIO');
  }

  const mayRead = () => files.mood !== 'unreadable';

  const files = {
    mood: 'fine' as DiskMood,

    unlinkPermit: () =>
      change('unlink permit', false, () => {
        put(permit, null);
      }),
    syncFolder: () =>
      change('sync folder', false, () => {
        permit.durable = permit.live;
        reserved.durable = reserved.live;
      }),
    /** An empty file whose name is the number. */
    writeReserved: (epoch: number) =>
      change('write reserved', false, () => {
        put(reserved, epoch);
      }),
    /** Names of files can be read where what is in them cannot. */
    readReserved: (): number => reserved.live ?? 0,
    writeLatch: (state: 'armed' | 'stopped', epoch: number, stop: EngagedStop | null) => {
      change('write latch', latch.live === null, () => {
        put(latch, { state, epoch, stop });
      });
      change('sync latch', false, () => {
        latch.durable = latch.live;
      });
    },
    /** The new permit beside the old one, synced; `renamePermit` puts it in its place. */
    writePermit: (epoch: number, sendsFrom: Instant) =>
      change('write permit', true, () => {
        written = { epoch, sendsFrom, isOurs: true };
      }),
    renamePermit: () =>
      change('rename permit', false, () => {
        put(permit, written);
      }),
    writeNarrow: (key: string, file: NarrowFile, mayReplace: () => boolean = () => true) => {
      change('write narrow', true, () => {});
      if (!mayReplace()) return;
      change('rename narrow', false, () => {
        put(narrowOf(key), file);
      });
    },
    unlinkNarrow: (key: string) =>
      change('unlink narrow', false, () => {
        put(narrowOf(key), null);
      }),
    /** What the file itself holds; where it is, only `syncStops` makes durable. */
    syncNarrow: (_key: string) => change('sync narrow', false, () => {}),
    syncStops: () =>
      change('sync stops', false, () => {
        for (const file of narrow.values()) file.durable = file.live;
      }),

    readPermit(): PermitReading {
      if (!permit.live) return { ok: false, why: 'missing' };
      if (!mayRead()) return { ok: false, why: 'unreadable' };
      if (!permit.live.isOurs) return { ok: false, why: 'foreign' };
      return { ok: true, epoch: permit.live.epoch, sendsFrom: permit.live.sendsFrom };
    },
    readLatch(): LatchFile {
      if (!latch.live) return { state: 'absent', epoch: 0, stop: null };
      return mayRead() ? latch.live : { state: 'unreadable', epoch: 0, stop: null };
    },
    readNarrow(): readonly NarrowFile[] | null {
      if (!mayRead()) return null;
      return [...narrow.values()].flatMap(({ live }) => live ?? []);
    },
    narrowFile: (key: string): NarrowFile | null => narrow.get(key)?.live ?? null,

    /** What was not synced is there or not, as chance has it; a latch half written is neither. */
    losePower(): void {
      for (const file of [permit, reserved, ...narrow.values()] as Kept<unknown>[]) {
        if (file.live !== file.durable && !isWrittenBack(file) && random.chance(0.5))
          file.live = file.durable;
        file.durable = file.live;
      }
      if (latch.live !== latch.durable && !isWrittenBack(latch)) {
        const kind = random.int(0, 2);
        if (kind === 0) latch.live = latch.durable;
        if (kind === 1) {
          latch.live = { state: 'unreadable', epoch: 0, stop: null };
          isTorn = true;
        }
      }
      latch.durable = latch.live;
    },
    /** A tool that copies the folder back: the same bytes in other files. */
    copyBack(old: { permit: PermitFile | null; latch: LatchFile | null }): void {
      permit.live = permit.durable = old.permit ? { ...old.permit, isOurs: false } : null;
      latch.live = latch.durable = old.latch;
    },
    copy: () => ({ permit: permit.live, latch: latch.live }),
    /** Whether a stop of everything outlives the power going now. */
    isStopDurable(): boolean {
      const permitKept = isWrittenBack(permit) ? permit.live : permit.durable;
      const latchKept = isWrittenBack(latch) ? latch.live : latch.durable;
      const isArmed = latchKept?.state === 'armed' && latchKept.epoch === permitKept?.epoch;
      return permitKept === null || !permitKept.isOurs || !isArmed;
    },
    isPermitLive: () => permit.live !== null,
    /** All that later reads and a power loss depend on, as one text. */
    fingerprint: () =>
      JSON.stringify([
        files.mood,
        [permit, latch, reserved, ...narrow.values()].map((file: Kept<unknown>) => [
          file.live,
          file.durable,
          isWrittenBack(file),
        ]),
        [...narrow.keys()],
      ]),
    /** Whether the epoch was lost with a latch half written. */
    wasTorn: () => isTorn,
  };
  return files;
}

export type StopFiles = ReturnType<typeof createStopFiles>;
