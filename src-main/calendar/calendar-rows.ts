import type { Instant } from '../core/clock.ts';
import type { Connector } from '../core/connector.ts';
import type { Storage } from '../core/stores.ts';
import type { CalendarContext, CalendarRow, ContentCheck } from './calendar-row.ts';
import { isBlank } from './columns.ts';
import type { CsvRow } from './csv-rows.ts';
import { createDeskIndex } from './desk-index.ts';
import { readForeignRow } from './foreign-row.ts';
import type { Layout } from './layout.ts';
import type { MediaFinder } from './media-cells.ts';
import { createNearest } from './nearest-name.ts';
import { type CalendarColumn, calendarSpec, readCalendarRow } from './read-calendar.ts';
import type { ReadingChoices } from './reading-choices.ts';
import { type RowProblem, type Said, say } from './said.ts';
import type { Source } from './source.ts';
import { shapeTable } from './table.ts';

/** Rows asked about, or added, in one statement. */
const BATCH_ROWS = 500;

/** A row with its number among all that a file makes, counted from 0: the same each time the file is read in the same way. */
export type NumberedRow = CalendarRow & { readonly number: number };

/** Every row of the file, planned, those of a bad shape too; at least `BATCH_ROWS` at a time but for the last. */
export async function* readCalendarRows(
  deps: {
    readonly storage: Pick<Storage, 'brands' | 'accounts'>;
    readonly connectors: readonly Connector[];
    readonly checkContent: ContentCheck;
  },
  reading: {
    readonly source: Source;
    readonly layout: Layout;
    readonly choices: ReadingChoices;
    readonly media: MediaFinder;
    /** Whether texts are measured; they need not be twice. */
    readonly checksContent: boolean;
    readonly signal: AbortSignal | null;
    readonly pace: () => Promise<void> | undefined;
    readonly onBytes: (bytes: number) => void;
  },
): AsyncGenerator<readonly NumberedRow[]> {
  const { source, layout, choices, signal, pace, onBytes, media, checksContent } = reading;
  const [brands, accounts] = await Promise.all([deps.storage.brands.list(), deps.storage.accounts.list()]);
  const nearest = createNearest();
  const desk = createDeskIndex(brands, accounts, deps.connectors, nearest);
  const context: CalendarContext = {
    desk,
    nearest,
    media,
    checkContent: deps.checkContent,
    signal,
    checksContent,
    choices,
    occurrence: createOccurrences(),
  };
  const rows = source.rows(signal, onBytes);
  let batch: NumberedRow[] = [];
  let number = 0;
  for await (const piece of layout.format === null
    ? ownRows(rows, context, pace)
    : foreignRows(rows, layout, context, pace)) {
    for (const row of piece) {
      batch.push({ ...row, number });
      number += 1;
    }
    if (batch.length < BATCH_ROWS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function* ownRows(
  source: AsyncIterable<readonly CsvRow[]>,
  context: CalendarContext,
  pace: () => Promise<void> | undefined,
): AsyncGenerator<readonly CalendarRow[]> {
  for await (const { header, rows } of shapeTable<CalendarColumn>(source, calendarSpec)) {
    const read: CalendarRow[] = [];
    for (const row of rows) {
      const turn = pace();
      if (turn) await turn;
      const isWhole = row.kind === 'row';
      read.push(isWhole ? await readCalendarRow(row, header, context) : badRow(row.line, row.problem));
    }
    yield read;
  }
}

async function* foreignRows(
  source: AsyncIterable<readonly CsvRow[]>,
  layout: Layout,
  context: CalendarContext,
  pace: () => Promise<void> | undefined,
): AsyncGenerator<readonly CalendarRow[]> {
  let isFirst = layout.hasHeader;
  for await (const rows of source) {
    const read: CalendarRow[] = [];
    for (const row of rows) {
      if (isFirst) {
        isFirst = false;
        continue;
      }
      const turn = pace();
      if (turn) await turn;
      if (row.kind === 'fault') read.push(badRow(row.line, { line: row.line, column: '', said: row.said }));
      else if (!isBlank(row.cells)) read.push(...(await readForeignRow(row, layout, context)));
    }
    yield read;
  }
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
  return {
    line,
    ...empty,
    timeColumn: '',
    problems: [problem],
    isClockQuestion: false,
    post: null,
    seat: null,
    media: [],
  };
}

/** What is wrong with a row whose time has come; a row that is known already may be as old as it likes. */
export function pastProblem(row: CalendarRow, now: Instant): readonly RowProblem[] {
  if (row.post === null || row.post.publishAt > now) return [];
  return [{ line: row.line, column: row.timeColumn, said: inThePast }];
}

const inThePast: Said = say('This time has passed.', 'Cette heure est passée.');
