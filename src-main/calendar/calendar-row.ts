import { joinLabels, MOST_LABEL_LENGTH, MOST_LABELS, splitLabels } from '../core/labels.ts';
import type { Content, Media } from '../core/post.ts';
import type { NewPost } from '../core/queue.ts';
import type { DeskIndex, Seat } from './desk-index.ts';
import { contentHashOf, importKeyOf } from './import-key.ts';
import { localTimeOf } from './local-time.ts';
import type { MediaFinder } from './media-cells.ts';
import type { MediaFile } from './media-folder.ts';
import type { Nearest } from './nearest-name.ts';
import { type ReadTime, readPublishAt } from './publish-at.ts';
import type { ReadingChoices } from './reading-choices.ts';
import { quoted, type RowProblem, type Said, say } from './said.ts';

const MOST_PARTS = 50;
const MOST_PART_LENGTH = 100_000;
const MOST_LINK_LENGTH = 4_096;

/** One row of a calendar for one account: the post it would make, or what is wrong with it. */
export type CalendarRow = {
  readonly line: number;
  readonly brand: string;
  readonly network: string;
  readonly account: string;
  readonly timeZone: string;
  readonly text: string;
  readonly mediaCount: number;
  /** What the file calls the column of the time. */
  readonly timeColumn: string;
  readonly problems: readonly RowProblem[];
  /** What is wrong is only that the clocks skip its time or show it twice. */
  readonly isClockQuestion: boolean;
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
  readonly choices: ReadingChoices;
};

/** `checkContent` of the connectors. */
export type ContentCheck = (
  content: Content,
  limits: Seat['limits'],
) => readonly { readonly code: string; readonly level: 'error' | 'warning'; readonly message: Said }[];

/** The cells a post is made from. */
export type PostCell = 'publish_at' | 'text' | 'link' | 'media' | 'alt_text' | 'label';

/** A row as somebody wrote it, with its account and zone already found. */
export type WrittenRow = {
  readonly line: number;
  readonly named: { readonly brand: string; readonly network: string; readonly account: string };
  readonly seat: Seat | null;
  readonly zone: string | null;
  readonly zoneCell: string;
  readonly time: ReadTime | null;
  readonly text: string;
  readonly parts: readonly string[];
  readonly link: string;
  /** As they stand in the cell; empty ones do not count. */
  readonly labels: readonly string[];
  readonly mediaPaths: readonly string[];
  readonly altTexts: readonly string[];
  /** What is wrong already; more is added. */
  readonly problems: RowProblem[];
  /** What the file calls a cell. */
  readonly columnOf: (cell: PostCell) => string;
};

/** `readPublishAt`, with what was chosen for times that the clocks skip or show twice. */
export function readChosenTime(cell: string, zone: string, choices: ReadingChoices): ReadTime {
  const time = readPublishAt(cell, zone);
  if (time.ok || time.either === undefined || choices.clockChange === undefined) return time;
  const at = time.either[choices.clockChange === 'earlier' ? 0 : 1];
  return { ok: true, at, localTime: localTimeOf(at, zone) };
}

/** Makes the post of one row. Asks the disk only for media. */
export async function makeRow(written: WrittenRow, context: CalendarContext): Promise<CalendarRow> {
  const { line, named, seat, zone, time, text, mediaPaths, altTexts, problems } = written;
  const wrong = (cell: PostCell, said: Said) => problems.push({ line, column: written.columnOf(cell), said });
  const before = problems.length;
  if (time?.ok === false) wrong('publish_at', time.said);
  refuseControlCharacters(written, wrong);
  const isSaid = partsFit(written.parts, wrong);
  const link = readLink(written.link.trim(), wrong);
  const label = joinLabels(written.labels);
  for (const { length } of splitLabels(label))
    if (length > MOST_LABEL_LENGTH) wrong('label', tooLong(length, MOST_LABEL_LENGTH));
  const { length: labels } = splitLabels(label);
  if (labels > MOST_LABELS) wrong('label', tooManyLabels(labels));
  const files = seat === null ? [] : await findMedia(mediaPaths, seat, context, wrong);
  if (altTexts.length > mediaPaths.length)
    wrong('alt_text', tooManyAltTexts(altTexts.length, mediaPaths.length));

  const common = {
    line,
    brand: seat?.brand.name ?? named.brand,
    network: seat?.account.network ?? named.network,
    account: seat?.account.name ?? named.account,
    timeZone: zone ?? written.zoneCell,
    text,
    mediaCount: mediaPaths.length,
    timeColumn: written.columnOf('publish_at'),
    problems,
    seat,
  };
  if (seat === null || zone === null || !time?.ok || !isSaid || link === null || files === null) {
    const isClockQuestion =
      time?.ok === false && time.either !== undefined && before === 0 && problems.length === 1;
    return { ...common, isClockQuestion, post: null, media: [] };
  }
  const content: Content = {
    parts: written.parts,
    link,
    media: files.map((file, index) => mediaOf(file, altTexts[index])),
  };
  if (context.checksContent) {
    for (const problem of context.checkContent(content, seat.limits)) {
      if (problem.level === 'error') wrong(cellOfProblem(problem.code), problem.message);
    }
  }
  const post: NewPost = {
    accountId: seat.account.id,
    content,
    label,
    publishAt: time.at,
    localTime: time.localTime,
    timeZone: zone,
    contentHash: contentHashOf(content),
    importKey: importKeyOf(seat.account.id, time.at, content, context.occurrence),
  };
  return { ...common, isClockQuestion: false, post, media: files };
}

type Wrong = (cell: PostCell, said: Said) => void;

function partsFit(parts: readonly string[], wrong: Wrong): boolean {
  const longest = parts.reduce((most, part) => Math.max(most, part.length), 0);
  if (parts.length > MOST_PARTS) {
    const [en, fr] = [`The thread has ${parts.length} parts`, `Le fil a ${parts.length} parties`];
    wrong('text', say(`${en}; ${MOST_PARTS} are allowed.`, `${fr} ; ${MOST_PARTS} sont permises.`));
    return false;
  }
  if (longest <= MOST_PART_LENGTH) return true;
  wrong('text', tooLong(longest, MOST_PART_LENGTH));
  return false;
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

function refuseControlCharacters(written: WrittenRow, wrong: Wrong): void {
  const { text, link, altTexts, labels } = written;
  const cells = { text, link, alt_text: altTexts.join(' '), label: labels.join(' ') };
  for (const cell of ['text', 'link', 'alt_text', 'label'] as const) {
    if (CONTROL.test(cells[cell])) wrong(cell, controlCharacter);
  }
}

function cellOfProblem(code: string): PostCell {
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

function tooManyLabels(labels: number): Said {
  return say(
    `There are ${labels} labels; ${MOST_LABELS} are allowed.`,
    `Il y a ${labels} étiquettes ; ${MOST_LABELS} sont permises.`,
  );
}

function tooManyAltTexts(texts: number, media: number): Said {
  return say(
    `There are more descriptions (${texts}) than media (${media}).`,
    `Il y a plus de descriptions (${texts}) que de médias (${media}).`,
  );
}
