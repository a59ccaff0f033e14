import type { Instant } from '../core/clock.ts';
import type { Connector } from '../core/connector.ts';
import type { Storage } from '../core/stores.ts';
import { createDeskIndex } from './desk-index.ts';
import type { MediaFinder } from './media-cells.ts';
import { createNearest } from './nearest-name.ts';
import {
  type CalendarColumn,
  type CalendarRow,
  type ContentCheck,
  calendarSpec,
  readCalendarRow,
} from './read-calendar.ts';
import { type RowProblem, type Said, say } from './said.ts';
import { readTable } from './table.ts';
import type { TextFile } from './text-file.ts';

/** Rows asked about, or added, in one statement. */
const BATCH_ROWS = 500;

/** Every row of the file, planned, those of a bad shape too; at least `BATCH_ROWS` at a time but for the last. */
export async function* readCalendarRows(
  deps: {
    readonly storage: Pick<Storage, 'brands' | 'accounts'>;
    readonly connectors: readonly Connector[];
    readonly checkContent: ContentCheck;
  },
  reading: {
    readonly file: TextFile;
    readonly media: MediaFinder;
    /** Whether texts are measured; they need not be twice. */
    readonly checksContent: boolean;
    readonly signal: AbortSignal | null;
    readonly pace: () => Promise<void> | undefined;
    readonly onBytes: (bytes: number) => void;
  },
): AsyncGenerator<readonly CalendarRow[]> {
  const { file, signal, pace, onBytes, media, checksContent } = reading;
  const [brands, accounts] = await Promise.all([deps.storage.brands.list(), deps.storage.accounts.list()]);
  const nearest = createNearest();
  const desk = createDeskIndex(brands, accounts, deps.connectors, nearest);
  const { checkContent } = deps;
  const context = {
    desk,
    nearest,
    media,
    checkContent,
    signal,
    checksContent,
    occurrence: createOccurrences(),
  };
  let batch: CalendarRow[] = [];
  for await (const { header, rows } of readTable<CalendarColumn>(file, calendarSpec, signal, onBytes)) {
    for (const row of rows) {
      const turn = pace();
      if (turn) await turn;
      const isWhole = row.kind === 'row';
      batch.push(isWhole ? await readCalendarRow(row, header, context) : badRow(row.line, row.problem));
    }
    if (batch.length < BATCH_ROWS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Counts how often each row was met. */
function createOccurrences(): (sameRow: string) => number {
  const seen = new Map<string, number>();
  return (sameRow) => {
    const count = (seen.get(sameRow) ?? 0) + 1;
    seen.set(sameRow, count);
    return count;
  };
}

function badRow(line: number, problem: RowProblem): CalendarRow {
  const empty = { brand: '', network: '', account: '', timeZone: '', text: '', mediaCount: 0 };
  return { line, ...empty, problems: [problem], post: null, seat: null, media: [] };
}

/** What is wrong with a row whose time has come; a row that is known already may be as old as it likes. */
export function pastProblem(row: CalendarRow, now: Instant): readonly RowProblem[] {
  if (row.post === null || row.post.publishAt > now) return [];
  return [{ line: row.line, column: 'publish_at', said: inThePast }];
}

const inThePast: Said = say('This time has passed.', 'Cette heure est passée.');
