import type { Journal } from './journal.ts';

/** A stop that is in force is told near the journal's end; one further back is told a second time, which readers pass over. */
const LOOKED_BACK_BYTES = 64 * 1024 * 1024;

/** One that was found is told already: its line comes behind. */
const TELLING = ['stop.engaged', 'stop.found', 'stop.released'];

/**
 * Which stops the journal tells of, as engaged or as what a release left in force. Reads back from its end, no further than each question
 * needs; a journal that cannot be read tells of none.
 */
export function createToldStops(journal: Pick<Journal, 'back'>): (id: string) => boolean {
  const told = new Set<string>();
  let lines: Iterator<ReturnType<Journal['tail']>[number] | null> | null = null;
  return (id) => {
    try {
      lines ??= journal.back(TELLING, LOOKED_BACK_BYTES)[Symbol.iterator]();
      while (!told.has(id)) {
        const next = lines.next();
        if (next.done) return false;
        if (!next.value) continue;
        const { event, details } = next.value;
        if (event !== 'stop.released') told.add(String(details.stop));
        if (Array.isArray(details.kept))
          for (const kept of details.kept.map(String)) told.add(kept.slice(kept.lastIndexOf('=') + 1));
      }
      return true;
    } catch {
      return false;
    }
  };
}
