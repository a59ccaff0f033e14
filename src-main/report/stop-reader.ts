import { covers, parseScopeKey, type Scope } from '../core/scope.ts';
import type { JournalRecord } from '../stop/journal.ts';
import type { ScopeNames } from '../stop/scope-names.ts';
import { createElsewhereReader } from './elsewhere.ts';
import { type Details, engagedAtOf, lineOf, list, text } from './record-fields.ts';
import type { Line, ReportModel, ReportPost, SentPost, Tick } from './report-model.ts';
import { createSentAfter } from './sent-after.ts';
import { createStopsInForce } from './stops-in-force.ts';

const DAY_MS = 24 * 3_600_000;
/** So many posts of a brand are told of in one document at most, of each kind. */
const MOST_TOLD = 5_000;

export type WrittenPost = Omit<ReportPost, 'proof' | 'yes' | 'fate'>;
type EngagedLine = Omit<ReportModel['stop'], 'scopeName'>;
export type SentBefore = Omit<SentPost, 'yes' | 'fate'>;

/**
 * Takes the lines of the journal one after the other and keeps what they tell of one stop and one brand. `names`: what there is now, for a
 * stop whose list is not in the journal yet.
 */
export function createStopReader(stopId: string, brandId: number, names: ScopeNames | null) {
  let stop: EngagedLine | null = null;
  let last: Line | null = null;
  let release: ReportModel['release'] = null;
  let head: Details | null = null;
  let isWhole = false;
  let name = names?.brands.find(({ id }) => id === brandId)?.name ?? '';
  /** What was stopped; null where the line does not say it. */
  let scope: Scope | null = null;
  /** Until when what fell due did so because of the stop: the countdown after the release is part of it. */
  let keepsUntil = Number.POSITIVE_INFINITY;
  const inForce = createStopsInForce(stopId, brandId);
  let sentAfter = createSentAfter(brandId, null, names);
  const elsewhere = createElsewhereReader(brandId, inForce.isOurs);
  /** When the list was begun: what was missed before is not counted in it. */
  let begunAt = Number.POSITIVE_INFINITY;
  const missedAt = new Map<number, number>();
  let engagedFlying: readonly number[] = [];
  const held = new Map<number, WrittenPost>();
  const missed = new Map<number, WrittenPost>();
  const out: SentBefore[] = [];
  const inFlight: SentBefore[] = [];
  const unconfirmed: SentBefore[] = [];
  const ticks: Tick[] = [];
  const tickKeys: string[] = [];
  /** What this brand sent in the last day before the line that is read. */
  const attempts = new Map<number, SentBefore>();
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
      attempts.set(id, sentOf({ details, at }));
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

  function sentOf({ details, at }: Pick<JournalRecord, 'details' | 'at'>): SentBefore {
    const [account, network] = [text(details, 'account'), text(details, 'network')];
    return { id: Number(details.post), account, network, text: text(details, 'text'), at: Date.parse(at) };
  }

  function atStop(record: JournalRecord): void {
    const { details, control, by } = record;
    const line = { ...lineOf(record), at: engagedAtOf(record) };
    const [key, reason] = [text(details, 'scope'), text(details, 'reason')];
    scope = parseScopeKey(key);
    stop = { ...line, id: stopId, scope: key, control, by, reason, confirmedAt: null, notConfirmedAt: null };
    sentAfter = createSentAfter(brandId, scope, names);
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

  function afterStop(record: JournalRecord, engaged: EngagedLine): void {
    const { event, details } = record;
    const isOurs = text(details, 'stop') === stopId;
    sentAfter.take(record, ended(), head ? text(head, 'scopeName') : '');
    elsewhere.take(record);
    if (isOurs && event === 'stop.confirmed') stop = { ...engaged, confirmedAt: Date.parse(record.at) };
    if (isOurs && event === 'stop.not-confirmed')
      stop = { ...engaged, notConfirmedAt: Date.parse(record.at) };
    if (isOurs && event === 'stop.explained') stop = { ...engaged, reason: text(details, 'reason') };
    if (isOurs && event === 'stop.inventory-begun') {
      head = details;
      begunAt = Date.parse(record.at);
      held.clear();
      name = String(list(details, 'brands')[headIndex()] ?? '') || name;
    }
    if (isOurs && event === 'stop.inventory') takePosts(details, held);
    if (isOurs && event === 'stop.inventory-done') isWhole = true;
    const sentId = Number(details.post);
    // Its line may come after that of the stop, which names it.
    if (event === 'post.attempt' && details.brandId === brandId && engagedFlying.includes(sentId) && !release)
      if (!inFlight.some(({ id }) => id === sentId)) inFlight.push(sentOf(record));
    if (event === 'posts.kept-back') {
      const times = list(details, 'missedAt').map(Number);
      takePosts(details, missed, isKeptBack(details), (id, index) => {
        missedAt.set(id, times[index] ?? 0);
      });
    }
    if (event === 'stop.released' && release === null && inForce.isReleased()) {
      release = { ...lineOf(record), by: record.by };
      keepsUntil = Number(details.sendsFrom) || release.at;
    }
    if (
      (event === 'plan.ticked' || event === 'tool.ticked') &&
      Number(details.brand) === brandId &&
      inForce.isOurs(text(details, 'stop'))
    )
      takeTick(record);
  }

  /** Which of the posts that were missed are so because of this stop: by their place and by when they fell due. */
  function isKeptBack(details: Details): (index: number) => boolean {
    const [networks, accounts, times] = ['networks', 'accountIds', 'missedAt'].map((key) =>
      list(details, key),
    );
    return (index) => {
      const at = Number(times?.[index] ?? 0);
      if (at > keepsUntil || (at > 0 && at < (stop?.at ?? 0))) return false;
      if (scope?.kind === 'network') return networks?.[index] === scope.network;
      return scope?.kind !== 'account' || accounts?.[index] === scope.accountId;
    };
  }

  function takePosts(
    details: Details,
    into: Map<number, WrittenPost>,
    isWanted: (index: number) => boolean = () => true,
    onTaken: (id: number, index: number) => void = () => {},
  ): void {
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
      if (brandIds?.[index] !== brandId || into.size >= MOST_TOLD || !isWanted(index)) return;
      const id = Number(post);
      onTaken(id, index);
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
  function takeTick(record: JournalRecord): void {
    const { event, details, by } = record;
    const kind = event === 'tool.ticked' ? 'tool' : 'plan';
    const at = Date.parse(record.at);
    const [what, account, who] = [text(details, 'text'), text(details, 'account'), text(details, 'who')];
    const tick: Tick = { kind, what, account, who, by, at, isDone: details.done === true };
    const key = `${kind} ${text(details, 'key')}`;
    const index = tickKeys.indexOf(key);
    if (index >= 0) ticks[index] = tick;
    else if (ticks.length < MOST_TOLD) {
      ticks.push(tick);
      tickKeys.push(key);
    }
  }

  return {
    held,
    missed,
    out,
    inFlight,
    unconfirmed,
    ticks,
    elsewhere,
    take(record: JournalRecord): void {
      last = lineOf(record);
      inForce.take(record);
      if (stop) afterStop(record, stop);
      else if (record.event === 'stop.engaged' && text(record.details, 'stop') === stopId) atStop(record);
      else if (record.event.startsWith('post')) beforeStop(record);
      else if (record.event.startsWith('brand.') && Number(record.details.brand) === brandId)
        name = text(record.details, 'name') || name;
    },
    found: () => ({ stop, last }),
    release: () => release,
    ended,
    sentAfter: () => sentAfter.sent,
    place: () => sentAfter.place(),
    isCovered: () => headIndex() >= 0 || held.size > 0 || (name !== '' && isInScope()),
    alsoStopped: inForce.others,
    brand: () => ({
      id: brandId,
      name,
      timeZone: String((head && list(head, 'timeZones')[headIndex()]) ?? '') || zoneOfPosts(),
    }),
    scopeName: () => (head ? text(head, 'scopeName') : ''),
    inventory: () => ({
      heldInAll: head ? Number(list(head, 'perBrand')[headIndex()] ?? 0) : null,
      dueBefore: head ? Number(head.dueBefore) : null,
      isInventoryWhole: isWhole,
      keptInAll: keptInAll(),
    }),
  };

  function ended() {
    return release && { at: release.at, endsAt: keepsUntil };
  }

  /** At least so many: what was missed before the list was made is not counted in it, what was planned later neither. */
  function keptInAll(): number | null {
    const told = new Set([...held.keys(), ...missed.keys()]).size;
    if (!head) return told === 0 ? null : told;
    const early = [...missedAt].filter(([id, at]) => at > 0 && at <= begunAt && !held.has(id)).length;
    return Math.max(told, Number(list(head, 'perBrand')[headIndex()] ?? 0) + early);
  }

  /** As far as it can be told without the list that is written after a stop. */
  function isInScope(): boolean {
    if (scope === null) return false;
    const market = names?.brands.find(({ id }) => id === brandId)?.market ?? '';
    const isCovering = (accountId: number, network: string) =>
      scope !== null && covers(scope, { brandId, market, accountId, network });
    return (
      isCovering(0, '') ||
      (names?.accounts ?? []).some((one) => one.brandId === brandId && isCovering(one.id, one.network))
    );
  }

  function zoneOfPosts(): string {
    return [...held.values(), ...missed.values()][0]?.timeZone || 'UTC';
  }
}
