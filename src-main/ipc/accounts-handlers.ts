import { join } from 'node:path';
import type { AccountsMoved } from '../../src-preload/accounts-views.ts';
import type { Account, AccountId, BrandId } from '../core/brand.ts';
import { ok, refuse } from '../core/result.ts';
import { covers, type Place, type Scope } from '../core/scope.ts';
import { type Desk, namesChanged, needDesk } from './desk.ts';
import { type Names, placeOf } from './directory.ts';
import { readMediaFact } from './media-facts.ts';
import type { Handlers } from './serve.ts';

/** Labels to choose from; others can be typed. */
const MOST_LISTED = 2_000;

type AccountsHandlers = Pick<
  Handlers,
  'account.move' | 'label.list' | 'account.label' | 'account.holdAll' | 'brand.note'
>;

/** What leaves a stop or a countdown of its brand or market keeps a stop of its own: nothing comes back but by a release. */
function keepStopped(desk: Desk, names: Names, ids: readonly AccountId[], brandId: BrandId): number {
  // One that another process has just left in the files is in force, too.
  desk.engine.stop.checkFiles();
  const { stops, countdowns } = desk.engine.stop.status();
  const market = names.brands.get(brandId)?.market ?? '';
  const orders = ids.flatMap((accountId) => {
    const was = placeOf(names, accountId);
    if (was === null || was.brandId === brandId) return [];
    const becomes: Place = { ...was, brandId, market };
    const leaves = ({ scope }: { scope: Scope }) => covers(scope, was) && !covers(scope, becomes);
    const stop = stops.find(leaves);
    const isOwn = ({ scope }: { scope: Scope }) => scope.kind === 'account' && scope.accountId === accountId;
    if (stops.some(isOwn) || (!stop && !countdowns.some(leaves))) return [];
    return [
      {
        scope: { kind: 'account' as const, accountId },
        control: 'button' as const,
        by: desk.settings.read().personName,
        reason: stop?.reason ?? '',
        widenedFrom: '',
      },
    ];
  });
  if (orders.length > 0) desk.engine.stop.engageAll(orders);
  return orders.length;
}

/** Many accounts at once, and what is kept of a brand. */
export function createAccountsHandlers(desk: Desk): AccountsHandlers {
  const by = () => desk.settings.read().personName;

  return {
    async 'account.move'({ accountIds, brandId }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const { storage, directory, planPages } = open.value;
      const names = await directory.read();
      const brand = names.brands.get(brandId);
      if (!brand) return refuse('no-such-brand', 'This brand is no longer there.');
      const busy = new Set(
        (await storage.posts.summaries())
          .filter(({ counts }) => counts.publishing > 0)
          .map(({ accountId }) => accountId),
      );
      const left: AccountsMoved['left'] = [];
      const going: Account[] = [];
      const taken = new Set(
        [...names.accounts.values()].filter((one) => one.brandId === brandId).map(nameKey),
      );
      for (const id of new Set(accountIds)) {
        const account = names.accounts.get(id);
        const reason = !account
          ? 'gone'
          : account.brandId === brandId
            ? 'same-brand'
            : busy.has(id)
              ? 'publishing'
              : taken.has(nameKey(account))
                ? 'name-taken'
                : null;
        if (account && reason === null) {
          taken.add(nameKey(account));
          going.push(account);
        } else left.push({ accountId: id, name: account?.name ?? '', reason: reason ?? 'gone' });
      }
      const ids = going.map(({ id }) => id);
      let keptStopped = keepStopped(desk, names, ids, brandId);
      // What fell due under a stop that is over is missed before the account leaves it: its new brand's grace is another.
      const { gate } = desk.engine.stop;
      while (going.length > 0) {
        const swept = await storage.posts.sweepMissed(desk.clock.now(), gate.covered(), gate.floors());
        if (!swept.more) break;
      }
      const moved = new Set(await storage.accounts.moveToBrand(ids, brandId));
      // Once more for a stop that was pressed while the database wrote.
      keptStopped += keepStopped(desk, names, [...moved], brandId);
      for (const { id, name, brandId: from } of going) {
        if (moved.has(id))
          desk.engine.record({
            event: 'account.moved',
            by: by(),
            details: { account: id, name, brand: brandId, brandName: brand.name, from },
          });
        else left.push({ accountId: id, name, reason: 'publishing' });
      }
      await namesChanged(desk, open.value);
      desk.notify('plan.changed', {});
      for (const one of new Set([brandId, ...going.map((account) => account.brandId)]))
        await planPages.keep(one);
      return ok({ moved: moved.size, keptStopped, left });
    },

    async 'label.list'() {
      const open = needDesk(desk);
      return open.ok ? ok([...(await open.value.storage.labels.ofPosts(MOST_LISTED))]) : open;
    },

    async 'account.label'({ accountIds, add, remove }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      await open.value.storage.labels.change(accountIds, [...new Set(add)], remove);
      desk.notify('desk.changed', {});
      return ok({ changed: accountIds.length });
    },

    async 'account.holdAll'({ accountIds, held }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const { storage, directory } = open.value;
      const { accounts } = await directory.read();
      let changed = 0;
      for (const id of new Set(accountIds)) {
        const account = accounts.get(id);
        if (!account || (account.heldAt !== null) === held) continue;
        await storage.accounts.setHeld(id, held ? desk.clock.now() : null);
        if (!held) desk.engine.resumed(id);
        desk.engine.record({
          event: held ? 'account.held' : 'account.resumed',
          by: by(),
          details: { account: id, name: account.name },
        });
        changed += 1;
      }
      await namesChanged(desk, open.value);
      return ok({ changed });
    },

    async 'brand.note'({ brandId, notes, logo }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const { storage } = open.value;
      if (logo !== '') {
        const path = join(desk.dataDir, 'media', logo);
        const fact = await readMediaFact(storage.facts, path, logo).catch(() => null);
        if (!fact?.mime.startsWith('image/'))
          return refuse('logo-no-picture', 'A logo is a picture. Choose another file.');
      }
      const saved = await storage.brandNotes.save({ brandId, notes: notes.trim(), logo });
      if (!saved.ok) return saved;
      desk.notify('desk.changed', {});
      return ok({ kept: true });
    },
  };
}

const nameKey = ({ network, name }: Account) => `${network} ${name}`;
