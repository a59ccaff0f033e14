import type { AccountId } from '../core/brand.ts';
import { DEFAULT_GRACE_MS } from '../core/brand.ts';
import type { Instant } from '../core/clock.ts';
import type { Media } from '../core/post.ts';
import type { NewPost } from '../core/queue.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import type { OnAdded, Storage } from '../core/stores.ts';
import { contentHashOf } from './import-key.ts';
import { localTimeOf, resolveLocalTime } from './local-time.ts';
import { keepMediaBytes } from './media-folder.ts';
import { practiceImage } from './practice-image.ts';
import {
  ALT_TEXTS,
  FOLLOW_UPS,
  LABELS,
  PRACTICE_BRANDS,
  type PracticeBrand,
  SENTENCES,
} from './practice-texts.ts';

export const PRACTICE_NETWORK = 'practice';
const MINUTE = 60_000;
const DAYS = 30;
const POSTS = 600;
/** One a minute from the first on, so that something is always about to go out. */
const SOON = 30;
const PICTURES_A_BRAND = 2;

/**
 * Fills an empty desk for trying out: six invented brands in two markets, forty accounts on the practice network, and six hundred posts from
 * one minute after `now` to thirty days later. The same `now` and `seed` give the same posts. Refuses 'not-empty'.
 */
export async function loadPractice(deps: {
  readonly storage: Pick<Storage, 'brands' | 'accounts' | 'posts'>;
  /** The data folder's `media`. */
  readonly mediaDir: string;
  readonly now: Instant;
  readonly seed?: number;
  /** Told what was added, for the journal. */
  readonly onAdded?: OnAdded;
}): Promise<Result<{ readonly brands: number; readonly accounts: number; readonly posts: number }>> {
  const { storage, mediaDir, now } = deps;
  if ((await storage.brands.list()).length > 0) {
    return refuse('not-empty', 'Practice data are only for an empty desk.');
  }
  const desks: Desk[] = [];
  for (const brand of PRACTICE_BRANDS) {
    const { name, market, timeZone, colour } = brand;
    const made = await storage.brands.create({ name, market, timeZone, colour, graceMs: DEFAULT_GRACE_MS });
    if (!made.ok) return made;
    const accounts: AccountId[] = [];
    for (const account of brand.accounts) {
      const order = { brandId: made.value.id, network: PRACTICE_NETWORK, name: account, sealed: null };
      const connected = await storage.accounts.create({ ...order, settings: { behaviour: 'normal' } });
      if (!connected.ok) return connected;
      accounts.push(connected.value.id);
    }
    desks.push({ brand, accounts, pictures: await keepPictures(mediaDir, brand) });
  }
  const posts = practicePosts(desks, now, createChance(deps.seed ?? 1));
  const { added } = await storage.posts.importAll(inChunks(posts), now, () => {}, deps.onAdded);
  const accounts = desks.reduce((sum, desk) => sum + desk.accounts.length, 0);
  return ok({ brands: desks.length, accounts, posts: added });
}

type Desk = {
  readonly brand: PracticeBrand;
  readonly accounts: readonly AccountId[];
  readonly pictures: readonly Media[];
};

async function keepPictures(mediaDir: string, brand: PracticeBrand): Promise<readonly Media[]> {
  const pictures: Media[] = [];
  for (let n = 0; n < PICTURES_A_BRAND; n += 1) {
    const bytes = await practiceImage(brand.colour, n / PICTURES_A_BRAND);
    const { sha256 } = await keepMediaBytes(mediaDir, bytes);
    const name = `${brand.name.toLowerCase().replace(/[^a-z]+/gu, '-')}-${n + 1}.png`;
    pictures.push({ sha256, mime: 'image/png', bytes: bytes.length, name, altText: '' });
  }
  return pictures;
}

/** The posts in the order of their times, dealt out to brands and accounts in turn. No account says the same twice. */
function practicePosts(desks: readonly Desk[], now: Instant, chance: Chance): readonly NewPost[] {
  const made = new Map<AccountId, number>();
  const posts: NewPost[] = [];
  for (let n = 0; n < POSTS; n += 1) {
    const desk = desks[n % desks.length];
    const accountId = desk?.accounts[Math.floor(n / desks.length) % desk.accounts.length];
    if (desk === undefined || accountId === undefined) continue;
    const turn = made.get(accountId) ?? 0;
    made.set(accountId, turn + 1);
    const publishAt = n < SOON ? soonAt(now, n) : laterAt(now, n, desk.brand.timeZone, chance);
    posts.push(practicePost(desk, accountId, n, turn, publishAt, chance));
  }
  return posts;
}

/** Whole minutes: the first 60 to 120 seconds ahead, then one a minute. */
function soonAt(now: Instant, n: number): Instant {
  return (Math.floor(now / MINUTE) + 2 + n) * MINUTE;
}

/** A quarter of an hour of a working day of the brand, the days filled one after the other. */
function laterAt(now: Instant, n: number, zone: string, chance: Chance): Instant {
  const day = Math.floor(((n - SOON) * DAYS) / (POSTS - SOON));
  const date = localTimeOf(now + day * 24 * 60 * MINUTE, zone).slice(0, 10);
  const quarter = chance.below((20 - 8) * 4);
  const two = (value: number) => String(value).padStart(2, '0');
  const resolved = resolveLocalTime(
    `${date}T${two(8 + Math.floor(quarter / 4))}:${two((quarter % 4) * 15)}`,
    zone,
  );
  const at = resolved.kind === 'one' ? resolved.at : now;
  // What would lie behind us goes into the hours that follow instead.
  return at > soonAt(now, SOON) ? at : soonAt(now, SOON + 5 + chance.below(18) * 5);
}

function practicePost(
  { brand, pictures }: Desk,
  accountId: AccountId,
  n: number,
  turn: number,
  publishAt: Instant,
  chance: Chance,
): NewPost {
  const { language, site, subjects, timeZone } = brand;
  // Every pair of sentence and subject once, before any comes again; accounts of a brand begin elsewhere.
  const pair = accountId * 7 + turn * 11;
  const sentence = pick(SENTENCES[language], pair);
  const subject = pick(subjects, pair + Math.floor(turn / 10));
  const first = sentence
    .replace('{s}', subject)
    .replace('{S}', subject.charAt(0).toUpperCase() + subject.slice(1));
  const followUps = n % 15 === 7 ? pick(FOLLOW_UPS[language], n) : [];
  const picture = n % 6 === 2 ? pick(pictures, n) : null;
  // One in five has no description, so that there is something to notice.
  const altText = chance.below(5) === 0 ? '' : pick(ALT_TEXTS[language], n);
  const content = {
    parts: [first, ...followUps],
    link: n % 4 === 1 ? `${site}/${n % 8 === 1 ? 'agenda' : 'blog'}/${n}` : '',
    media: picture === null ? [] : [{ ...picture, altText }],
  };
  return {
    accountId,
    content,
    label: n % 3 === 0 ? pick(LABELS[language], chance.below(100)) : '',
    publishAt,
    localTime: localTimeOf(publishAt, timeZone),
    timeZone,
    contentHash: contentHashOf(content),
    importKey: null,
  };
}

function pick<T>(from: readonly T[], index: number): T {
  return from[index % from.length] as T;
}

type Chance = { below(limit: number): number };

/** A small generator (xorshift, 32 bits): good enough to scatter posts, and the same everywhere. */
function createChance(seed: number): Chance {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  return {
    below(limit) {
      state ^= state << 13;
      state >>>= 0;
      state ^= state >>> 17;
      state ^= state << 5;
      state >>>= 0;
      return state % limit;
    },
  };
}

async function* inChunks(posts: readonly NewPost[]): AsyncGenerator<readonly NewPost[]> {
  for (let at = 0; at < posts.length; at += 200) yield posts.slice(at, at + 200);
}
