import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { csvCell, guardedCell } from '../calendar/columns.ts';
import { joinPieces } from '../calendar/media-cells.ts';
import type { Account, Brand } from '../core/brand.ts';
import type { Instant } from '../core/clock.ts';
import { splitLabels } from '../core/labels.ts';
import type { Post } from '../core/post.ts';
import type { DatabaseCounts, Draft, Storage } from '../core/stores.ts';
import { DATABASE_FILE, databasePath, mediaPath } from '../data-folder.ts';
import { stopPaths } from '../stop/stop-files.ts';
import { openStorage } from '../storage/open-storage.ts';
import { makeTransferable } from '../storage/transferable.ts';
import { syncFolder } from '../sync-folder.ts';
import { type MediaEntry, writeMediaList } from './backup-record.ts';
import { copyJournal } from './copy-journal.ts';
import { bringMedia, listMedia } from './media-pool.ts';
import { bytesOf, needRoom } from './room.ts';
import { hashFile, moveFile, syncFile } from './whole-copies.ts';

/** What `export.json` of an export holds. It is written last: a folder without it is no export. */
export type ExportRecord = {
  readonly format: 'all-stop-export';
  readonly version: 1;
  readonly madeAt: string;
  readonly appVersion: string;
  readonly counts: DatabaseCounts;
  readonly mediaFiles: number;
  /** SHA-256 of each file beside it, by name. */
  readonly files: Readonly<Record<string, string>>;
};

export type ExportOrder = {
  readonly dataDir: string;
  /** The folder a person chose: the export becomes a new folder in it. */
  readonly into: string;
  readonly at: Instant;
  readonly appVersion: string;
  readonly flushJournal: () => Promise<void>;
  readonly isGivenUp: () => boolean;
};

const SCRATCH = 'export-part';
const FILES = [
  DATABASE_FILE,
  'brands.json',
  'accounts.json',
  'plans.json',
  'drafts.json',
  'saved-texts.json',
  'handles.json',
  'words.json',
  'posts.jsonl',
  'posts.csv',
  'drafts.csv',
  'media.txt',
  'journal.jsonl',
  'journal.head',
] as const;

/**
 * Writes everything the desk holds into a new folder, in formats other programs read: JSON, CSV, the journal as it is, media by their hash, and the
 * database without any sign-in, by which another computer takes it over. It is read from a copy, so that all of it is of one moment. The
 * path of the folder, or null when given up. Throws `NoRoom` and what the disk said; nothing is left then.
 */
export async function exportEverything(storage: Storage, order: ExportOrder): Promise<string | null> {
  const { dataDir } = order;
  const name = `all-stop-export-${new Date(order.at).toISOString().slice(0, 19).replaceAll(':', '-')}`;
  const folder = join(order.into, name);
  const unfinished = `${folder}.unfinished`;
  const scratch = join(dataDir, SCRATCH);
  const media = await listMedia(mediaPath(dataDir));
  await needRoom(dataDir, 2 * (await bytesOf(databasePath(dataDir))));
  const mediaBytes = media.reduce((sum, { bytes }) => sum + bytes, 0);
  const journalBytes = await bytesOf(stopPaths(dataDir).journal);
  await needRoom(order.into, 3 * (await bytesOf(databasePath(dataDir))) + journalBytes + mediaBytes);
  try {
    await rm(scratch, { recursive: true, force: true });
    await mkdir(scratch, { recursive: true, mode: 0o700 });
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true, mode: 0o700 });
    const database = join(scratch, DATABASE_FILE);
    if ((await storage.copyTo(database, order.isGivenUp)) === null) return null;
    await writeOpenFormats(database, unfinished, order);
    const counts = await makeTransferable(database);
    await moveFile(database, join(unfinished, DATABASE_FILE));
    const damaged = new Set(
      await bringMedia(mediaPath(dataDir), join(unfinished, 'media'), media, order.isGivenUp),
    );
    const whole = media.filter(({ sha256 }) => !damaged.has(sha256));
    await order.flushJournal();
    await copyJournal(stopPaths(dataDir), {
      journal: join(unfinished, 'journal.jsonl'),
      journalHead: join(unfinished, 'journal.head'),
    });
    if (order.isGivenUp()) return null;
    await writeRecord(unfinished, order, counts, whole);
    await rename(unfinished, folder);
    await syncFolder(order.into);
    return folder;
  } finally {
    await rm(scratch, { recursive: true, force: true });
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function writeRecord(
  folder: string,
  order: ExportOrder,
  counts: DatabaseCounts,
  media: readonly MediaEntry[],
): Promise<void> {
  await writeFile(join(folder, 'media.txt'), writeMediaList(media), { mode: 0o600 });
  const files: Record<string, string> = {};
  for (const name of FILES) {
    const path = join(folder, name);
    if ((await bytesOf(path)) > 0 || name === 'media.txt') files[name] = await hashFile(path);
  }
  const record: ExportRecord = {
    format: 'all-stop-export',
    version: 1,
    madeAt: new Date(order.at).toISOString(),
    appVersion: order.appVersion,
    counts,
    mediaFiles: media.length,
    files,
  };
  const path = join(folder, 'export.json');
  await writeFile(path, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  await syncFile(path);
}

/** Reads the copy as a database of its own, page by page: the connection of the app is not used. */
async function writeOpenFormats(database: string, folder: string, order: ExportOrder): Promise<void> {
  const opened = await openStorage({ path: database, now: () => order.at });
  if (!opened.ok) throw new Error(opened.error.message);
  const copy = opened.value;
  const json = (name: string, value: unknown) =>
    writeFile(join(folder, name), `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  try {
    const [brands, accounts, drafts, slots] = await Promise.all([
      copy.brands.list(),
      copy.accounts.list(),
      copy.drafts.list(),
      copy.slots.list(),
    ]);
    const needed = await copy.yes.brands();
    await json(
      'brands.json',
      brands.map((brand) => ({ ...brand, yesFrom: needed.get(brand.id) ?? '' })),
    );
    await json(
      'accounts.json',
      accounts.map((account) => ({ ...account, postingSlots: slots.get(account.id) ?? [] })),
    );
    await json('plans.json', { plans: await copy.plans.list(), otherTools: await copy.otherTools.list() });
    await json('drafts.json', drafts);
    await json('saved-texts.json', await copy.savedTexts.list());
    await json('handles.json', await copy.handles.list());
    await json('words.json', await copy.words.list());
    const names = namesOf(brands, accounts);
    await writeFile(
      join(folder, 'drafts.csv'),
      toCsv(
        ['id', 'label', 'local_time', 'time_zone', 'text', 'link', 'accounts'],
        drafts.flatMap((draft) => draftRows(draft, names)),
      ),
      { mode: 0o600 },
    );
    await writePosts(copy, folder, names, order.isGivenUp);
  } finally {
    await copy.close();
  }
}

type Names = ReturnType<typeof namesOf>;

/** A row for the shared text with the accounts that say it, and one for each text of accounts that say it in their own words. */
function draftRows(draft: Draft, names: Names): readonly (readonly string[])[] {
  const own = new Set(draft.variants.flatMap(({ accountIds }) => accountIds));
  const shared = { ...draft.content, accountIds: draft.accountIds.filter((id) => !own.has(id)) };
  return [shared, ...draft.variants].map(({ parts, link, accountIds }) => [
    String(draft.id),
    joinPieces(splitLabels(draft.label)),
    draft.localTime,
    draft.timeZone,
    parts.join('\n---\n'),
    link,
    accountIds.map((id) => names.account(id)).join(', '),
  ]);
}

function namesOf(brands: readonly Brand[], accounts: readonly Account[]) {
  const brandById = new Map(brands.map((brand) => [brand.id, brand]));
  const accountById = new Map(accounts.map((account) => [account.id, account]));
  return {
    brand: (id: number) => brandById.get(id)?.name ?? '',
    network: (id: number) => accountById.get(id)?.network ?? '',
    account: (id: number) => accountById.get(id)?.name ?? '',
  };
}

const COLUMNS = [
  'id',
  'brand',
  'network',
  'account',
  'state',
  'reason',
  'publish_at',
  'local_time',
  'time_zone',
  'text',
  'link',
  'media',
  'label',
  'urls',
] as const;

async function writePosts(
  copy: Storage,
  folder: string,
  names: Names,
  isGivenUp: () => boolean,
): Promise<void> {
  const lines = createWriteStream(join(folder, 'posts.jsonl'), { mode: 0o600 });
  const rows = createWriteStream(join(folder, 'posts.csv'), { mode: 0o600 });
  const ended = Promise.all([finished(lines), finished(rows)]);
  // A disk that fails meanwhile ends the loop by `errored`; what it said is thrown below.
  ended.catch(() => undefined);
  const write = async (stream: typeof lines, text: string) => {
    if (!stream.errored && !stream.write(text)) await Promise.race([once(stream, 'drain'), ended]);
  };
  await write(rows, toCsv(COLUMNS, []));
  for await (const posts of copy.posts.stream({})) {
    if (isGivenUp() || lines.errored || rows.errored) break;
    await write(lines, posts.map((post) => `${JSON.stringify(toJson(post, names))}\n`).join(''));
    await write(rows, posts.map((post) => toRow(rowOf(post, names))).join(''));
    await new Promise((resolve) => setImmediate(resolve));
  }
  lines.end();
  rows.end();
  await ended;
}

function toJson(post: Post, names: Names) {
  const { content, publishAt, createdAt, changedAt, yes, ...rest } = post;
  return {
    ...rest,
    ...(yes && { yesFrom: yes.from, yesFor: yes.for === null ? null : new Date(yes.for).toISOString() }),
    brand: names.brand(post.brandId),
    network: names.network(post.accountId),
    account: names.account(post.accountId),
    publishAt: new Date(publishAt).toISOString(),
    createdAt: new Date(createdAt).toISOString(),
    changedAt: new Date(changedAt).toISOString(),
    ...content,
  };
}

const rowOf = (post: Post, names: Names): readonly string[] => [
  String(post.id),
  names.brand(post.brandId),
  names.network(post.accountId),
  names.account(post.accountId),
  post.state,
  post.reason,
  new Date(post.publishAt).toISOString(),
  post.localTime,
  post.timeZone,
  post.content.parts.join('\n---\n'),
  post.content.link,
  post.content.media.map(({ sha256 }) => `media/${sha256}`).join('|'),
  joinPieces(splitLabels(post.label)),
  post.refs.map(({ url }) => url).join(' '),
];

const toRow = (cells: readonly string[]) =>
  `${cells.map((cell) => csvCell(guardedCell(cell))).join(',')}\r\n`;
const toCsv = (columns: readonly string[], rows: readonly (readonly string[])[]) =>
  [columns, ...rows].map(toRow).join('');
