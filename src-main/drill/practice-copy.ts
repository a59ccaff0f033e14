import { contentHashOf } from '../calendar/import-key.ts';
import { localTimeOf } from '../calendar/local-time.ts';
import { PRACTICE_NETWORK } from '../calendar/practice.ts';
import { PRACTICE_BRANDS } from '../calendar/practice-texts.ts';
import { type AccountId, type BrandId, DEFAULT_GRACE_MS } from '../core/brand.ts';
import type { Instant } from '../core/clock.ts';
import type { NewPost } from '../core/queue.ts';
import { ok, type Result } from '../core/result.ts';
import type { Storage } from '../core/stores.ts';

/** All that a drill learns of the desk: what brands and accounts are called. */
export type DeskNames = readonly { readonly name: string; readonly accounts: readonly string[] }[];

/** More accounts would take longer to copy and show nothing more: the stop does not look at them one by one. */
const MOST_ACCOUNTS = 24;
const LEAST_ACCOUNTS = 8;
/** Long enough to be met in flight by the press. */
const SLOW_MS = 500;
/** One after the other for so long, then now and then into the minutes after the drill, so that something falls due all the time. */
const DENSE_MS = 20_000;
const LATER_MS = 5 * 60_000;
const LATER_EVERY_MS = 4_000;

/** What a drill rehearses with when the desk cannot be read, or is empty. */
export const INVENTED: DeskNames = PRACTICE_BRANDS.map(({ name, accounts }) => ({ name, accounts }));

export type PracticeDesk = { readonly brandIds: readonly BrandId[]; readonly accounts: number };

/**
 * Fills an empty database: brands and accounts of the desk by name, every account on the practice network, slow, without a secret; and
 * posts due from `now` on. At most 24 accounts, taken from all brands in turn; `cap` accounts at least, the missing ones invented.
 */
export async function fillPractice(
  storage: Pick<Storage, 'brands' | 'accounts' | 'posts'>,
  desk: DeskNames,
  now: Instant,
  cap: number,
): Promise<Result<PracticeDesk>> {
  const chosen = choose(desk, Math.max(LEAST_ACCOUNTS, cap));
  const brandIds: BrandId[] = [];
  const accountIds: AccountId[] = [];
  for (const { name, accounts } of chosen) {
    const brand = { name, market: '', timeZone: 'UTC', graceMs: DEFAULT_GRACE_MS, colour: '#808080' };
    const made = await storage.brands.create(brand);
    if (!made.ok) return made;
    brandIds.push(made.value.id);
    for (const account of accounts) {
      const order = { brandId: made.value.id, network: PRACTICE_NETWORK, name: account, sealed: null };
      const settings = { behaviour: 'slow', slowMs: String(SLOW_MS) };
      const connected = await storage.accounts.create({ ...order, settings });
      if (!connected.ok) return connected;
      accountIds.push(connected.value.id);
    }
  }
  await storage.posts.add(postsOf(accountIds, now, cap), now);
  return ok({ brandIds, accounts: accountIds.length });
}

/** One account of each brand in turn, until there are enough. Two networks may know an account by one name: here they need two. */
function choose(desk: DeskNames, least: number): { name: string; accounts: string[] }[] {
  const source = desk.some(({ accounts }) => accounts.length > 0) ? desk : INVENTED;
  const chosen = source.slice(0, MOST_ACCOUNTS).map(({ name }) => ({ name, accounts: [] as string[] }));
  const most = Math.max(MOST_ACCOUNTS, least);
  let count = 0;
  const longest = Math.max(...source.map(({ accounts }) => accounts.length));
  for (let turn = 0; turn < longest && count < most; turn += 1) {
    for (const [index, brand] of chosen.entries()) {
      const account = source[index]?.accounts[turn];
      if (account === undefined || count >= most) continue;
      brand.accounts.push(freeName(account, brand.accounts));
      count += 1;
    }
  }
  const speaking = chosen.filter(({ accounts }) => accounts.length > 0);
  for (; count < least; count += 1) {
    const brand = speaking[count % speaking.length];
    brand?.accounts.push(freeName('drill', brand.accounts));
  }
  return speaking;
}

function freeName(name: string, taken: readonly string[]): string {
  const known = new Set(taken.map((one) => one.toLowerCase()));
  for (let n = 1; ; n += 1) {
    const free = n === 1 ? name : `${name} (${n})`;
    if (!known.has(free.toLowerCase())) return free;
  }
}

/** Somewhat more fall due than `cap` calls can take: at any moment several are in flight. */
function postsOf(accountIds: readonly AccountId[], now: Instant, cap: number): NewPost[] {
  const every = Math.max(10, Math.floor(SLOW_MS / (cap * 1.5)));
  const times: Instant[] = [];
  for (let after = 0; after < DENSE_MS; after += every) times.push(now + after);
  for (let after = DENSE_MS; after < LATER_MS; after += LATER_EVERY_MS) times.push(now + after);
  return times.map((publishAt, index) => {
    const content = { parts: [`Drill post ${index + 1}`], link: '', media: [] };
    return {
      accountId: accountIds[index % accountIds.length] as AccountId,
      content,
      label: '',
      publishAt,
      localTime: localTimeOf(publishAt, 'UTC'),
      timeZone: 'UTC',
      contentHash: contentHashOf(content),
      importKey: null,
    };
  });
}
