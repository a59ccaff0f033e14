import { basename } from 'node:path';
import type { AccountId } from '../core/brand.ts';
import { isBlank } from './columns.ts';
import type { DeskIndex } from './desk-index.ts';
import {
  type AccountName,
  type ForeignCells,
  isWebAddress,
  needsZone,
  readForeignCells,
} from './foreign-row.ts';
import { type WrittenTime, wallTimeOf } from './foreign-time.ts';
import type { DateOrder, Field } from './formats/format.ts';
import { type Layout, layOut, recognise } from './layout.ts';
import { OWN_FORMAT, type ReadingChoices } from './reading-choices.ts';
import type { Source } from './source.ts';

/** A day of the file as it would be read in an order; '' when it is none then. */
export type DateSample = {
  readonly line: number;
  readonly written: string;
  readonly readings: { [O in DateOrder]: string };
};

/** What a file says of itself, and what it leaves open. */
export type FileLook = {
  readonly fileName: string;
  /** The format it is read in. */
  readonly format: string;
  readonly layout: Layout;
  /** Formats it may be in, the likeliest first; `isSure` when there is no doubt. */
  readonly candidates: string[];
  readonly isSure: boolean;
  readonly hasHeader: boolean;
  readonly sheets: string[];
  readonly sheet: string;
  readonly columns: { name: string; samples: string[] }[];
  readonly fields: { [F in Field]?: number[] };
  /** Without these nothing can be imported. */
  readonly missing: ('text' | 'publish_at')[];
  readonly rows: number;
  readonly dates: {
    /** Rows whose day is written with numbers only, the year last: the order must be known. */
    readonly open: number;
    /** Of those, how many are no day in this order. */
    readonly impossible: { [O in DateOrder]: number };
    /** How the tool's own help says days are written; null where it does not. */
    readonly usual: DateOrder | null;
    /** The first and the last of them, and one that tells the orders apart. */
    readonly samples: DateSample[];
  };
  /** Rows that go out at a wall time of no zone. */
  readonly zoneless: number;
  /**
   * What rows call their accounts, the most frequent first; '' is for rows that name none. `suggested`: the account that alone can be
   * meant, or none.
   */
  readonly accounts: { name: string; rows: number; suggested: AccountId[] }[];
  /** There are more names than are listed. */
  readonly moreAccounts: number;
  /** Rows with pictures that are web addresses. */
  readonly webMedia: number;
  /** Columns that nothing is made of, by name. */
  readonly leftOut: string[];
  /** What was assumed in reading the file, in words; '' when nothing was. */
  readonly notice: string;
};

const SAMPLES = 3;
const MOST_SAMPLE = 80;
const MOST_NAMES = 500;
const ORDERS: readonly DateOrder[] = ['dmy', 'mdy', 'ymd'];

/** Reads the whole table once and writes nothing. */
export async function lookAtFile(
  source: Source,
  choices: ReadingChoices,
  desk: DeskIndex,
  reading: {
    readonly signal: AbortSignal | null;
    readonly pace: () => Promise<void> | undefined;
    readonly onBytes: (bytes: number) => void;
  },
): Promise<Omit<FileLook, 'notice'>> {
  const layout = layOut(source.first, choices);
  const found = recognise(source.first);
  const columns = source.first.map((_, place) => ({
    name: layout.names[place] ?? '',
    samples: [] as string[],
  }));
  const dates = createDateEvidence();
  const names = createNameTally(desk);
  let [rows, zoneless, webMedia] = [0, 0, 0];
  let isFirst = layout.hasHeader;
  for await (const batch of source.rows(reading.signal, reading.onBytes)) {
    for (const row of batch) {
      const turn = reading.pace();
      if (turn) await turn;
      if (isFirst) {
        isFirst = false;
        continue;
      }
      if (row.kind === 'fault') rows += 1;
      if (row.kind === 'fault' || isBlank(row.cells)) continue;
      rows += 1;
      for (const [place, column] of columns.entries()) addSample(column.samples, row.cells[place] ?? '');
      if (layout.format === null) continue;
      const cells = readForeignCells(row.cells, layout);
      dates.add(row.line, cells);
      if (needsZone(cells)) zoneless += 1;
      if (cells.media.some(isWebAddress)) webMedia += 1;
      for (const name of cells.accounts) names.add(name);
    }
  }
  const { publish_at: whole, date, text } = layout.fields;
  const isForeign = layout.format !== null;
  return {
    fileName: basename(source.file.path),
    format: layout.format?.id ?? OWN_FORMAT,
    layout,
    candidates: [...found.formats],
    isSure: found.isSure,
    hasHeader: layout.hasHeader,
    sheets: [...source.sheets],
    sheet: source.sheet,
    columns,
    fields: Object.fromEntries(Object.entries(layout.fields).map(([field, places]) => [field, [...places]])),
    missing: [
      ...(isForeign && text === undefined ? (['text'] as const) : []),
      ...(isForeign && whole === undefined && date === undefined ? (['publish_at'] as const) : []),
    ],
    rows,
    dates: { ...dates.read(), usual: layout.format?.usualOrder ?? null },
    zoneless,
    ...names.read(),
    webMedia,
    leftOut: isForeign ? leftOutOf(layout, columns) : [],
  };
}

function addSample(samples: string[], cell: string): void {
  const text = cell.trim().replace(/\s+/gu, ' ').slice(0, MOST_SAMPLE);
  if (samples.length < SAMPLES && text !== '' && !samples.includes(text)) samples.push(text);
}

function leftOutOf(layout: Layout, columns: FileLook['columns']): string[] {
  const used = new Set(Object.values(layout.fields).flat());
  return columns.flatMap(({ name, samples }, place) =>
    used.has(place) || samples.length === 0 || name === '' ? [] : [name],
  );
}

function createDateEvidence() {
  const impossible = { dmy: 0, mdy: 0, ymd: 0 };
  let open = 0;
  let first: DateSample | null = null;
  let last: DateSample | null = null;
  let telling: DateSample | null = null;
  return {
    add(line: number, { time, timeText }: ForeignCells) {
      if (time.kind !== 'numbers') return;
      open += 1;
      const readings = readingsOf(time);
      const sample = { line, written: timeText.slice(0, MOST_SAMPLE), readings };
      for (const order of ORDERS) if (readings[order] === '') impossible[order] += 1;
      first ??= sample;
      last = sample;
      if ((readings.dmy === '') !== (readings.mdy === '')) telling ??= sample;
    },
    read() {
      const samples = [first, telling, last].filter((one) => one !== null);
      return {
        open,
        impossible,
        samples: samples.filter((one, place) => samples.findIndex(({ line }) => line === one.line) === place),
      };
    },
  };
}

/** 'YYYY-MM-DDTHH:MM' in each order. Without a time of day the day alone counts here. */
function readingsOf(time: WrittenTime & { kind: 'numbers' }): DateSample['readings'] {
  const whole = time.time === '' ? { ...time, time: '00:00:00' } : time;
  const read = (order: DateOrder) => wallTimeOf(whole, order)?.slice(0, 16).replace(' ', 'T') ?? '';
  return { dmy: read('dmy'), mdy: read('mdy'), ymd: read('ymd') };
}

function createNameTally(desk: DeskIndex) {
  const counts = new Map<string, { rows: number; readonly suggested: AccountId[] }>();
  let more = 0;
  return {
    add(name: AccountName) {
      const known = counts.get(name.name);
      if (known !== undefined) known.rows += 1;
      else if (counts.size >= MOST_NAMES) more += 1;
      else {
        const only = name.name === '' ? null : desk.onlySeat(name);
        counts.set(name.name, { rows: 1, suggested: only === null ? [] : [only.account.id] });
      }
    },
    read() {
      const accounts = [...counts]
        .map(([name, { rows, suggested }]) => ({ name, rows, suggested }))
        .sort((a, b) => b.rows - a.rows);
      return { accounts, moreAccounts: more };
    },
  };
}

/** The one order in which every day of the file exists; null when there are several, or none. */
export function onlyOrder({ dates }: FileLook): DateOrder | null {
  const possible = ORDERS.filter((order) => dates.impossible[order] === 0);
  return dates.open > 0 && possible.length === 1 ? (possible[0] ?? null) : null;
}
