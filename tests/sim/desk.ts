import type { Account, Brand } from '../../src-main/core/brand.ts';
import type { Place } from '../../src-main/core/scope.ts';
import type { BrandPlace } from '../../src-main/core/stop-types.ts';
import type { ModelAccount } from '../storage/queue-model.ts';
import type { Random } from './random.ts';

const MINUTE = 60_000;

/** The brands and accounts of one world. Which of them are held or signed out is kept in the database with the accounts. */
export type SimDesk = {
  readonly brands: readonly Brand[];
  readonly accounts: readonly ModelAccount[];
  readonly networks: readonly string[];
  brandOf(account: ModelAccount): Brand;
  /** As the core sees it. */
  accountOf(account: ModelAccount): Account;
};

export function createDesk(random: Random): SimDesk {
  const networks = ['alpha', 'beta', 'gamma'];
  const brands: Brand[] = Array.from({ length: random.int(2, 4) }, (_, index) => ({
    id: index + 1,
    name: `Brand ${index + 1}`,
    market: random.pick(['France', 'Japan', '']),
    timeZone: 'Europe/Paris',
    graceMs: random.pick([0, 2 * MINUTE, 5 * MINUTE, 5 * MINUTE, 60 * MINUTE]),
    colour: '#336699',
  }));
  const accounts: ModelAccount[] = brands.flatMap((brand) =>
    Array.from({ length: random.int(1, 3) }, (_, index) => ({
      id: brand.id * 10 + index,
      brandId: brand.id,
      market: brand.market,
      network: random.pick(networks),
      graceMs: brand.graceMs,
      isSignedOut: false,
      isHeld: false,
    })),
  );
  return deskOf(brands, accounts, networks);
}

/** Brands are numbered from 1, in order. */
export function deskOf(
  brands: readonly Brand[],
  accounts: readonly ModelAccount[],
  networks: readonly string[],
): SimDesk {
  const brandOf = (account: ModelAccount) => brands[account.brandId - 1] as Brand;
  return {
    brands,
    accounts,
    networks,
    brandOf,
    accountOf: (account) => ({
      id: account.id,
      brandId: account.brandId,
      network: account.network,
      name: `account ${account.id}`,
      settings: {},
      state: account.isSignedOut ? 'signed-out' : 'ready',
      problem: '',
      heldAt: account.isHeld ? 1 : null,
      heldReason: '',
    }),
  };
}

/** As a release names them. */
export function placesOf({ brands }: SimDesk): readonly BrandPlace[] {
  return brands.map(({ id, market }) => ({ brandId: id, market }));
}

export function placeOf(account: ModelAccount): Place {
  return {
    accountId: account.id,
    brandId: account.brandId,
    market: account.market,
    network: account.network,
  };
}
