import type { PublishingView, ReleasePreview } from '../../src-preload/views.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { covers, EVERYTHING, scopeKey } from '../core/scope.ts';
import { COUNTDOWN_MS } from '../core/stop-state.ts';
import type { PublishingStatus } from '../core/stop-types.ts';
import { readNames } from '../stop/narrow-stops.ts';
import type { Desk } from './desk.ts';
import { needDesk } from './desk.ts';
import type { Names } from './directory.ts';
import { readNextToGo } from './next-to-go.ts';
import { beginPractice } from './practice-start.ts';
import type { Handlers } from './serve.ts';
import { toCounts, zeroCounts } from './to-view.ts';

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

/** The brands that come back, each with when its first post may go out; those that stay stopped are not among them. */
function countingDown(status: PublishingStatus, names: Names | null): PublishingView['countdowns'] {
  const brands = [...(names?.brands.values() ?? [])].sort((a, b) => a.name.localeCompare(b.name));
  return brands.flatMap(({ id, name, market }) => {
    const place = { brandId: id, market, accountId: 0, network: '' };
    if (status.stops.some(({ scope }) => covers(scope, place))) return [];
    const ends = status.countdowns.filter(({ scope }) => covers(scope, place)).map(({ endsAt }) => endsAt);
    return ends.length === 0 ? [] : [{ brandId: id, name, endsAt: Math.max(...ends) }];
  });
}

/** How many of a brand's next posts are looked through for one whose account can send. */
const LOOKED_AT = 50;

async function previewReleases(desk: Desk): Promise<Result<ReleasePreview[]>> {
  const open = needDesk(desk);
  if (!open.ok) return open;
  const { storage, directory } = open.value;
  const [names, summaries] = await Promise.all([directory.read(), storage.posts.summaries()]);
  const byAccount = new Map(summaries.map((summary) => [summary.accountId, summary]));
  const covered = desk.engine.stop.gate.covered().filter(({ reason }) => reason === 'stopped');
  const previews: ReleasePreview[] = [];
  const countdownEnd = desk.clock.now() + COUNTDOWN_MS;
  for (const brand of names.brands.values()) {
    const mine = [...names.accounts.values()].filter((account) => account.brandId === brand.id);
    const counts = zeroCounts();
    for (const account of mine) {
      const summary = byAccount.get(account.id);
      if (!summary) continue;
      counts.scheduled += summary.counts.scheduled;
      counts.missed += summary.counts.missed;
      counts.unconfirmed += summary.counts.unconfirmed;
    }
    const scheduled = { brandId: brand.id, states: ['scheduled'] } as const;
    const pages =
      counts.scheduled === 0
        ? null
        : await Promise.all([
            storage.posts.page({ ...scheduled, from: countdownEnd }, 'soonest', 0, LOOKED_AT),
            storage.posts.page({ ...scheduled, to: countdownEnd }, 'soonest', 0, 1),
          ]);
    const first = pages?.[0].posts.find(({ accountId }) => {
      const account = names.accounts.get(accountId);
      return account?.state === 'ready' && account.heldAt === null;
    });
    previews.push({
      brandId: brand.id,
      name: brand.name,
      market: brand.market,
      isStopped: covered.some(({ scope }) =>
        covers(scope, { brandId: brand.id, market: brand.market, accountId: 0, network: '' }),
      ),
      scheduled: counts.scheduled,
      missed: counts.missed,
      unconfirmed: counts.unconfirmed,
      next: first
        ? {
            text: (first.content.parts[0] ?? '').slice(0, 200),
            account: names.accounts.get(first.accountId)?.name ?? '',
            publishAt: first.publishAt,
          }
        : null,
      missedByCountdown: pages?.[1].total ?? 0,
    });
  }
  return ok(previews.sort((a, b) => a.name.localeCompare(b.name)));
}

/** By what is known at once: brands as they were read last, else the names kept for a stop while the app is down. */
function isKnownBrand(desk: Desk, brandId: number): boolean {
  if (desk.open()?.directory.latest()?.brands.has(brandId)) return true;
  return readNames(desk.engine.paths.names)?.brands.some(({ id }) => id === brandId) ?? false;
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
    'stop.engage'({ scope, reason = '', widenedFrom = '' }) {
      const isKnown = scope.kind === 'everything' || isKnownBrand(desk, scope.brandId);
      engine.stop.engage({
        scope: isKnown ? scope : EVERYTHING,
        control: 'button',
        by: settings.read().personName,
        reason,
        widenedFrom: isKnown ? widenedFrom : scopeKey(scope),
      });
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

    async 'release.confirm'({ brandIds, by, pressCount }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const names = await open.value.directory.read();
      const unknown = brandIds.find((id) => !names.brands.has(id));
      if (unknown !== undefined) return refuse('no-such-brand', `There is no brand ${unknown}.`);
      desk.history.expectRelease(by);
      const released = engine.stop.release({
        brandIds,
        allBrandIds: [...names.brands.keys()],
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
