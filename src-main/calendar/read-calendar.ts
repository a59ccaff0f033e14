import type { Content, Media } from '../core/post.ts';
import type { NewPost } from '../core/queue.ts';
import { type ColumnSpec, cellOf, type Header } from './columns.ts';
import type { DeskIndex, Seat } from './desk-index.ts';
import { contentHashOf, importKeyOf } from './import-key.ts';
import { zoneName } from './local-time.ts';
import { type MediaFinder, splitAltTexts, splitMedia } from './media-cells.ts';
import type { MediaFile } from './media-folder.ts';
import type { Nearest } from './nearest-name.ts';
import { type ReadTime, readPublishAt } from './publish-at.ts';
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

const MOST_PARTS = 50;
const MOST_PART_LENGTH = 100_000;
const MOST_LINK_LENGTH = 4_096;
const MOST_LABEL_LENGTH = 200;

/** One row of a calendar: the post it would make, or what is wrong with it. */
export type CalendarRow = {
  readonly line: number;
  readonly brand: string;
  readonly network: string;
  readonly account: string;
  readonly timeZone: string;
  readonly text: string;
  readonly mediaCount: number;
  readonly problems: readonly RowProblem[];
  /** Null when the row is too bad to be told from others. With `problems` it counts only if it is known already. */
  readonly post: NewPost | null;
  readonly seat: Seat | null;
  readonly media: readonly MediaFile[];
};

export type CalendarContext = {
  readonly desk: DeskIndex;
  readonly nearest: Nearest;
  readonly media: MediaFinder;
  readonly checkContent: ContentCheck;
  readonly signal: AbortSignal | null;
  /** How often this row was in this file until now, this time included. */
  readonly occurrence: (sameRow: string) => number;
  /** Whether texts are measured; they need not be twice. */
  readonly checksContent: boolean;
};

/** `checkContent` of the connectors. */
export type ContentCheck = (
  content: Content,
  limits: Seat['limits'],
) => readonly { readonly code: string; readonly level: 'error' | 'warning'; readonly message: Said }[];

/** Reads one row. Asks the disk only for media. */
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
  const zone = findZone(cell('time_zone').trim(), seat.zone, context.nearest, wrong);
  const time = zone === null ? null : readTime(cell('publish_at'), zone, wrong);
  const text = cell('text');
  refuseControlCharacters(cell, wrong);
  const parts = readParts(text, wrong);
  const link = readLink(cell('link').trim(), wrong);
  const label = cell('label').trim();
  if (label.length > MOST_LABEL_LENGTH) wrong('label', tooLong(label.length, MOST_LABEL_LENGTH));

  const paths = splitMedia(cell('media'));
  const files = seat.value === null ? [] : await findMedia(paths, seat.value, context, wrong);
  const altTexts = splitAltTexts(cell('alt_text'));
  if (altTexts.length > paths.length) wrong('alt_text', tooManyAltTexts(altTexts.length, paths.length));

  const common = {
    line: row.line,
    brand: seat.value?.brand.name ?? named.brand,
    network: seat.value?.account.network ?? named.network,
    account: seat.value?.account.name ?? named.account,
    timeZone: zone ?? cell('time_zone').trim(),
    text,
    mediaCount: paths.length,
    problems,
    seat: seat.value,
  };
  if (
    seat.value === null ||
    zone === null ||
    time === null ||
    parts === null ||
    link === null ||
    files === null
  ) {
    return { ...common, post: null, media: [] };
  }
  const content: Content = { parts, link, media: files.map((file, index) => mediaOf(file, altTexts[index])) };
  if (context.checksContent) {
    for (const problem of context.checkContent(content, seat.value.limits)) {
      if (problem.level === 'error') wrong(columnOf(problem.code), problem.message);
    }
  }
  const post: NewPost = {
    accountId: seat.value.account.id,
    content,
    label,
    publishAt: time.at,
    localTime: time.localTime,
    timeZone: zone,
    contentHash: contentHashOf(content),
    importKey: importKeyOf(seat.value.account.id, time.at, content, context.occurrence),
  };
  return { ...common, post, media: files };
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

function readTime(cell: string, zone: string, wrong: Wrong): (ReadTime & { ok: true }) | null {
  const time = readPublishAt(cell, zone);
  if (time.ok) return time;
  wrong('publish_at', time.said);
  return null;
}

function readParts(text: string, wrong: Wrong): readonly string[] | null {
  const parts = splitParts(text);
  const longest = parts.reduce((most, part) => Math.max(most, part.length), 0);
  if (parts.length > MOST_PARTS) {
    const [en, fr] = [`The thread has ${parts.length} parts`, `Le fil a ${parts.length} parties`];
    wrong('text', say(`${en}; ${MOST_PARTS} are allowed.`, `${fr} ; ${MOST_PARTS} sont permises.`));
    return null;
  }
  if (longest <= MOST_PART_LENGTH) return parts;
  wrong('text', tooLong(longest, MOST_PART_LENGTH));
  return null;
}

function readLink(link: string, wrong: Wrong): string | null {
  if (link === '') return link;
  if (link.length > MOST_LINK_LENGTH) {
    wrong('link', tooLong(link.length, MOST_LINK_LENGTH));
    return null;
  }
  if (/^https?:\/\/[^\s/?#]+\S*$/iu.test(link) && isUrl(link)) return link;
  const given = quoted(link);
  wrong(
    'link',
    say(
      `${given.en} is not a web address; it must begin with https:// or http://.`,
      `${given.fr} n’est pas une adresse web ; elle doit commencer par https:// ou http://.`,
    ),
  );
  return null;
}

function isUrl(text: string): boolean {
  try {
    return new URL(text).hostname !== '';
  } catch {
    return false;
  }
}

async function findMedia(
  paths: readonly string[],
  seat: Seat,
  context: CalendarContext,
  wrong: Wrong,
): Promise<readonly MediaFile[] | null> {
  const most = seat.limits.mediaCount;
  if (paths.length > most) {
    wrong(
      'media',
      say(
        `There are ${paths.length} media; ${most} are allowed.`,
        `Il y a ${paths.length} médias ; ${most} sont permis.`,
      ),
    );
    return null;
  }
  const files: MediaFile[] = [];
  let isComplete = true;
  for (const path of paths) {
    const found = await context.media.find(path, seat.limits, context.signal);
    if (found.ok) files.push(found.value);
    else {
      isComplete = false;
      wrong('media', found.said);
    }
  }
  return isComplete ? files : null;
}

function mediaOf(file: MediaFile, altText = ''): Media {
  return { sha256: file.sha256, mime: file.mime, bytes: file.bytes, name: file.name, altText };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/u;

function refuseControlCharacters(cell: (column: CalendarColumn) => string, wrong: Wrong): void {
  for (const column of ['text', 'link', 'alt_text', 'label'] as const) {
    if (CONTROL.test(cell(column))) wrong(column, controlCharacter);
  }
}

function columnOf(code: string): CalendarColumn {
  if (code.startsWith('alt-')) return 'alt_text';
  return code.includes('media') ? 'media' : 'text';
}

const controlCharacter: Said = say(
  'There is an invisible control character in it. Was the file saved as CSV in UTF-8?',
  'Il contient un caractère de contrôle invisible. Le fichier a-t-il été enregistré en CSV UTF-8 ?',
);

function tooLong(length: number, most: number): Said {
  return say(
    `It is ${length} characters long; ${most} are allowed.`,
    `Il compte ${length} caractères ; ${most} sont permis.`,
  );
}

function tooManyAltTexts(texts: number, media: number): Said {
  return say(
    `There are more descriptions (${texts}) than media (${media}).`,
    `Il y a plus de descriptions (${texts}) que de médias (${media}).`,
  );
}
