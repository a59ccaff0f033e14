import type { AccountView, BrandView, ScopeView } from '../../src-preload/views.ts';
import { coveredAccounts } from '../stop/scope-covers.ts';

export type MoveEffect = {
  readonly going: readonly AccountView[];
  readonly left: readonly {
    readonly account: AccountView;
    readonly reason: 'same-brand' | 'name-taken' | 'publishing';
  }[];
  /** Scheduled posts that go along. */
  readonly scheduled: number;
  /** Whether any of the brands they leave has another zone, grace or market. */
  readonly zoneChanges: boolean;
  readonly graceChanges: boolean;
  readonly marketChanges: boolean;
  /** Covered by a stop or countdown of the brand or market they leave: each keeps a stop of its own. */
  readonly keepStopped: number;
  /** Not stopped now; a stop covers them in the other brand. */
  readonly becomeStopped: number;
};

/** What giving accounts to another brand would mean. `scopes`: of the stops in force and of the countdowns. */
export function moveEffect(
  accounts: readonly AccountView[],
  target: BrandView,
  brands: readonly BrandView[],
  scopes: readonly ScopeView[],
): MoveEffect {
  const brandOf = new Map(brands.map((brand) => [brand.id, brand]));
  const key = ({ network, name }: AccountView) => `${network} ${name}`;
  const taken = new Set(target.accounts.map(key));
  const going: AccountView[] = [];
  const left: MoveEffect['left'][number][] = [];
  for (const account of accounts) {
    if (account.brandId === target.id) left.push({ account, reason: 'same-brand' });
    else if (account.counts.publishing > 0) left.push({ account, reason: 'publishing' });
    else if (taken.has(key(account))) left.push({ account, reason: 'name-taken' });
    else {
      taken.add(key(account));
      going.push(account);
    }
  }
  const covering = (account: AccountView, brand: BrandView | undefined) =>
    brand === undefined
      ? []
      : scopes.filter((scope) => coveredAccounts([scope], { ...brand, accounts: [account] }).length > 0);
  const from = going.flatMap((account) => brandOf.get(account.brandId) ?? []);
  return {
    going,
    left,
    scheduled: going.reduce((sum, { counts }) => sum + counts.scheduled, 0),
    zoneChanges: from.some(({ timeZone }) => timeZone !== target.timeZone),
    graceChanges: from.some(({ graceMinutes }) => graceMinutes !== target.graceMinutes),
    marketChanges: from.some(({ market }) => market !== target.market),
    keepStopped: going.filter((account) => {
      const there = covering(account, target);
      return covering(account, brandOf.get(account.brandId)).some((scope) => !there.includes(scope));
    }).length,
    becomeStopped: going.filter((account) => !account.isStopped && covering(account, target).length > 0)
      .length,
  };
}
