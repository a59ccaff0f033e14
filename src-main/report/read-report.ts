import { ok, type Result, refuse } from '../core/result.ts';
import type { JournalRecord } from '../stop/journal.ts';
import { readRecords, verifyJournal } from '../stop/journal-check.ts';
import { PLANNED_HASH_DIGITS } from '../stop/journal-events.ts';
import type { ScopeNames } from '../stop/scope-names.ts';
import { createFates, FATE_EVENTS } from './fates.ts';
import { engagedAtOf, lineOf, list, text } from './record-fields.ts';
import type { ReportModel, ReportPost, SentPost } from './report-model.ts';
import { wentOutOf } from './sent-after.ts';
import { createStopReader, type SentBefore, type WrittenPost } from './stop-reader.ts';
import { keptOf } from './stops-in-force.ts';
import { createYeses, YES_EVENTS } from './yeses.ts';

/** A stop as the journal has it, for who asks which there are. `id` is what it is called there. */
export type ToldStop = {
  readonly id: string;
  readonly scope: string;
  readonly control: string;
  readonly engagedAt: number;
};

export type Told = {
  /** The stop with this id, or the newest for 'last'; one that a brand kept for itself is the stop it comes from. */
  stop(id: string): ToldStop | null;
  /** The newest first. */
  stops(): readonly ToldStop[];
  /** By name, without regard to case; null when the journal names none so. */
  brandId(name: string): number | null;
};

/** Which stops and brands the journal knows. */
export async function readTold(path: string): Promise<Told> {
  const stops = new Map<string, ToldStop>();
  const origin = new Map<string, string>();
  const brands = new Map<string, number>();
  const covered = new Map<string, readonly string[]>();
  const events = ['stop.engaged', 'stop.released', 'stop.inventory-begun', 'brand.created', 'brand.changed'];
  let newest: ToldStop | null = null;
  const fold = (name: string) => name.normalize('NFC').trim().toLowerCase();
  await readRecords(path, events, (record) => {
    const { event, control, details } = record;
    if (event === 'stop.engaged' && !stops.has(text(details, 'stop'))) {
      newest = {
        id: text(details, 'stop'),
        scope: text(details, 'scope'),
        control,
        engagedAt: engagedAtOf(record),
      };
      stops.set(newest.id, newest);
    }
    if (event === 'stop.released') {
      const markets = list(details, 'stops').filter((_, index) =>
        String(list(details, 'scopes')[index]).startsWith('market:'),
      );
      for (const { id, scope } of keptOf(details)) {
        if (stops.has(id) || origin.has(id)) continue;
        const from = markets.find((market) => covered.get(String(market))?.includes(scope)) ?? markets[0];
        origin.set(id, text(details, 'stop') || String(from ?? ''));
      }
    }
    if (event === 'brand.created' || event === 'brand.changed')
      brands.set(fold(text(details, 'name')), Number(details.brand));
    const ids = list(details, 'brandIds');
    if (event === 'stop.inventory-begun') {
      covered.set(
        text(details, 'stop'),
        ids.map((id) => `brand:${id}`),
      );
      list(details, 'brands').forEach((name, index) => {
        brands.set(fold(String(name)), Number(ids[index]));
      });
    }
  });
  return {
    stop: (id) => (id === 'last' ? newest : (stops.get(id) ?? stops.get(origin.get(id) ?? '') ?? null)),
    stops: () => [...stops.values()].reverse(),
    brandId: (name) => brands.get(fold(name)) ?? null,
  };
}

/**
 * What the journal, and it alone, tells of one stop and one brand. Reads it as a stream, verifying the chain on the way. Refuses
 * 'report-no-stop', and 'report-no-brand' for one the stop did not cover.
 */
export async function readReport(
  from: {
    readonly path: string;
    readonly headPath: string;
    readonly now: number;
    /** Brands and accounts there are: whom a stop covers whose list is not in the journal yet. */
    readonly names?: ScopeNames | null;
  },
  stopId: string,
  brandId: number,
): Promise<Result<ReportModel>> {
  const found = (await readTold(from.path)).stop(stopId);
  if (!found) return refuse('report-no-stop', 'The journal knows no such stop.');
  const reader = createStopReader(found.id, brandId, from.names ?? null);
  const chain = await verifyJournal(from.path, from.headPath, reader.take);
  const { stop, last } = reader.found();
  if (!stop || !last) return refuse('report-no-stop', 'The journal knows no such stop.');
  if (!reader.isCovered()) return refuse('report-no-brand', 'This stop did not cover this brand.');
  const posts = [...reader.held.values(), ...reader.missed.values()];
  const sent = [...reader.out, ...reader.inFlight, ...reader.unconfirmed];
  const fates = createFates(
    new Set([...[...posts, ...sent].map(({ id }) => id), ...reader.sentAfter().keys()]),
    stop.seq,
  );
  const proofs = createProofs(posts, stop.seq);
  const words = createWords(posts);
  const yeses = createYeses(
    new Map<number, { publishAt: number | null; contentHash: string }>([
      ...sent.map(({ id }) => [id, { publishAt: null, contentHash: '' }] as const),
      ...posts.map((post) => [post.id, post] as const),
    ]),
  );
  await readRecords(from.path, [...FATE_EVENTS, ...YES_EVENTS, 'stop.inventory'], (record) => {
    yeses.take(record);
    proofs.take(record);
    words.take(record);
    fates.take(record);
  });
  const release = reader.release();
  const withText = <T extends WrittenPost>(post: T): T => ({ ...post, text: post.text || words.of(post) });
  const whole = (post: WrittenPost): ReportPost => ({
    ...withText(post),
    proof: proofs.of(post.id),
    yes: yeses.of(post.id),
    fate: fates.of(post.id, post.publishAt, release !== null, from.now),
  });
  const settled = (post: SentBefore): SentPost => ({
    ...post,
    yes: yeses.of(post.id),
    fate: fates.ofSent(post.id),
  });
  const held = [...reader.held.values()].map(whole);
  const missed = [...reader.missed.values()].filter(({ id }) => !reader.held.has(id)).map(whole);
  const toldOf = new Set(sent.map(({ id }) => id));
  const sentAfter = new Map([...reader.sentAfter()].filter(([id]) => !toldOf.has(id)));
  return ok({
    brand: reader.brand(),
    stop: { ...stop, scopeName: reader.scopeName() },
    release,
    place: reader.place(),
    alsoStopped: reader.alsoStopped(),
    ...reader.inventory(),
    held,
    missed,
    wentOut: wentOutOf(sentAfter, [...held, ...missed], fates.ofSent, reader.ended()),
    out: reader.out.map(settled),
    inFlight: reader.inFlight.map(settled),
    unconfirmed: reader.unconfirmed.map(settled),
    ticks: reader.ticks,
    elsewhere: reader.elsewhere.posts(),
    elsewhereUnread: reader.elsewhere.unread(),
    chain,
    last,
    madeAt: from.now,
  });
}

/** The last plan of each post before the stop that has its content and its time. */
function createProofs(posts: readonly WrittenPost[], stopSeq: number) {
  const wanted = new Map(posts.map((post) => [post.id, post]));
  const proofs = new Map<number, NonNullable<ReportPost['proof']>>();
  return {
    take(record: JournalRecord): void {
      if (record.event !== 'posts.planned' || record.seq >= stopSeq) return;
      const { details } = record;
      const hashes = list(details, 'hashes');
      const times = list(details, 'publishAt');
      list(details, 'posts').forEach((id, index) => {
        const post = wanted.get(Number(id));
        if (!post) return;
        const isSame =
          post.contentHash !== '' &&
          hashes[index] === post.contentHash.slice(0, PLANNED_HASH_DIGITS) &&
          times[index] === post.publishAt;
        if (isSame) proofs.set(post.id, { ...lineOf(record), how: text(details, 'how'), by: record.by });
        else proofs.delete(post.id);
      });
    },
    of: (id: number) => proofs.get(id) ?? null,
  };
}

/** The texts of posts that another line has: each is written once, with the first stop that kept its post back. */
function createWords(posts: readonly WrittenPost[]) {
  const wanted = new Map(posts.filter((post) => post.text === '').map((post) => [post.id, post.contentHash]));
  const found = new Map<number, string>();
  return {
    take({ event, details }: JournalRecord): void {
      if (wanted.size === 0 || (event !== 'stop.inventory' && event !== 'posts.kept-back')) return;
      const [texts, hashes] = [list(details, 'texts'), list(details, 'hashes')];
      list(details, 'posts').forEach((post, index) => {
        const id = Number(post);
        if (texts[index] && wanted.has(id) && hashes[index] === wanted.get(id))
          found.set(id, String(texts[index]));
      });
    },
    of: ({ id }: WrittenPost) => found.get(id) ?? '',
  };
}
