import type {
  ReleasePart,
  ReleasePreview,
  ReleasePreviews,
  ReleaseStop,
} from '../../src-preload/release-views.ts';
import type { Account } from '../core/brand.ts';
import type { PostFilter } from '../core/queue.ts';
import { brandPlace } from '../core/release-plan.ts';
import { ok, type Result } from '../core/result.ts';
import { covers } from '../core/scope.ts';
import { COUNTDOWN_MS } from '../core/stop-state.ts';
import type { EngagedStop } from '../core/stop-types.ts';
import type { AccountSummary } from '../core/stores.ts';
import type { Desk, OpenDesk } from './desk.ts';
import { needDesk } from './desk.ts';
import { type Names, placeOf } from './directory.ts';
import { toScopeView } from './to-view.ts';

/** How many of the next posts are looked through for one whose account can send. */
const LOOKED_AT = 50;

type Outlook = Pick<ReleasePreview, 'scheduled' | 'missed' | 'unconfirmed' | 'next' | 'missedByCountdown'>;

/** What is looked at once for all brands and stops. */
type Sight = {
  readonly open: OpenDesk;
  readonly names: Names;
  readonly summaries: ReadonlyMap<number, AccountSummary>;
  readonly stops: readonly EngagedStop[];
  readonly countdownEnd: number;
};

/**
 * What a release would mean: for each brand, and for each narrower stop that can be released as a whole. A brand that comes back leaves what
 * stops of networks and accounts cover as it is, and `stays` says so.
 */
export async function previewReleases(desk: Desk): Promise<Result<ReleasePreviews>> {
  const open = needDesk(desk);
  if (!open.ok) return open;
  const { storage, directory } = open.value;
  const [names, summaries] = await Promise.all([directory.read(), storage.posts.summaries()]);
  const sight: Sight = {
    open: open.value,
    names,
    summaries: new Map(summaries.map((summary) => [summary.accountId, summary])),
    stops: desk.engine.stop.status().stops,
    countdownEnd: desk.clock.now() + COUNTDOWN_MS,
  };
  const isOff = desk.engine.stop.gate
    .covered()
    .some(({ scope, reason }) => scope.kind === 'everything' && reason === 'stopped');
  const brands: ReleasePreview[] = [];
  for (const { id, name, market } of names.brands.values()) {
    const mine = accountsOf(names, ({ brandId }) => brandId === id);
    const place = brandPlace({ brandId: id, market });
    const whole = sight.stops.filter(({ scope }) => covers(scope, place));
    const outlook = await lookAhead(sight, { brandId: id }, mine, (account) =>
      isStoppedBy(sight, account, isOfPart),
    );
    brands.push({
      brandId: id,
      name,
      market,
      isStopped: isOff || whole.length > 0,
      stopIds: whole.map((stop) => stop.id),
      stays: sight.stops.filter(isOfPart).flatMap((stop) => partOf(sight, stop, mine)),
      ...outlook,
    });
  }
  const stops: ReleaseStop[] = [];
  for (const stop of sight.stops) {
    if (stop.scope.kind !== 'everything') stops.push(await previewStop(sight, stop));
  }
  return ok({ brands: brands.sort((a, b) => a.name.localeCompare(b.name)), stops });
}

/** Of a stop that is released by its name: the brands it covers, and what would go when it ends alone. */
async function previewStop(sight: Sight, stop: EngagedStop): Promise<ReleaseStop> {
  const { names } = sight;
  const mine = accountsOf(names, ({ id }) => {
    const place = placeOf(names, id);
    return place !== null && covers(stop.scope, place);
  });
  const byBrand = new Map<number, number>();
  for (const { brandId } of mine) byBrand.set(brandId, (byBrand.get(brandId) ?? 0) + 1);
  const { kind, ...filter } = stop.scope;
  const isStopped = (account: Account) => isStoppedBy(sight, account, ({ id }) => id !== stop.id);
  return {
    stopId: stop.id,
    scope: toScopeView(stop.scope, names),
    brands: [...byBrand].map(([brandId, accounts]) => ({
      brandId,
      name: names.brands.get(brandId)?.name ?? '',
      accounts,
    })),
    ...(await lookAhead(sight, kind === 'everything' ? {} : filter, mine, isStopped)),
  };
}

const accountsOf = (names: Names, isMeant: (account: Account) => boolean) =>
  [...names.accounts.values()].filter(isMeant);

/** A brand that is named does not come back from these. */
const isOfPart = ({ scope }: EngagedStop) => scope.kind === 'network' || scope.kind === 'account';

function isStoppedBy(sight: Sight, account: Account, isMeant: (stop: EngagedStop) => boolean): boolean {
  const place = placeOf(sight.names, account.id);
  return place === null || sight.stops.some((stop) => isMeant(stop) && covers(stop.scope, place));
}

/** What a stop of a network or an account covers of a brand; nothing when it covers none of it. */
function partOf({ names }: Sight, stop: EngagedStop, mine: readonly Account[]): ReleasePart[] {
  const covered = mine.filter(({ id }) => {
    const place = placeOf(names, id);
    return place !== null && covers(stop.scope, place);
  });
  return covered.length === 0
    ? []
    : [
        {
          stopId: stop.id,
          scope: toScopeView(stop.scope, names),
          accounts: covered.map(({ id, name, network }) => ({ accountId: id, name, network })),
        },
      ];
}

async function lookAhead(
  { open: { storage }, names, summaries, countdownEnd }: Sight,
  where: PostFilter,
  mine: readonly Account[],
  staysStopped: (account: Account) => boolean,
): Promise<Outlook> {
  const sum = (state: 'scheduled' | 'missed' | 'unconfirmed') =>
    mine.reduce((total, { id }) => total + (summaries.get(id)?.counts[state] ?? 0), 0);
  const scheduled = { ...where, states: ['scheduled'] } as const;
  const pages =
    sum('scheduled') === 0
      ? null
      : await Promise.all([
          storage.posts.page({ ...scheduled, from: countdownEnd }, 'soonest', 0, LOOKED_AT),
          storage.posts.page({ ...scheduled, to: countdownEnd }, 'soonest', 0, 1),
        ]);
  const first = pages?.[0].posts.find(({ accountId }) => {
    const account = names.accounts.get(accountId);
    return account?.state === 'ready' && account.heldAt === null && !staysStopped(account);
  });
  return {
    scheduled: sum('scheduled'),
    missed: sum('missed'),
    unconfirmed: sum('unconfirmed'),
    next: first
      ? {
          text: (first.content.parts[0] ?? '').slice(0, 200),
          account: names.accounts.get(first.accountId)?.name ?? '',
          publishAt: first.publishAt,
        }
      : null,
    missedByCountdown: pages?.[1].total ?? 0,
  };
}
