import type { Instant } from '../core/clock.ts';
import type { NumberedRow } from './calendar-rows.ts';
import type { Language } from './local-time.ts';
import { createRowLog, type Outcome } from './row-log.ts';
import { inWords, type RowProblem } from './said.ts';

/** What an import would do. Fits `ImportPreview` of the window but for its id. */
export type CalendarPreview = {
  readonly fileName: string;
  /** All Stop's own calendar, or the id of a format. */
  readonly format: string;
  readonly rows: number;
  /** To be added, likely duplicates among them. */
  readonly newRows: number;
  readonly duplicateRows: number;
  /** New ones whose brand needs a yes: they will be held until there is one. */
  readonly yesRows: number;
  /** Imported before; they add nothing. */
  readonly knownRows: number;
  /** Not to be added, those whose time has passed or is a question of the clocks among them. */
  readonly badRows: number;
  readonly pastRows: number;
  readonly clockRows: number;
  /** Of the new rows. */
  readonly firstAt: Instant | null;
  readonly lastAt: Instant | null;
  /** At most 500, in file order. */
  readonly problems: { line: number; column: string; reason: string }[];
  readonly planWarning: string;
  /** What was assumed in reading the file; '' when nothing was. */
  readonly notice: string;
};

const MOST_PROBLEMS = 500;
const MOST_SHOWN_TEXT = 200;
const MOST_PROBLEMS_A_ROW = 5;

/** Counts rows and keeps them to be shown. */
export function createTally(language: Language) {
  const problems: CalendarPreview['problems'] = [];
  const counts = {
    rows: 0,
    newRows: 0,
    duplicateRows: 0,
    yesRows: 0,
    knownRows: 0,
    badRows: 0,
    pastRows: 0,
    clockRows: 0,
  };
  const log = createRowLog();
  let firstAt: Instant | null = null;
  let lastAt: Instant | null = null;
  return {
    log,
    firstAt: () => firstAt,
    lastAt: () => lastAt,
    read: () => ({ ...counts, firstAt, lastAt, problems }),
    add(row: NumberedRow, outcome: Exclude<Outcome, 'duplicate'>, wrong: readonly RowProblem[]) {
      counts.rows += 1;
      if (outcome === 'new' || outcome === 'known') counts[`${outcome}Rows`] += 1;
      else counts.badRows += 1;
      if (outcome === 'past' || outcome === 'clock') counts[`${outcome}Rows`] += 1;
      const told = wrong.map(({ line, column, said }) => ({
        line,
        column,
        reason: inWords(said, language),
      }));
      for (const one of told) if (problems.length < MOST_PROBLEMS) problems.push(one);
      const publishAt = row.post?.publishAt ?? 0;
      if (outcome === 'new') {
        firstAt = Math.min(firstAt ?? publishAt, publishAt);
        lastAt = Math.max(lastAt ?? publishAt, publishAt);
      }
      const { line, brand, network, account, timeZone, mediaCount: media } = row;
      const text = row.text.slice(0, MOST_SHOWN_TEXT);
      const reasons = told.slice(0, MOST_PROBLEMS_A_ROW).map(({ column, reason }) => ({ column, reason }));
      log.add(
        { line, brand, network, account, publishAt, timeZone, text, media, problems: reasons },
        outcome,
      );
    },
    addWaiting() {
      counts.yesRows += 1;
    },
    markDuplicate(number: number) {
      counts.duplicateRows += 1;
      log.markDuplicate(number);
    },
  };
}
