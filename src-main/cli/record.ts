import type { PlannedPost } from '../core/queue.ts';
import { type Journal, type JournalEvent, openJournal } from '../stop/journal.ts';
import { plannedEvents } from '../stop/journal-events.ts';
import { stopPaths } from '../stop/stop-files.ts';
import { personName } from './person.ts';

function open(dataDir: string): Journal {
  const paths = stopPaths(dataDir);
  return openJournal({
    path: paths.journal,
    headPath: paths.journalHead,
    now: Date.now,
    monotonic: () => Number(process.hrtime.bigint() / 1_000_000n),
  });
}

/**
 * Writes into the journal what was done while the app is closed; it must be, because two writers would break the chain. What cannot be
 * recorded was done all the same.
 */
export function record(dataDir: string, event: Pick<JournalEvent, 'event' | 'details'>): void {
  try {
    const journal = open(dataDir);
    try {
      journal.append({ ...event, control: 'command-line', by: personName() });
    } finally {
      journal.close();
    }
  } catch {
    // A full disk: the import itself would have said so.
  }
}

/** The same of several lines, one after the other. False where not all of them were written. */
export function recordAll(dataDir: string, events: readonly JournalEvent[]): boolean {
  try {
    const journal = open(dataDir);
    try {
      for (const event of events) journal.append({ ...event, control: 'command-line' });
    } finally {
      journal.close();
    }
    return true;
  } catch {
    return false;
  }
}

/** The same of posts that were imported: many lines, synced once. */
export async function recordPlanned(
  dataDir: string,
  planned: AsyncIterable<readonly PlannedPost[]>,
): Promise<void> {
  let journal: Journal;
  try {
    journal = open(dataDir);
  } catch {
    return;
  }
  try {
    const by = personName();
    for await (const posts of planned)
      journal.appendSoon(plannedEvents(posts, 'imported', by, 'command-line'));
  } finally {
    closeQuietly(journal);
  }
}

/** What could not be synced is no reason to undo an import. */
function closeQuietly(journal: Journal): void {
  try {
    journal.close();
  } catch {
    // The lines were written; a disk that fails is said by the next that has to be durable.
  }
}
