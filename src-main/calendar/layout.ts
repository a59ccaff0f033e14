import { readWrittenTime } from './foreign-time.ts';
import { anyTable } from './formats/any-table.ts';
import { type CalendarFormat, FIELDS, type FieldPlaces } from './formats/format.ts';
import { formatOf, formats } from './formats/index.ts';
import { calendarSpec } from './read-calendar.ts';
import { OWN_FORMAT, type ReadingChoices } from './reading-choices.ts';

/** How the rows of a file are read: which tool's, and which columns are what. */
export type Layout = {
  /** Null for All Stop's own calendar. */
  readonly format: CalendarFormat | null;
  readonly hasHeader: boolean;
  /** What the header calls each column; '' where there is none. */
  readonly names: readonly string[];
  readonly fields: FieldPlaces;
};

/** Formats a file may be in, the likeliest first; `isSure` when there is no doubt. Empty when nothing is known about it. */
export type Recognised = { readonly formats: readonly string[]; readonly isSure: boolean };

/** So many of our own required columns, and a file is our own calendar, perhaps with a typing error. */
const OURS_AT_LEAST = calendarSpec.required.length - 1;

/** Says what the first row of a table may be the header, or the first row, of. */
export function recognise(first: readonly string[]): Recognised {
  const names = first.map(nameOf);
  if (isOurs(names)) return { formats: [OWN_FORMAT], isSure: true };
  const found = formats
    .filter(({ required }) => required.length > 0 && required.every((name) => names.includes(name)))
    .map((format) => ({ id: format.id, known: knownIn(format, names) }))
    .sort((a, b) => b.known - a.known);
  const best = found[0]?.known ?? 0;
  if (found.length > 0) {
    const isSure = found.filter(({ known }) => known === best).length === 1;
    return { formats: found.map(({ id }) => id), isSure };
  }
  if (!beginsWithTime(first)) return { formats: [], isSure: false };
  const isPicture = /^https?:\/\/\S+\.(?:png|jpe?g|gif|webp|mp4|mov)(?:\?\S*)?$/iu.test(
    first[2]?.trim() ?? '',
  );
  const headless = formats
    .filter(({ positions }) => positions !== null && first.length <= positions.length)
    .sort((a, b) => Number(hasMedia(b) === isPicture) - Number(hasMedia(a) === isPicture));
  return { formats: headless.map(({ id }) => id), isSure: false };
}

const hasMedia = (format: CalendarFormat) => format.positions?.includes('media') ?? false;

function isOurs(names: readonly string[]): boolean {
  const known: readonly string[] = [...calendarSpec.required, ...calendarSpec.optional];
  const named = names.filter((name) => name !== '');
  const ours = named.filter((name) => known.includes(name)).length;
  const needed = calendarSpec.required.filter((column) => names.includes(column)).length;
  return ours * 2 > named.length && needed >= OURS_AT_LEAST;
}

function knownIn(format: CalendarFormat, names: readonly string[]): number {
  const known = new Set([...Object.values(format.columns).flat(), ...format.leftOut]);
  return names.filter((name) => known.has(name)).length;
}

/** How many columns of a first row are known to somebody: what tells separators apart. */
export function countKnown(first: readonly string[]): number {
  const names = first.map(nameOf);
  const ours = names.filter((name) =>
    [...calendarSpec.required, ...calendarSpec.optional].some((column) => column === name),
  ).length;
  return Math.max(ours, ...formats.map((format) => knownIn(format, names)));
}

function beginsWithTime(first: readonly string[]): boolean {
  const { kind } = readWrittenTime(first[0] ?? '');
  return kind === 'instant' || kind === 'plain' || kind === 'numbers';
}

/** The layout a person chose, or else the likeliest one. */
export function layOut(first: readonly string[], choices: ReadingChoices): Layout {
  const chosen = choices.format ?? '';
  const id = chosen === '' ? (recognise(first).formats[0] ?? anyTable.id) : chosen;
  const format = id === OWN_FORMAT ? null : (formatOf(id) ?? anyTable);
  const hasHeader = choices.hasHeader ?? (format?.positions == null && !beginsWithTime(first));
  const names = hasHeader ? first.map((cell) => cell.trim()) : first.map(() => '');
  const fields = choices.columns ?? fieldsOf(format, hasHeader ? first : []);
  return { format, hasHeader, names, fields };
}

function fieldsOf(format: CalendarFormat | null, header: readonly string[]): FieldPlaces {
  if (format === null) return {};
  const names = header.map(nameOf);
  const places: { [field: string]: number[] } = {};
  for (const [place, field] of (format.positions ?? []).entries()) places[field] = [place];
  if (format.positions !== null) return places;
  const taken = new Set<number>();
  for (const field of FIELDS) {
    for (const name of format.columns[field] ?? []) {
      const place = names.indexOf(name);
      if (place < 0 || taken.has(place) || (field !== 'media' && places[field] !== undefined)) continue;
      taken.add(place);
      places[field] = [...(places[field] ?? []), place];
    }
  }
  return places;
}

function nameOf(cell: string): string {
  return cell.trim().toLowerCase();
}
