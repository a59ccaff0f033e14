import type { Journal, JournalEvent, JournalRecord } from '../../src-main/stop/journal.ts';
import type { Random } from './random.ts';
import type { StopFiles } from './stop-files.ts';
import type { Timeline } from './timeline.ts';

/** As many as the running app reads back at a start. */
const TAIL = 600;
/** What was not synced at once is, so much later. */
const SYNC_MS = 50;

/** The journal's lines and how many of them outlive the power going now. The chain of hashes is not simulated. */
export function createSimJournal(timeline: Timeline, files: StopFiles, random: Random) {
  const lines: { readonly record: JournalRecord; readonly syncedAt: number }[] = [];

  function write(events: readonly JournalEvent[], syncMs: number): boolean {
    if (files.mood === 'full' || files.mood === 'read-only') return false;
    if (files.mood === 'failing' && random.chance(0.3)) return false;
    for (const { event, control = '', by = '', details = {} } of events) {
      const record = {
        seq: lines.length + 1,
        at: new Date(timeline.wall()).toISOString(),
        monotonic: timeline.monotonic(),
        event,
        control,
        by,
        details,
        prev: '',
        hash: '',
      };
      lines.push({ record, syncedAt: timeline.now() + syncMs });
    }
    return true;
  }

  return {
    /** For a process, as long as `isAlive` says so. */
    of: (isAlive: () => boolean): Journal => ({
      append: (event) => isAlive() && write([event], 0),
      appendSoon: (events) => isAlive() && write(events, SYNC_MS),
      flush: () => Promise.resolve(),
      tail: () => lines.slice(-TAIL).map(({ record }) => record),
      *back(events) {
        for (let index = lines.length - 1; index >= Math.max(0, lines.length - TAIL); index -= 1) {
          const { record } = lines[index] as (typeof lines)[number];
          if (events.includes(record.event)) yield record;
        }
      },
      close: () => {},
    }),

    losePower(): void {
      const from = lines.findIndex(({ syncedAt }) => syncedAt > timeline.now());
      if (from >= 0) lines.splice(random.int(from, lines.length));
    },

    length: () => lines.length,
    /** An older journal was put back. */
    cut: (length: number) => void lines.splice(length),

    /** Whether this attempt was told before now. */
    hasAttempt(key: string, attempt: number): boolean {
      for (let index = lines.length - 1; index >= 0; index -= 1) {
        const { event, details } = (lines[index] as (typeof lines)[number]).record;
        if (event === 'post.attempt' && details.key === key && details.attempt === attempt) return true;
      }
      return false;
    },
  };
}

export type SimJournal = ReturnType<typeof createSimJournal>;
