import { createHash } from 'node:crypto';
import type { AccountId, BrandId } from '../../src-main/core/brand.ts';
import type { Instant } from '../../src-main/core/clock.ts';
import type { NewPost } from '../../src-main/core/queue.ts';
import type { Storage } from '../../src-main/core/stores.ts';
import { accountContext, sealFields } from '../../src-main/secrets/seal.ts';
import { openStorage } from '../../src-main/storage/open-storage.ts';

const ACCOUNTS = 1_000;
const BRANDS = 100;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Nothing that is only pending may fall due while a bench runs. */
const FIRST_PENDING = 3 * HOUR;

export async function openOrThrow(path: string): Promise<Storage> {
  const opened = await openStorage({ path, now: Date.now });
  if (!opened.ok) throw new Error(`${opened.error.code}: ${opened.error.message}`);
  return opened.value;
}

/** 1,000 accounts of 100 brands in two markets. With `webhook` they send to it, signed; else they write into the outbox. */
export async function makeDesk(
  storage: Storage,
  webhook?: { readonly url: string; readonly publicKey: string },
): Promise<readonly AccountId[]> {
  const ids: AccountId[] = [];
  for (let number = 0; number < BRANDS; number += 1) {
    const brand = await storage.brands.create({
      name: `Brand ${number}`,
      market: number % 2 === 0 ? 'France' : 'Belgium',
      timeZone: 'Europe/Paris',
      graceMs: 5 * 60_000,
      colour: '#336699',
    });
    if (!brand.ok) throw new Error(brand.error.message);
    for (let place = 0; place < ACCOUNTS / BRANDS; place += 1) {
      const account = await storage.accounts.create({
        brandId: brand.value.id,
        network: webhook ? 'webhook' : 'practice',
        name: `account ${place}`,
        settings: webhook ? { url: webhook.url } : {},
        sealed: null,
      });
      if (!account.ok) throw new Error(account.error.message);
      const { id } = account.value;
      if (webhook) {
        const sealed = sealFields(webhook.publicKey, accountContext(id), { secret: 'a secret of the bench' });
        await storage.accounts.setSealed(id, sealed);
      }
      ids.push(id);
    }
  }
  return ids;
}

export async function accountIds(storage: Storage): Promise<readonly AccountId[]> {
  return (await storage.accounts.list()).map(({ id }) => id);
}

export async function brandOf(storage: Storage, accountId: AccountId): Promise<BrandId> {
  const account = await storage.accounts.read(accountId);
  if (!account) throw new Error(`no account ${accountId}`);
  return account.brandId;
}

/** Posts numbered `from` to `to`, spread over the accounts in turn, each with a text of its own. */
export function makePosts(
  accounts: readonly AccountId[],
  { from, to }: { readonly from: number; readonly to: number },
  publishAt: (number: number) => Instant,
  series = 'pending',
): NewPost[] {
  return Array.from({ length: to - from }, (_, index): NewPost => {
    const number = from + index;
    return {
      accountId: accounts[number % accounts.length] as AccountId,
      content: {
        parts: [
          `Our shop in Lyon opens its doors on Saturday: come and have a coffee with us. ${series} ${number} #lyon #café`,
        ],
        link: 'https://example.org/shop',
        media: [],
      },
      label: number % 10 === 0 ? 'spring' : '',
      publishAt: publishAt(number),
      localTime: '2027-01-15T09:00',
      timeZone: 'Europe/Paris',
      contentHash: createHash('sha256').update(`${series} ${number}`).digest('hex'),
      importKey: null,
    };
  });
}

/** An instant in the coming 30 days, the same one for the same number, without order. */
export function pendingAt(start: Instant): (number: number) => Instant {
  return (number) => start + FIRST_PENDING + ((number * 7_919_017) % (30 * DAY - FIRST_PENDING));
}
