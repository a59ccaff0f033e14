import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccountId } from '../../src-main/core/brand.ts';
import type { NewPost } from '../../src-main/core/queue.ts';
import type { Storage } from '../../src-main/core/stores.ts';
import { openStorage, type StorageOptions } from '../../src-main/storage/open-storage.ts';

/** 2027-01-15T08:00:00Z: what the storage tests take for now. */
export const NOW = 1_800_000_000_000;
export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

export async function openOrThrow(path: string, more: Partial<StorageOptions> = {}): Promise<Storage> {
  const opened = await openStorage({ path, now: () => NOW, ...more });
  if (!opened.ok) throw new Error(`${opened.error.code}: ${opened.error.message}`);
  return opened.value;
}

export async function makeFolder(): Promise<{ folder: string; path: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'all-stop-storage-'));
  return {
    folder,
    path: join(folder, 'queue.db'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

let brandsMade = 0;

export async function makeBrand(
  storage: Storage,
  more: Partial<Parameters<Storage['brands']['create']>[0]> = {},
): Promise<number> {
  brandsMade += 1;
  const made = await storage.brands.create({
    name: `Brand ${brandsMade}`,
    market: 'FR',
    timeZone: 'Europe/Paris',
    graceMs: 5 * MINUTE,
    colour: '#336699',
    ...more,
  });
  if (!made.ok) throw new Error(made.error.message);
  return made.value.id;
}

export async function makeAccount(
  storage: Storage,
  brandId: number,
  name: string,
  network = 'practice',
): Promise<AccountId> {
  const made = await storage.accounts.create({ brandId, network, name, settings: {}, sealed: null });
  if (!made.ok) throw new Error(made.error.message);
  return made.value.id;
}

export function makePost(accountId: AccountId, more: Partial<NewPost> & { text?: string } = {}): NewPost {
  const { text = 'Our shop in Lyon opens on Saturday.', ...rest } = more;
  return {
    accountId,
    content: { parts: [text], link: '', media: [] },
    label: '',
    publishAt: NOW,
    localTime: '2027-01-15T09:00',
    timeZone: 'Europe/Paris',
    contentHash: `hash of ${text} ${rest.publishAt ?? NOW}`,
    importKey: null,
    ...rest,
  };
}
