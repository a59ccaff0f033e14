import type { Instant } from '../core/clock.ts';
import type { Language } from './local-time.ts';
import type { CalendarRow } from './read-calendar.ts';
import { inWords, type RowProblem } from './said.ts';

/** What an import would do. Fits `ImportPreview` of the window but for its id. */
export type CalendarPreview = {
  readonly fileName: string;
  readonly rows: number;
  readonly newRows: number;
  /** Imported before; they add nothing. */
  readonly knownRows: number;
  readonly badRows: number;
  /** Of the new rows. */
  readonly firstAt: Instant | null;
  readonly lastAt: Instant | null;
  /** At most 500, in file order. */
  readonly problems: { line: number; column: string; reason: string }[];
  /** At most 500, in file order. */
  readonly sample: {
    line: number;
    brand: string;
    network: string;
    account: string;
    publishAt: Instant;
    timeZone: string;
    text: string;
    media: number;
    status: 'new' | 'known' | 'bad';
  }[];
  readonly planWarning: string;
  /** What was assumed in reading the file; '' when nothing was. */
  readonly notice: string;
};

const MOST_SHOWN = 500;
const MOST_SHOWN_TEXT = 280;

/** Counts rows and keeps the first of them to be shown. */
export function createTally(language: Language) {
  const problems: CalendarPreview['problems'] = [];
  const sample: CalendarPreview['sample'] = [];
  const counts = { rows: 0, newRows: 0, knownRows: 0, badRows: 0 };
  let firstAt: Instant | null = null;
  let lastAt: Instant | null = null;
  return {
    firstAt: () => firstAt,
    lastAt: () => lastAt,
    read: () => ({ ...counts, firstAt, lastAt, problems, sample }),
    add(row: CalendarRow, status: 'new' | 'known' | 'bad', wrong: readonly RowProblem[]) {
      counts.rows += 1;
      counts[`${status}Rows`] += 1;
      for (const { line, column, said } of wrong) {
        if (problems.length < MOST_SHOWN) problems.push({ line, column, reason: inWords(said, language) });
      }
      const publishAt = row.post?.publishAt ?? 0;
      if (status === 'new') {
        firstAt = Math.min(firstAt ?? publishAt, publishAt);
        lastAt = Math.max(lastAt ?? publishAt, publishAt);
      }
      if (sample.length >= MOST_SHOWN) return;
      const { line, brand, network, account, timeZone, mediaCount } = row;
      const text = row.text.slice(0, MOST_SHOWN_TEXT);
      sample.push({ line, brand, network, account, publishAt, timeZone, text, media: mediaCount, status });
    },
  };
}
