import type { PublishingView } from '../../src-preload/views.ts';
import { brandPlace } from '../core/release-plan.ts';
import { ok, refuse } from '../core/result.ts';
import { covers, EVERYTHING, type Scope, scopeKey } from '../core/scope.ts';
import type { PublishingStatus, StopOrder } from '../core/stop-types.ts';
import { isKnownScope, readNames, type ScopeNames, toScopeNames } from '../stop/scope-names.ts';
import type { Desk } from './desk.ts';
import { needDesk } from './desk.ts';
import type { Names } from './directory.ts';
import { readNextToGo } from './next-to-go.ts';
import { beginPractice } from './practice-start.ts';
import { previewReleases } from './release-preview.ts';
import type { Handlers } from './serve.ts';
import { toCounts, toScopeView, zeroCounts } from './to-view.ts';

type PublishingHandlers = Pick<
  Handlers,
  | 'publishing.read'
  | 'publishing.start'
  | 'stop.engage'
  | 'stop.explain'
  | 'stop.list'
  | 'release.preview'
  | 'release.confirm'
>;

/** What publishing is doing now, as the window shows it in every view. Also while the database is closed. */
async function readPublishing(desk: Desk): Promise<PublishingView> {
  const { engine, history } = desk;
  const status = engine.stop.status();
  const open = desk.open();
  const posts = open?.storage.posts;
  const [counts, nextDueAt, stops, lastStop, names] = await Promise.all([
    posts?.counts().catch(() => null) ?? null,
    open ? readNextToGo(open, status.stops, desk.clock.now()).catch(() => null) : null,
    history.views(status.stops),
    history.lastOfEverything(),
    open?.directory.read().catch(() => null) ?? null,
  ]);
  const whole = status.countdowns.find(({ scope }) => scope.kind === 'everything');
  const flying = engine.publisher.inFlight({ kind: 'everything' });
  const flyingPosts = flying.length > 0 ? ((await posts?.readMany(flying).catch(() => [])) ?? []) : [];
  return {
    state: status.state,
    epoch: status.epoch,
    pressCount: status.pressCount,
    stops,
    lastStop,
    counts: counts ? toCounts(counts) : zeroCounts(),
    isQueueKnown: counts !== null,
    inFlight: flyingPosts.map((post) => ({
      postId: post.id,
      brand: names?.brands.get(post.brandId)?.name ?? '',
      account: names?.accounts.get(post.accountId)?.name ?? '',
      network: names?.accounts.get(post.accountId)?.network ?? '',
      text: (post.content.parts[0] ?? '').slice(0, 200),
      outcome: 'in-flight',
      url: '',
    })),
    nextDueAt,
    countdownEndsAt: whole?.endsAt ?? null,
    countdowns: countingDown(status, names),
    problem: desk.databaseProblem() || engine.problem(),
  };
}

/**
 * What comes back, each with when its first post may go out: brands by name, whether they come back from everything, their market or by
 * themselves, and networks and accounts. What stays stopped is not among them.
 */
function countingDown(status: PublishingStatus, names: Names | null): PublishingView['countdowns'] {
  const isWide = ({ scope }: { scope: Scope }) => scope.kind !== 'network' && scope.kind !== 'account';
  const wide = status.countdowns.filter(isWide);
  const brands = [...(names?.brands.values() ?? [])].sort((a, b) => a.name.localeCompare(b.name));
  const byBrand = brands.flatMap((brand) => {
    const place = brandPlace({ brandId: brand.id, market: brand.market });
    if (status.stops.some(({ scope }) => covers(scope, place))) return [];
    const ends = wide.filter(({ scope }) => covers(scope, place)).map(({ endsAt }) => endsAt);
    const scope = toScopeView({ kind: 'brand', brandId: brand.id }, names);
    return ends.length === 0 ? [] : [{ scope, endsAt: Math.max(...ends) }];
  });
  const isAllStopped = status.stops.some(({ scope }) => scope.kind === 'everything');
  const parts = isAllStopped ? [] : status.countdowns.filter((one) => !isWide(one));
  return [...byBrand, ...parts.map(({ scope, endsAt }) => ({ scope: toScopeView(scope, names), endsAt }))];
}

/** What a person asked to be stopped, as orders: what names nothing that exists is a stop of everything, and says so. */
function toOrders(desk: Desk, scopes: readonly Scope[], words: { reason: string; widenedFrom: string }) {
  // By what is known at once: names as they were read last, else those kept for a stop while the app is down.
  const latest = desk.open()?.directory.latest();
  const known = latest ? toScopeNames(latest.brands.values(), latest.accounts.values()) : null;
  let kept: ScopeNames | null = null;
  const isKnown = (scope: Scope) => {
    if (scope.kind === 'everything' || (known && isKnownScope(scope, known))) return true;
    kept ??= readNames(desk.engine.paths.names) ?? { brands: [], accounts: [] };
    return isKnownScope(scope, kept);
  };
  const unknown = scopes.filter((scope) => !isKnown(scope));
  const order = { control: 'button', by: desk.settings.read().personName, ...words } as const;
  const orders: StopOrder[] = scopes
    .filter((scope) => !unknown.includes(scope))
    .map((scope) => ({ ...order, scope }));
  if (unknown.length > 0) {
    orders.unshift({ ...order, scope: EVERYTHING, widenedFrom: unknown.map(scopeKey).join(', ') });
  }
  return orders;
}

export function createPublishingHandlers(desk: Desk): PublishingHandlers {
  const { engine, settings } = desk;
  return {
    'publishing.read': async () => ok(await readPublishing(desk)),

    async 'publishing.start'() {
      const open = needDesk(desk);
      if (!open.ok) return open;
      if (engine.stop.status().state === 'not-started')
        await beginPractice(open.value, desk.clock, (planned) =>
          engine.recordPlanned(planned, 'sample', settings.read().personName),
        );
      const started = engine.stop.start(settings.read().personName);
      return started.ok ? ok(await readPublishing(desk)) : started;
    },

    // Nothing is awaited before `engage`: the stop takes effect in the step in which the request arrives.
    'stop.engage'({ scopes, reason = '', widenedFrom = '' }) {
      engine.stop.engageAll(toOrders(desk, scopes, { reason, widenedFrom }));
      return readPublishing(desk).then(ok);
    },

    async 'stop.explain'({ stopId, reason }) {
      const explained = engine.stop.explain(stopId, reason, settings.read().personName);
      if (!explained.ok) return explained;
      const view = await desk.history.read(stopId);
      return view ? ok(view) : refuse('no-such-stop', 'This stop is no longer in force.');
    },

    'stop.list': async ({ limit }) => ok(await desk.history.list(limit)),

    'release.preview': () => previewReleases(desk),

    async 'release.confirm'({ brandIds, stopIds, by, pressCount }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      // HAZARD: not from the directory, which may lack a brand an import has just made: one that is not named here would come back unasked.
      const brands = await open.value.storage.brands.list();
      const known = new Set(brands.map(({ id }) => id));
      const unknown = brandIds.find((id) => !known.has(id));
      if (unknown !== undefined) return refuse('no-such-brand', `There is no brand ${unknown}.`);
      desk.history.expectRelease(by);
      const released = engine.stop.release({
        brandIds,
        stopIds,
        allBrands: brands.map(({ id, market }) => ({ brandId: id, market })),
        by,
        pressCount,
      });
      if (!released.ok) return released;
      // Who typed last is who sits there: what follows is journalled under this name.
      if (settings.read().personName !== by) {
        settings.keep({ personName: by });
        desk.notify('settings.changed', {});
      }
      return ok(await readPublishing(desk));
    },
  };
}
