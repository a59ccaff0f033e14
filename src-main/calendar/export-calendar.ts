import { copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { Account, Brand } from '../core/brand.ts';
import { splitLabels } from '../core/labels.ts';
import type { Media, Post } from '../core/post.ts';
import type { PostFilter } from '../core/queue.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import type { Storage } from '../core/stores.ts';
import { csvCell, guardedCell } from './columns.ts';
import { type Language, zoneName } from './local-time.ts';
import { joinPieces } from './media-cells.ts';
import { Canceled, createPacer } from './pacer.ts';
import { writePublishAt } from './publish-at.ts';
import { CALENDAR_COLUMNS, type CalendarColumn } from './read-calendar.ts';
import { inWords, say } from './said.ts';
import { joinParts } from './thread-text.ts';

export type ExportResult = {
  readonly path: string;
  readonly rows: number;
  /** Media that a post has and the data folder has not. Their paths stand in the file, so importing it says so. */
  readonly missingMedia: number;
  /** Held posts are left out: a calendar cannot say 'held', and importing it elsewhere would set them free. */
  readonly heldPosts: number;
};

/**
 * Writes what is scheduled as a calendar that importing reads back as the same posts: the same columns, UTF-8, commas. Their media are
 * copied into a folder beside it, '<name>-media'. Cells that a spreadsheet would run as a formula begin with an apostrophe, which the
 * import takes away again. The file is there whole or not at all. Refuses 'canceled' and 'cannot-write'.
 */
export async function exportCalendar(
  deps: { readonly storage: Pick<Storage, 'brands' | 'accounts' | 'posts'>; readonly mediaDir: string },
  path: string,
  options: {
    readonly language: Language;
    readonly signal: AbortSignal | null;
    readonly onProgress: (done: number, total: number) => void;
    /** Of what is scheduled, only this; everything without it. */
    readonly filter?: PostFilter;
  },
): Promise<Result<ExportResult>> {
  const part = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  try {
    const written = await writeRows(deps, path, part, options);
    await rename(part, path);
    return ok({ path, ...written });
  } catch (error) {
    await rm(part, { force: true }).catch(() => {});
    if (error instanceof Canceled) {
      return refuse('canceled', inWords(canceled, options.language));
    }
    const isSystem = error instanceof Error && 'syscall' in error;
    if (!isSystem) throw error;
    return refuse('cannot-write', inWords(cannotWrite(error.message), options.language));
  }
}

async function writeRows(
  deps: Parameters<typeof exportCalendar>[0],
  path: string,
  part: string,
  options: Parameters<typeof exportCalendar>[2],
): Promise<Omit<ExportResult, 'path'>> {
  const [brands, accounts] = await Promise.all([deps.storage.brands.list(), deps.storage.accounts.list()]);
  const counts = await countsOf(deps.storage.posts, options.filter);
  const desk = {
    brands: new Map(brands.map((brand) => [brand.id, brand])),
    accounts: new Map(accounts.map((account) => [account.id, account])),
  };
  const mediaFolder = `${basename(path, extname(path))}-media`;
  const pace = createPacer(options.signal);
  const copied = new Map<string, boolean>();
  let rows = 0;
  const handle = await open(part, 'w');
  try {
    await handle.writeFile(`${CALENDAR_COLUMNS.join(',')}\r\n`);
    for await (const posts of deps.storage.posts.stream(scheduledOf(options.filter))) {
      let text = '';
      for (const post of posts) {
        const turn = pace();
        if (turn) await turn;
        text += rowOf(post, desk, mediaFolder);
        for (const media of post.content.media) {
          const place = placeOf(media, mediaFolder);
          if (copied.has(place)) continue;
          copied.set(place, await copyMedia(join(deps.mediaDir, media.sha256), join(dirname(path), place)));
        }
      }
      await handle.writeFile(text);
      rows += posts.length;
      options.onProgress(rows, counts.scheduled);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  const missingMedia = [...copied.values()].filter((isThere) => !isThere).length;
  return { rows, missingMedia, heldPosts: counts.held };
}

/** A filter that shows no scheduled posts has none to write. */
function scheduledOf(filter: PostFilter = {}): PostFilter {
  const isShown = filter.states === undefined || filter.states.includes('scheduled');
  return { ...filter, states: isShown ? ['scheduled'] : [] };
}

async function countsOf(
  posts: Storage['posts'],
  filter: PostFilter | undefined,
): Promise<{ readonly scheduled: number; readonly held: number }> {
  if (filter === undefined) return posts.counts();
  const count = async (state: 'scheduled' | 'held') =>
    (await posts.page({ ...filter, states: [state] }, 'soonest', 0, 1)).total;
  return { scheduled: await count('scheduled'), held: await count('held') };
}

function rowOf(
  post: Post,
  desk: { brands: ReadonlyMap<number, Brand>; accounts: ReadonlyMap<number, Account> },
  mediaFolder: string,
): string {
  const account = desk.accounts.get(post.accountId);
  const zone = zoneName(post.timeZone);
  const cells: Record<CalendarColumn, string> = {
    brand: desk.brands.get(post.brandId)?.name ?? '',
    network: account?.network ?? '',
    account: account?.name ?? '',
    publish_at: zone === null ? new Date(post.publishAt).toISOString() : writePublishAt(post.publishAt, zone),
    time_zone: post.timeZone,
    text: joinParts(post.content.parts),
    link: post.content.link,
    media: post.content.media.map((media) => placeOf(media, mediaFolder)).join('|'),
    alt_text: joinPieces(post.content.media.map((media) => media.altText)),
    label: joinPieces(splitLabels(post.label)),
  };
  return `${CALENDAR_COLUMNS.map((column) => csvCell(guardedCell(cells[column]))).join(',')}\r\n`;
}

/** Beside the calendar, in a folder for each content so that equal names do not meet. */
function placeOf(media: Media, mediaFolder: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no file system takes them all
  const name = media.name.replace(/[\\/|:*?"<>\u0000-\u001f]/gu, '_').trim();
  return `${mediaFolder}/${media.sha256.slice(0, 16)}/${/^\.*$/u.test(name) ? 'media' : name}`;
}

/** False when the data folder does not have it. */
async function copyMedia(from: string, to: string): Promise<boolean> {
  const there = await stat(from).catch(() => null);
  if (there === null) return false;
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
  return true;
}

const canceled = say('The export was canceled.', 'L’export a été annulé.');

function cannotWrite(detail: string) {
  return say(
    `The file could not be written: ${detail}. What was there before is unchanged.`,
    `Le fichier n’a pas pu être écrit : ${detail}. Ce qui s’y trouvait est inchangé.`,
  );
}
