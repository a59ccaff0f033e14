import { ok, type Result, refuse } from '../core/result.ts';
import type { JournalRecord } from '../stop/journal.ts';
import { readRecords, verifyJournal } from '../stop/journal-check.ts';
import { PLANNED_HASH_DIGITS } from '../stop/journal-events.ts';
import { createFates, FATE_EVENTS } from './fates.ts';
import type { Line, ReportModel, ReportPost, SentPost, Tick } from './report-model.ts';

const DAY_MS = 24 * 3_600_000;
/** So many posts of a brand are told of in one document at most, of each kind. */
const MOST_TOLD = 5_000;

type Details = JournalRecord['details'];
type Written = Omit<ReportPost, 'proof' | 'fate'>;
type Sent = Omit<SentPost, 'fate'>;

const text = (details: Details, key: string) => {
  const value = details[key];
  return typeof value === 'string' ? value : '';
};
const list = (details: Details, key: string): readonly unknown[] => {
  const value = details[key];
  return Array.isArray(value) ? value : [];
};
const lineOf = ({ seq, at, hash }: JournalRecord): Line => ({ seq, at: Date.parse(at), hash });

/** A stop as the journal has it, for who asks which there are. `id` is what it is called there. */
export type ToldStop = { readonly id: string; readonly scope: string; readonly engagedAt: number };

export type Told = {
  /** The stop with this id, or the newest for 'last'; one that a brand kept for itself is the stop it comes from. */
  stop(id: string): ToldStop | null;
  /** By name, without regard to case; null when the journal names none so. */
  brandId(name: string): number | null;
};

/** Which stops and brands the journal knows. */
export async function readTold(path: string): Promise<Told> {
  const stops = new Map<string, ToldStop>();
  const origin = new Map<string, string>();
  const brands = new Map<string, number>();
  const events = ['stop.engaged', 'stop.released', 'stop.inventory-begun', 'brand.created', 'brand.changed'];
  let newest: ToldStop | null = null;
  const fold = (name: string) => name.normalize('NFC').trim().toLowerCase();
  await readRecords(path, events, ({ event, details, at }) => {
    if (event === 'stop.engaged') {
      newest = { id: text(details, 'stop'), scope: text(details, 'scope'), engagedAt: Date.parse(at) };
      stops.set(newest.id, newest);
    }
    if (event === 'stop.released') {
      for (const kept of list(details, 'kept').map(String)) {
        const id = kept.slice(kept.lastIndexOf('=') + 1);
        if (!stops.has(id) && !origin.has(id)) origin.set(id, text(details, 'stop'));
      }
    }
    if (event === 'brand.created' || event === 'brand.changed')
      brands.set(fold(text(details, 'name')), Number(details.brand));
    const ids = list(details, 'brandIds');
    if (event === 'stop.inventory-begun')
      list(details, 'brands').forEach((name, index) => {
        brands.set(fold(String(name)), Number(ids[index]));
      });
  });
  return {
    stop: (id) => (id === 'last' ? newest : (stops.get(id) ?? stops.get(origin.get(id) ?? '') ?? null)),
    brandId: (name) => brands.get(fold(name)) ?? null,
  };
}

/**
 * What the journal, and it alone, tells of one stop and one brand. Reads it as a stream, verifying the chain on the way. Refuses
 * 'report-no-stop', and 'report-no-brand' for one the stop did not cover.
 */
export async function readReport(
  from: { readonly path: string; readonly headPath: string; readonly now: number },
  stopId: string,
  brandId: number,
): Promise<Result<ReportModel>> {
  const found = (await readTold(from.path)).stop(stopId);
  if (!found) return refuse('report-no-stop', 'The journal knows no such stop.');
  const reader = createReader(found.id, brandId);
  const chain = await verifyJournal(from.path, from.headPath, reader.take);
  const { stop, last } = reader.found();
  if (!stop || !last) return refuse('report-no-stop', 'The journal knows no such stop.');
  if (!reader.isCovered()) return refuse('report-no-brand', 'This stop did not cover this brand.');
  const posts = [...reader.held.values(), ...reader.missed.values()];
  const sent = [...reader.out, ...reader.inFlight, ...reader.unconfirmed];
  const fates = createFates(new Set([...posts, ...sent].map(({ id }) => id)), stop.seq);
  const proofs = createProofs(posts, stop.seq);
  await readRecords(from.path, FATE_EVENTS, (record) => {
    proofs.take(record);
    fates.take(record);
  });
  const release = reader.release();
  const whole = (post: Written): ReportPost => ({
    ...post,
    proof: proofs.of(post.id),
    fate: fates.of(post.id, post.publishAt, release !== null, from.now),
  });
  const settled = (post: Sent): SentPost => ({ ...post, fate: fates.ofSent(post.id) });
  return ok({
    brand: reader.brand(),
    stop,
    release,
    ...reader.inventory(),
    held: [...reader.held.values()].map(whole),
    missed: [...reader.missed.values()].filter(({ id }) => !reader.held.has(id)).map(whole),
    out: reader.out.map(settled),
    inFlight: reader.inFlight.map(settled),
    unconfirmed: reader.unconfirmed.map(settled),
    ticks: reader.ticks,
    chain,
    last,
    madeAt: from.now,
  });
}

/** The last plan of each post before the stop that has its content and its time. */
function createProofs(posts: readonly Written[], stopSeq: number) {
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

function createReader(stopId: string, brandId: number) {
  let stop: ReportModel['stop'] | null = null;
  let last: Line | null = null;
  let release: ReportModel['release'] = null;
  let head: Details | null = null;
  let isWhole = false;
  let name = '';
  let engagedFlying: readonly number[] = [];
  const held = new Map<number, Written>();
  const missed = new Map<number, Written>();
  const out: Sent[] = [];
  const inFlight: Sent[] = [];
  const unconfirmed: Sent[] = [];
  const ticks: Tick[] = [];
  /** What this brand sent in the last day before the line that is read. */
  const attempts = new Map<number, Sent>();
  const outcomes = new Map<number, { readonly event: string; readonly at: number }>();
  const headIndex = () => (head ? list(head, 'brandIds').map(Number).indexOf(brandId) : -1);

  function beforeStop({ event, details, at }: JournalRecord): void {
    const when = Date.parse(at);
    const id = Number(details.post);
    if (event === 'post.attempt' && details.brandId === brandId) {
      name = text(details, 'brand') || name;
      for (const [old, { at: then }] of attempts) {
        if (then >= when - 2 * DAY_MS && attempts.size < MOST_TOLD) break;
        attempts.delete(old);
        outcomes.delete(old);
      }
      attempts.delete(id);
      outcomes.delete(id);
      const [account, network] = [text(details, 'account'), text(details, 'network')];
      attempts.set(id, { id, account, network, text: text(details, 'text'), at: when });
    }
    if (!attempts.has(id)) {
      if (event === 'posts.settled' && text(details, 'as') === 'published')
        for (const one of list(details, 'posts').map(Number))
          if (attempts.has(one)) outcomes.set(one, { event: 'post.published', at: when });
      return;
    }
    if (event === 'post.looked-up')
      outcomes.set(id, { event: details.found === true ? 'post.published' : 'post.missed', at: when });
    if (
      ['post.published', 'post.failed', 'post.unconfirmed', 'post.scheduled', 'post.missed'].includes(event)
    )
      outcomes.set(id, { event, at: when });
  }

  function atStop(record: JournalRecord): void {
    const { details, control, by } = record;
    const line = lineOf(record);
    const [id, scope, reason] = [stopId, text(details, 'scope'), text(details, 'reason')];
    stop = { ...line, id, scope, control, by, reason, confirmedAt: null };
    engagedFlying = list(details, 'inFlight').map(Number);
    for (const sent of attempts.values()) {
      const outcome = outcomes.get(sent.id);
      if (engagedFlying.includes(sent.id)) inFlight.push(sent);
      else if (outcome?.event === 'post.unconfirmed') unconfirmed.push(sent);
      else if (outcome?.event === 'post.published' && outcome.at >= line.at - DAY_MS)
        out.push({ ...sent, at: outcome.at });
    }
    out.sort((one, other) => other.at - one.at);
    attempts.clear();
    outcomes.clear();
  }

  function afterStop(record: JournalRecord, engaged: ReportModel['stop']): void {
    const { event, details } = record;
    const isOurs = text(details, 'stop') === stopId;
    if (isOurs && event === 'stop.confirmed') stop = { ...engaged, confirmedAt: Date.parse(record.at) };
    if (isOurs && event === 'stop.explained') stop = { ...engaged, reason: text(details, 'reason') };
    if (isOurs && event === 'stop.inventory-begun') {
      head = details;
      held.clear();
      name = String(list(details, 'brands')[headIndex()] ?? '') || name;
    }
    if (isOurs && event === 'stop.inventory') takePosts(details, held);
    if (isOurs && event === 'stop.inventory-done') isWhole = true;
    if (event === 'posts.kept-back' && release === null) takePosts(details, missed);
    if (event === 'stop.released' && release === null && brings(details))
      release = { ...lineOf(record), by: record.by };
    if ((event === 'plan.ticked' || event === 'tool.ticked') && Number(details.brand) === brandId)
      takeTick(record);
  }

  /** A release that names the brand; a stop of a network or an account comes back as a whole. */
  function brings(details: Details): boolean {
    const brands = list(details, 'brands').map(Number);
    if (brands.includes(brandId)) return true;
    const stops = [text(details, 'stop'), ...list(details, 'stops').map(String)];
    return brands.length === 0 && stops.includes(stopId);
  }

  function takePosts(details: Details, into: Map<number, Written>): void {
    const column = (key: string) => list(details, key);
    const [brandIds, accounts, networks, texts] = ['brandIds', 'accounts', 'networks', 'texts'].map(column);
    const [media, times, zones, publishAt, hashes] = [
      'media',
      'localTimes',
      'timeZones',
      'publishAt',
      'hashes',
    ].map(column);
    column('posts').forEach((post, index) => {
      if (brandIds?.[index] !== brandId || into.size >= MOST_TOLD) return;
      const id = Number(post);
      into.set(id, {
        id,
        account: String(accounts?.[index] ?? ''),
        network: String(networks?.[index] ?? ''),
        text: String(texts?.[index] ?? ''),
        media: Number(media?.[index] ?? 0),
        publishAt: Number(publishAt?.[index] ?? 0),
        localTime: String(times?.[index] ?? ''),
        timeZone: String(zones?.[index] ?? ''),
        contentHash: String(hashes?.[index] ?? ''),
      });
    });
  }

  /** The last word about a thing counts, and keeps its place. */
  function takeTick({ event, details, by, at }: JournalRecord): void {
    const kind = event === 'tool.ticked' ? 'tool' : 'plan';
    const tick: Tick = {
      kind,
      what: text(details, 'what'),
      by: text(details, 'by') || by,
      at: Date.parse(at),
      isDone: details.done !== false,
    };
    const index = ticks.findIndex((one) => one.kind === kind && one.what === tick.what);
    if (index >= 0) ticks[index] = tick;
    else if (ticks.length < MOST_TOLD) ticks.push(tick);
  }

  return {
    held,
    missed,
    out,
    inFlight,
    unconfirmed,
    ticks,
    take(record: JournalRecord): void {
      last = lineOf(record);
      if (stop) afterStop(record, stop);
      else if (record.event === 'stop.engaged' && text(record.details, 'stop') === stopId) atStop(record);
      else if (record.event.startsWith('post')) beforeStop(record);
      else if (record.event.startsWith('brand.') && Number(record.details.brand) === brandId)
        name = text(record.details, 'name') || name;
    },
    found: () => ({ stop, last }),
    release: () => release,
    isCovered: () =>
      headIndex() >= 0 ||
      held.size > 0 ||
      (head === null && (stop?.scope === 'everything' || stop?.scope === `brand:${brandId}`) && name !== ''),
    brand: () => ({
      id: brandId,
      name,
      timeZone: String((head && list(head, 'timeZones')[headIndex()]) ?? '') || zoneOfPosts(),
    }),
    inventory: () => ({
      heldInAll: head ? Number(list(head, 'perBrand')[headIndex()] ?? 0) : null,
      dueBefore: head ? Number(head.dueBefore) : null,
      isInventoryWhole: isWhole,
    }),
  };

  function zoneOfPosts(): string {
    return [...held.values(), ...missed.values()][0]?.timeZone || 'UTC';
  }
}
