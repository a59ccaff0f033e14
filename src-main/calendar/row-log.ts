import type { Instant } from '../core/clock.ts';

/**
 * What becomes of a row. 'new' and 'duplicate' are added; a likely duplicate will be held when its time comes. 'known' was imported
 * before. 'bad', 'past' (its time has passed) and 'clock' (the clocks skip its time or show it twice) are not added.
 */
export const OUTCOMES = ['new', 'duplicate', 'known', 'bad', 'past', 'clock'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export type LoggedRow = {
  readonly line: number;
  readonly brand: string;
  readonly network: string;
  readonly account: string;
  /** 0 when there is none. */
  readonly publishAt: Instant;
  readonly timeZone: string;
  readonly text: string;
  readonly media: number;
  /** What is wrong with it, by column. */
  readonly problems: { column: string; reason: string }[];
};

/** Rows kept to be looked at; a file of more is imported all the same. */
const MOST_ROWS = 300_000;
/** Rows written down together: few enough that a page of rows far from each other is read in some milliseconds. */
const ROWS_A_BLOCK = 32;

/** The rows of a preview, outside the heap: about 250 bytes each. */
export function createRowLog() {
  const blocks: Buffer[] = [];
  let open: LoggedRow[] = [];
  let outcomes = new Uint8Array(1_024);
  let kept = 0;

  function close(): void {
    if (open.length > 0) blocks.push(Buffer.from(JSON.stringify(open)));
    open = [];
  }

  function readBlock(block: number): readonly LoggedRow[] {
    const bytes = blocks[block];
    return bytes === undefined ? open : (JSON.parse(bytes.toString()) as LoggedRow[]);
  }

  return {
    /** Rows are added in the order of their numbers, from 0. */
    add(row: LoggedRow, outcome: Outcome): void {
      if (kept >= MOST_ROWS) return;
      if (kept === outcomes.length) {
        const more = new Uint8Array(outcomes.length * 2);
        more.set(outcomes);
        outcomes = more;
      }
      outcomes[kept] = OUTCOMES.indexOf(outcome);
      kept += 1;
      open.push(row);
      if (open.length === ROWS_A_BLOCK) close();
    },
    markDuplicate(number: number): void {
      if (number < kept) outcomes[number] = OUTCOMES.indexOf('duplicate');
    },
    /** Rows of these outcomes in file order; `total` counts those kept. */
    page(
      wanted: readonly Outcome[],
      offset: number,
      limit: number,
    ): { readonly rows: (LoggedRow & { outcome: Outcome })[]; readonly total: number } {
      const codes = new Set(wanted.map((outcome) => OUTCOMES.indexOf(outcome)));
      const rows: (LoggedRow & { outcome: Outcome })[] = [];
      let total = 0;
      let read: { block: number; rows: readonly LoggedRow[] } = { block: -1, rows: [] };
      for (let number = 0; number < kept; number += 1) {
        const code = outcomes[number] ?? 0;
        if (!codes.has(code)) continue;
        total += 1;
        if (total <= offset || rows.length >= limit) continue;
        const block = Math.floor(number / ROWS_A_BLOCK);
        if (read.block !== block) read = { block, rows: readBlock(block) };
        const row = read.rows[number % ROWS_A_BLOCK];
        if (row !== undefined) rows.push({ ...row, outcome: OUTCOMES[code] ?? 'bad' });
      }
      return { rows, total };
    },
  };
}
export type RowLog = ReturnType<typeof createRowLog>;
