import { type JournalEvent, openJournal } from '../stop/journal.ts';
import { stopPaths } from '../stop/stop-files.ts';
import { personName } from './person.ts';

/**
 * Writes into the journal what was done while the app is closed; it must be, because two writers would break the chain. What cannot be
 * recorded was done all the same.
 */
export function record(dataDir: string, event: Pick<JournalEvent, 'event' | 'details'>): void {
  const paths = stopPaths(dataDir);
  try {
    const journal = openJournal({
      path: paths.journal,
      headPath: paths.journalHead,
      now: Date.now,
      monotonic: () => Number(process.hrtime.bigint() / 1_000_000n),
    });
    try {
      journal.append({ ...event, control: 'command-line', by: personName() });
    } finally {
      journal.close();
    }
  } catch {
    // A full disk: the import itself would have said so.
  }
}
