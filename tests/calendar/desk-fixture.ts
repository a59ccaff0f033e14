import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createCalendarImport, type ImportOptions } from '../../src-main/calendar/import-calendar.ts';
import { connectors } from '../../src-main/connectors/index.ts';
import { checkContent } from '../../src-main/connectors/shared/check-content.ts';
import type { Post } from '../../src-main/core/post.ts';
import type { Storage } from '../../src-main/core/stores.ts';
import { openStorage } from '../../src-main/storage/open-storage.ts';
import { tempDir } from '../support/temp-dir.ts';

/** The moment at which the tests take place. */
export const NOW = Date.parse('2026-11-20T12:00:00Z');

export const HEADER = 'brand,network,account,publish_at,time_zone,text,link,media,alt_text,label';

/** One row of a calendar: an ordinary one but for what is changed. */
export const row = (changes: Partial<Record<string, string>> = {}) => {
  const cells: Record<string, string> = {
    brand: 'Maison Lune',
    network: 'practice',
    account: 'Lune',
    publish_at: '2026-12-01 09:30',
    time_zone: '',
    text: 'Bonjour',
    link: '',
    media: '',
    alt_text: '',
    label: '',
    ...changes,
  };
  return HEADER.split(',')
    .map((column) =>
      /[",\n;]/u.test(cells[column] ?? '') ? `"${cells[column]?.replaceAll('"', '""')}"` : cells[column],
    )
    .join(',');
};
/** A calendar of these rows. */
export const calendar = (...rows: string[]) => [HEADER, ...rows, ''].join('\r\n');

/** Two brands with accounts, in a real database in a folder of their own. */
export async function openDesk() {
  const dir = tempDir();
  const opened = await openStorage({ path: join(dir, 'all-stop.db'), now: () => NOW });
  if (!opened.ok) throw new Error(opened.error.message);
  const storage = opened.value;
  onTestFinished(() => storage.close());
  const paris = await addBrand(storage, 'Maison Lune', 'France', 'Europe/Paris');
  const london = await addBrand(storage, 'Harbour & Co', 'United Kingdom', 'Europe/London');
  await addAccount(storage, paris, 'practice', 'Lune');
  await addAccount(storage, paris, 'practice', '@lune.atelier');
  await addAccount(storage, london, 'practice', 'Harbour');
  let now = NOW;
  const clock = { now: () => now, set: (at: number) => (now = at) };
  const mediaDir = join(dir, 'media');
  const files = join(dir, 'files');
  mkdirSync(files);
  return {
    storage,
    dir: files,
    mediaDir,
    clock,
    importer: createCalendarImport({
      storage,
      connectors,
      checkContent,
      mediaDir,
      now: clock.now,
      inFlightCap: () => 4,
      by: () => 'Camille',
      onAdded: async () => {},
    }),
  };
}
export type Desk = Awaited<ReturnType<typeof openDesk>>;

export async function addBrand(storage: Storage, name: string, market: string, timeZone: string) {
  const made = await storage.brands.create({ name, market, timeZone, graceMs: 300_000, colour: '#336699' });
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}

export async function addAccount(storage: Storage, brand: { id: number }, network: string, name: string) {
  const made = await storage.accounts.create({
    brandId: brand.id,
    network,
    name,
    settings: {},
    sealed: null,
  });
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}

/** Writes a file beside the calendar and gives its path. */
export function put(desk: Desk, name: string, content: string | Uint8Array): string {
  const path = join(desk.dir, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

export const OPTIONS: ImportOptions = { language: 'en', signal: null, onProgress: () => {} };

/** Looks at a file; fails the test when it is refused as a whole. */
export async function preview(desk: Desk, path: string, options: Partial<ImportOptions> = {}) {
  const looked = await desk.importer.preview(path, { ...OPTIONS, ...options });
  if (!looked.ok) throw new Error(`${looked.error.code}: ${looked.error.message}`);
  return looked.value;
}

/** Looks and carries out. */
export async function importFile(desk: Desk, path: string, skipBad = false) {
  const prepared = await preview(desk, path);
  return desk.importer.apply(prepared, { ...OPTIONS, skipBad });
}

export async function allPosts(storage: Storage): Promise<Post[]> {
  const posts: Post[] = [];
  for await (const chunk of storage.posts.stream({})) posts.push(...chunk);
  return posts;
}
