import type { AccountView, BrandView, DeskView } from '../../src-preload/views.ts';
import { zoneName } from '../calendar/local-time.ts';
import type { AccountId, Brand } from '../core/brand.ts';
import { brandPlace } from '../core/release-plan.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { covers, type Scope } from '../core/scope.ts';
import { type Desk, namesChanged, needDesk, type OpenDesk } from './desk.ts';
import { placeOf } from './directory.ts';
import type { Handlers } from './serve.ts';
import { toAccountView, toBrandView, toNetworkView } from './to-view.ts';

type DeskHandlers = Pick<
  Handlers,
  | 'desk.read'
  | 'brand.create'
  | 'brand.change'
  | 'network.list'
  | 'network.newSecret'
  | 'account.hold'
  | 'account.remove'
>;

/**
 * A brand that leaves a market that is stopped, or counts down, keeps a stop of its own, made before it leaves: nothing comes back but by a
 * release.
 */
function keepStoppedWithMarket({ engine, settings }: Desk, brand: Brand, market: string): void {
  const was = brandPlace({ brandId: brand.id, market: brand.market });
  const becomes = brandPlace({ brandId: brand.id, market });
  // One that another process has just left in the files is in force, too.
  engine.stop.checkFiles();
  const { stops, countdowns } = engine.stop.status();
  const ofMarket = ({ scope }: { scope: Scope }) =>
    scope.kind === 'market' && covers(scope, was) && !covers(scope, becomes);
  const stop = stops.find(ofMarket);
  const hasOwn = stops.some(({ scope }) => scope.kind === 'brand' && scope.brandId === brand.id);
  if (hasOwn || (!stop && !countdowns.some(ofMarket))) return;
  engine.stop.engage({
    scope: { kind: 'brand', brandId: brand.id },
    control: 'button',
    by: settings.read().personName,
    reason: stop?.reason ?? '',
    widenedFrom: '',
  });
}

/** Brands with their accounts, by name; counts come from counters, so that a million posts cost nothing here. */
export async function readDesk(desk: Desk, { storage, directory }: OpenDesk): Promise<DeskView> {
  const [names, summaries, labels, notes] = await Promise.all([
    directory.read(),
    storage.posts.summaries(),
    storage.labels.list(),
    storage.brandNotes.list(),
  ]);
  const noteOf = new Map(notes.map((note) => [note.brandId, note]));
  const byAccount = new Map(summaries.map((summary) => [summary.accountId, summary]));
  const stopped = desk.engine.stop.gate.covered().filter(({ reason }) => reason === 'stopped');
  const { countdowns } = desk.engine.stop.status();
  const accounts = new Map<number, AccountView[]>();
  for (const account of names.accounts.values()) {
    const place = placeOf(names, account.id);
    const isStopped = place !== null && stopped.some(({ scope }) => covers(scope, place));
    const mine = accounts.get(account.brandId) ?? [];
    mine.push(
      toAccountView(
        account,
        desk.connectorFor(account.network),
        byAccount.get(account.id),
        isStopped,
        labels.get(account.id) ?? [],
        desk.language(),
      ),
    );
    accounts.set(account.brandId, mine);
  }
  const brands = [...names.brands.values()].map((brand): BrandView => {
    const place = brandPlace({ brandId: brand.id, market: brand.market });
    const isStopped = stopped.some(({ scope }) => covers(scope, place));
    const ends = countdowns.filter(({ scope }) => covers(scope, place)).map(({ endsAt }) => endsAt);
    const mine = (accounts.get(brand.id) ?? []).sort((a, b) => a.name.localeCompare(b.name));
    return toBrandView(
      brand,
      mine,
      isStopped,
      ends.length === 0 ? null : Math.max(...ends),
      noteOf.get(brand.id),
    );
  });
  return { brands: brands.sort((a, b) => a.name.localeCompare(b.name)) };
}

export async function readAccountView(
  desk: Desk,
  open: OpenDesk,
  accountId: AccountId,
): Promise<Result<AccountView>> {
  const view = (await readDesk(desk, open)).brands
    .flatMap((brand) => brand.accounts)
    .find((account) => account.id === accountId);
  return view ? ok(view) : refuse('no-such-account', 'This account is no longer there.');
}

async function readBrandView(desk: Desk, open: OpenDesk, brandId: number): Promise<Result<BrandView>> {
  const view = (await readDesk(desk, open)).brands.find((brand) => brand.id === brandId);
  return view ? ok(view) : refuse('no-such-brand', 'This brand is no longer there.');
}

const isOf = (scope: Scope, accountId: AccountId) =>
  scope.kind === 'account' && scope.accountId === accountId;

export function createDeskHandlers(desk: Desk): DeskHandlers {
  const toBrand = (request: {
    name: string;
    market: string;
    timeZone: string;
    graceMinutes: number;
    colour: string;
  }): Result<Omit<Brand, 'id'>> => {
    const timeZone = zoneName(request.timeZone);
    if (timeZone === null)
      return refuse('no-such-zone', `“${request.timeZone}” is no time zone, such as Europe/Paris.`);
    const { name, market, colour } = request;
    return ok({ name, market: market.trim(), timeZone, colour, graceMs: request.graceMinutes * 60_000 });
  };

  return {
    async 'desk.read'() {
      const open = needDesk(desk);
      return open.ok ? ok(await readDesk(desk, open.value)) : open;
    },

    async 'brand.create'(request) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const brand = toBrand(request);
      if (!brand.ok) return brand;
      const created = await open.value.storage.brands.create(brand.value);
      if (!created.ok) return created;
      desk.engine.record({
        event: 'brand.created',
        by: desk.settings.read().personName,
        details: { brand: created.value.id, name: created.value.name },
      });
      await namesChanged(desk, open.value);
      return await readBrandView(desk, open.value, created.value.id);
    },

    async 'brand.change'({ brandId, ...request }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const brand = toBrand(request);
      if (!brand.ok) return brand;
      const before = (await open.value.directory.read()).brands.get(brandId);
      if (before) keepStoppedWithMarket(desk, before, brand.value.market);
      const changed = await open.value.storage.brands.change({ id: brandId, ...brand.value });
      if (!changed.ok) return changed;
      // Once more for a stop of the market that was pressed while the database wrote.
      if (before) keepStoppedWithMarket(desk, before, brand.value.market);
      desk.engine.record({
        event: 'brand.changed',
        by: desk.settings.read().personName,
        details: { brand: brandId, name: brand.value.name, market: brand.value.market },
      });
      await namesChanged(desk, open.value);
      await open.value.planPages.keep(brandId);
      return await readBrandView(desk, open.value, brandId);
    },

    'network.list': async () => ok(desk.connectors.map(toNetworkView)),

    async 'network.newSecret'({ network }) {
      const make = desk.connectorFor(network)?.newSecret;
      return make
        ? ok({ secret: make(desk.randomBytes) })
        : refuse('no-such-network', `No secret for ${network} can be made here.`);
    },

    async 'account.hold'({ accountId, held }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const { accounts } = open.value.storage;
      const account = await accounts.read(accountId);
      if (!account) return refuse('no-such-account', 'This account is no longer there.');
      await accounts.setHeld(accountId, held ? desk.clock.now() : null);
      if (!held) desk.engine.resumed(accountId);
      desk.engine.record({
        event: held ? 'account.held' : 'account.resumed',
        by: desk.settings.read().personName,
        details: { account: accountId, name: account.name },
      });
      await namesChanged(desk, open.value);
      return await readAccountView(desk, open.value, accountId);
    },

    async 'account.remove'({ accountId }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const account = await open.value.storage.accounts.read(accountId);
      // The stop would stay in force with nothing to name it by.
      if (desk.engine.stop.status().stops.some(({ scope }) => isOf(scope, accountId)))
        return refuse('account-stopped', 'This account is stopped by itself. Release its stop first.');
      const removed = await open.value.storage.accounts.remove(accountId);
      if (!removed.ok) return removed;
      desk.engine.record({
        event: 'account.removed',
        by: desk.settings.read().personName,
        details: { account: accountId },
      });
      await namesChanged(desk, open.value);
      desk.notify('plan.changed', {});
      if (account) await open.value.planPages.keep(account.brandId);
      return ok({ removed: true });
    },
  };
}
