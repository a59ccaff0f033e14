import {
  type CalendarContext,
  type CalendarRow,
  makeRow,
  type PostCell,
  readChosenTime,
} from './calendar-row.ts';
import { plainCell } from './columns.ts';
import type { Seat } from './desk-index.ts';
import { noTime, readWrittenTime, type WrittenTime, wallTimeOf } from './foreign-time.ts';
import { anyTable } from './formats/any-table.ts';
import type { Field } from './formats/format.ts';
import type { Layout } from './layout.ts';
import { zoneName } from './local-time.ts';
import { splitPieces } from './media-cells.ts';
import type { ReadTime } from './publish-at.ts';
import { unknownZone } from './read-calendar.ts';
import { FileRefused, quoted, type RowProblem, type Said, say } from './said.ts';

/** Cells of a row of another tool's file by what they are for us. */
export type ForeignCells = {
  /** '' where the file has no such column. Of several media columns, see `media`. */
  cell(field: Field): string;
  /** Every picture or film the row names, in order. */
  readonly media: readonly string[];
  readonly time: WrittenTime;
  /** The time as it is written, both halves of it. */
  readonly timeText: string;
  /** What the row calls its accounts, one or several; '' when it names none. */
  readonly accounts: readonly AccountName[];
};

/** What a row calls an account. `name` is the key under which a person says what is meant. */
export type AccountName = {
  readonly name: string;
  readonly brand: string;
  readonly network: string;
  readonly account: string;
};

export function readForeignCells(cells: readonly string[], layout: Layout): ForeignCells {
  const { fields, format } = layout;
  // In a table of nobody in particular an apostrophe before a formula is a guard, as our own export writes it; other tools write none.
  const plain = format?.id === anyTable.id ? plainCell : (text: string) => text;
  const cell = (field: Field) => plain(cells[fields[field]?.[0] ?? -1] ?? '');
  const between = format?.betweenMedia ?? /\|/u;
  const media = (fields.media ?? [])
    .flatMap((place) => plain(cells[place] ?? '').split(between))
    .map((path) => path.trim())
    .filter((path) => path !== '');
  const whole = cell('publish_at');
  const time = whole.trim() === '' ? readWrittenTime(cell('date'), cell('time')) : readWrittenTime(whole);
  const timeText = whole.trim() === '' ? `${cell('date')} ${cell('time')}`.trim() : whole.trim();
  return { cell, media, time, timeText, accounts: accountsOf(cell, layout) };
}

function accountsOf(cell: (field: Field) => string, { fields, format }: Layout): readonly AccountName[] {
  const [brand, network, account] = [cell('brand').trim(), cell('network').trim(), cell('account').trim()];
  const several: Field = fields.account === undefined ? 'network' : 'account';
  const written = several === 'account' ? account : network;
  const between = format?.betweenAccounts ?? null;
  const pieces = between === null ? [written] : written.split(between).map((piece) => piece.trim());
  const named = new Map<string, AccountName>();
  for (const piece of pieces.filter((one) => one !== '' || pieces.length === 1)) {
    const one = several === 'account' ? { network, account: piece } : { network: piece, account };
    const name = [brand, one.network, one.account].filter((part) => part !== '').join(' / ');
    named.set(name, { name, brand, ...one });
  }
  return named.size === 0 ? [{ name: '', brand, network, account }] : [...named.values()];
}

/** Web addresses are no files: nothing is ever fetched. */
export const isWebAddress = (path: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//iu.test(path);

/** Whether a zone must be known to tell when the row goes out. */
export function needsZone({ time, cell }: ForeignCells): boolean {
  return (
    (time.kind === 'plain' || time.kind === 'numbers') && time.time !== '' && cell('time_zone').trim() === ''
  );
}

/** Reads one row for each account it is for; at least one, with what is wrong when it is for none. */
export async function readForeignRow(
  row: { readonly line: number; readonly cells: readonly string[] },
  layout: Layout,
  context: CalendarContext,
): Promise<readonly CalendarRow[]> {
  const cells = readForeignCells(row.cells, layout);
  const nameOfColumn = (field: Field) => columnName(layout, field);
  refuseUnasked(cells, context);
  const common: RowProblem[] = [];
  const wrong = (column: string, said: Said) => common.push({ line: row.line, column, said });
  const extra = row.cells.findIndex((cell, place) => place >= layout.names.length && cell.trim() !== '');
  if (extra >= 0) wrong('', tooManyCells(row.cells.length, layout.names.length));
  const text = cells.cell('text');
  if (layout.format?.betweenTexts && text.includes(layout.format.betweenTexts))
    wrong(nameOfColumn('text'), severalTexts(layout.format.betweenTexts));
  const linkCell = cells.cell('link').trim();
  const isSeveral = /\s*,\s*https?:\/\//iu.test(linkCell);
  if (isSeveral) wrong(nameOfColumn('link'), severalLinks);
  const { media, link } = sortMedia(cells.media, isSeveral ? '' : linkCell, context, (said) =>
    wrong(nameOfColumn('media'), said),
  );
  const zoneCell = cells.cell('time_zone').trim();
  const ownZone = zoneCell === '' ? null : zoneName(zoneCell);
  if (zoneCell !== '' && ownZone === null)
    wrong(nameOfColumn('time_zone'), unknownZone(zoneCell, context.nearest));
  const altTexts = splitPieces(cells.cell('alt_text'));
  const found = findSeats(cells.accounts, context);
  const naming = (['account', 'network', 'brand'] as const).find(
    (field) => layout.fields[field] !== undefined,
  );
  const accountColumn = naming === undefined ? '' : nameOfColumn(naming);
  const rows: CalendarRow[] = [];
  for (const { name, seat, said } of found) {
    const problems = [...common];
    if (said !== null) problems.push({ line: row.line, column: accountColumn, said });
    const chosenZone = context.choices.timeZone ?? '';
    const zone = ownZone ?? (chosenZone === 'brand' ? (seat?.brand.timeZone ?? null) : zoneName(chosenZone));
    // A time with its own offset needs no zone to be understood; the brand's is the one it is shown in.
    const shownZone = zone ?? seat?.brand.timeZone ?? null;
    rows.push(
      await makeRow(
        {
          line: row.line,
          named: { brand: name.brand, network: name.network, account: name.account || name.name },
          seat,
          zone: zoneCell !== '' && ownZone === null ? null : shownZone,
          zoneCell,
          time: shownZone === null ? null : timeOf(cells, shownZone, context),
          text,
          parts: [text],
          link,
          // As these tools and people write several: with commas, semicolons or lines between them.
          labels: cells.cell('label').split(/[,;|\n]/u),
          mediaPaths: media,
          // Descriptions of pictures that are left out have nothing to describe.
          altTexts: media.length < cells.media.length ? altTexts.slice(0, media.length) : altTexts,
          problems,
          columnOf: (cell: PostCell) => (cell === 'publish_at' ? timeColumn(layout) : nameOfColumn(cell)),
        },
        context,
      ),
    );
  }
  return rows;
}

/** What changes the meaning of every row is never assumed. */
function refuseUnasked(cells: ForeignCells, { choices }: CalendarContext): void {
  if (cells.time.kind === 'numbers' && choices.dateOrder === undefined)
    throw new FileRefused('needs-date-order', needsDateOrder(cells.timeText));
  if (needsZone(cells) && (choices.timeZone ?? '') === '')
    throw new FileRefused('needs-time-zone', needsTimeZone);
}

function timeOf(cells: ForeignCells, zone: string, { choices }: CalendarContext): ReadTime {
  const { time, timeText } = cells;
  if (time.kind === 'instant') return readChosenTime(time.text, zone, choices);
  if (time.kind === 'empty' || time.kind === 'unreadable') return { ok: false, said: noTime(time, timeText) };
  const wall = wallTimeOf(time, choices.dateOrder ?? 'ymd');
  return wall === null ? { ok: false, said: noTime(time, timeText) } : readChosenTime(wall, zone, choices);
}

/** Local files go with the post. A web address is never fetched: as a person chose, it is left out or becomes the link. */
function sortMedia(
  all: readonly string[],
  link: string,
  { choices }: CalendarContext,
  wrong: (said: Said) => void,
): { readonly media: readonly string[]; readonly link: string } {
  const files = all.filter((path) => !isWebAddress(path));
  const web = all.filter(isWebAddress);
  const [first] = web;
  if (first === undefined) return { media: files, link };
  if (choices.webMedia === undefined) wrong(notFetched(first));
  return { media: files, link: choices.webMedia === 'link' && link === '' ? first : link };
}

type FoundSeat = { readonly name: AccountName; readonly seat: Seat | null; readonly said: Said | null };

function findSeats(names: readonly AccountName[], { choices, desk }: CalendarContext): readonly FoundSeat[] {
  const found: FoundSeat[] = [];
  const taken = new Set<number>();
  for (const name of names) {
    const ids = choices.accounts?.[name.name] ?? [];
    if (ids.length === 0) found.push({ name, seat: null, said: noAccount(name.name) });
    for (const id of ids) {
      if (taken.has(id)) continue;
      taken.add(id);
      const seat = desk.seatOf(id);
      found.push({ name, seat, said: seat === null ? accountGone : null });
    }
  }
  return found;
}

/** What the file calls the column of a field; its letter where there is no header, '' where there is no such column. */
function columnName(layout: Layout, field: Field): string {
  const place = layout.fields[field]?.[0];
  if (place === undefined) return '';
  return layout.names[place] || columnLetter(place);
}

function timeColumn(layout: Layout): string {
  const { publish_at: whole, date } = layout.fields;
  return columnName(layout, whole === undefined && date !== undefined ? 'date' : 'publish_at');
}

/** 'A', 'B', … 'Z', 'AA' as spreadsheets count. */
function columnLetter(place: number): string {
  const letter = String.fromCharCode(65 + (place % 26));
  return place < 26 ? letter : `${columnLetter(Math.floor(place / 26) - 1)}${letter}`;
}

function noAccount(name: string): Said {
  const given = quoted(name);
  return name === ''
    ? say(
        'The row names no account, and none was chosen for such rows.',
        'La ligne ne nomme aucun compte, et aucun n’a été choisi pour ces lignes.',
      )
    : say(`No account was chosen for ${given.en}.`, `Aucun compte n’a été choisi pour ${given.fr}.`);
}

const accountGone: Said = say('The account chosen is no longer there.', 'Le compte choisi n’existe plus.');

function needsDateOrder(written: string): Said {
  const given = quoted(written);
  return say(
    `${given.en} can be two days. Say whether the day or the month comes first.`,
    `${given.fr} peut être deux jours. Dites si le jour ou le mois vient en premier.`,
  );
}

const needsTimeZone: Said = say(
  'The times in this file belong to no time zone. Say which one is meant.',
  'Les heures de ce fichier n’ont pas de fuseau horaire. Dites lequel est voulu.',
);

const severalLinks: Said = say(
  'There are several links; a post has one.',
  'Il y a plusieurs liens ; une publication n’en a qu’un.',
);

function severalTexts(between: string): Said {
  return say(
    `“${between}” stands between several texts. Give each a row of its own.`,
    `« ${between} » sépare plusieurs textes. Donnez une ligne à chacun.`,
  );
}

function notFetched(address: string): Said {
  const given = quoted(address);
  return say(
    `${given.en} is a web address: All Stop fetches no pictures. Put the file beside this one, or choose what becomes of such pictures.`,
    `${given.fr} est une adresse web : All Stop ne télécharge aucune image. Placez le fichier à côté de celui-ci, ou choisissez ce qu’il advient de ces images.`,
  );
}

function tooManyCells(given: number, most: number): Said {
  return say(
    `The row has ${given} cells, the table ${most} columns. Is a cell with a separator in it not quoted?`,
    `La ligne a ${given} cellules, le tableau ${most} colonnes. Une cellule contenant un séparateur n’est-elle pas entre guillemets ?`,
  );
}
