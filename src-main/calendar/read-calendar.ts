import { type CalendarContext, type CalendarRow, makeRow, readChosenTime } from './calendar-row.ts';
import { type ColumnSpec, cellOf, type Header } from './columns.ts';
import type { DeskIndex, Seat } from './desk-index.ts';
import { zoneName } from './local-time.ts';
import { splitMedia, splitPieces } from './media-cells.ts';
import type { Nearest } from './nearest-name.ts';
import { hint, quoted, type RowProblem, type Said, say } from './said.ts';
import type { TableRow } from './table.ts';
import { splitParts } from './thread-text.ts';

export const CALENDAR_COLUMNS = [
  'brand',
  'network',
  'account',
  'publish_at',
  'time_zone',
  'text',
  'link',
  'media',
  'alt_text',
  'label',
] as const;
export type CalendarColumn = (typeof CALENDAR_COLUMNS)[number];

export const calendarSpec: ColumnSpec<CalendarColumn> = {
  required: ['brand', 'network', 'account', 'publish_at', 'text'],
  optional: ['time_zone', 'link', 'media', 'alt_text', 'label'],
};

/** Reads one row of All Stop's own calendar. Asks the disk only for media. */
export async function readCalendarRow(
  row: TableRow & { kind: 'row' },
  header: Header<CalendarColumn>,
  context: CalendarContext,
): Promise<CalendarRow> {
  const problems: RowProblem[] = [];
  const wrong = (column: CalendarColumn | '', said: Said) => problems.push({ line: row.line, column, said });
  const cell = (column: CalendarColumn) => cellOf(header, row.cells, column);
  const named = {
    brand: cell('brand').trim(),
    network: cell('network').trim(),
    account: cell('account').trim(),
  };
  const seat = findSeat(context.desk, named, wrong);
  const zoneCell = cell('time_zone').trim();
  const zone = findZone(zoneCell, seat.zone, context.nearest, wrong);
  const text = cell('text');
  return makeRow(
    {
      line: row.line,
      named,
      seat: seat.value,
      zone,
      zoneCell,
      time: zone === null ? null : readChosenTime(cell('publish_at'), zone, context.choices),
      text,
      parts: splitParts(text),
      link: cell('link'),
      labels: splitPieces(cell('label')),
      mediaPaths: splitMedia(cell('media')),
      altTexts: splitPieces(cell('alt_text')),
      problems,
      columnOf: (column) => column,
    },
    context,
  );
}

type Wrong = (column: CalendarColumn | '', said: Said) => void;

function findSeat(
  desk: DeskIndex,
  named: { brand: string; network: string; account: string },
  wrong: Wrong,
): { value: Seat | null; zone: string | null } {
  const brand = desk.brand(named.brand);
  const network = desk.network(named.network);
  if (!brand.ok) wrong('brand', brand.said);
  if (!network.ok) wrong('network', network.said);
  const zone = brand.ok ? brand.value.timeZone : null;
  if (!brand.ok || !network.ok) return { value: null, zone };
  const seat = desk.seat(brand.value, network.value, named.account);
  if (!seat.ok) wrong('account', seat.said);
  return { value: seat.ok ? seat.value : null, zone };
}

function findZone(written: string, brandZone: string | null, nearest: Nearest, wrong: Wrong): string | null {
  if (written === '') return brandZone;
  const zone = zoneName(written);
  if (zone === null) wrong('time_zone', unknownZone(written, nearest));
  return zone;
}

/** What is said of a zone this machine does not know. */
export function unknownZone(written: string, nearest: Nearest): Said {
  const given = quoted(written);
  const meant = hint(nearest('zone', written, () => Intl.supportedValuesOf('timeZone')));
  return say(
    `There is no time zone ${given.en}.${meant.en || ' Write for instance Europe/Paris.'}`,
    `Le fuseau horaire ${given.fr} n’existe pas.${meant.fr || ' Écrivez par exemple Europe/Paris.'}`,
  );
}
