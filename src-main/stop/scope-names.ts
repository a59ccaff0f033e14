import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Account, Brand } from '../core/brand.ts';
import { marketKey, type Scope } from '../core/scope.ts';
import { readSmall } from './sync-files.ts';
import { writeWhole } from './whole-files.ts';

/** The names a stop may be asked by while the app is down, and what there is to be stopped. */
export type ScopeNames = {
  readonly brands: readonly { readonly id: number; readonly name: string; readonly market: string }[];
  readonly accounts: readonly {
    readonly id: number;
    readonly brandId: number;
    readonly network: string;
    readonly name: string;
  }[];
};

export function toScopeNames(brands: Iterable<Brand>, accounts: Iterable<Account>): ScopeNames {
  return {
    brands: Array.from(brands, ({ id, name, market }) => ({ id, name, market })),
    accounts: Array.from(accounts, ({ id, brandId, network, name }) => ({ id, brandId, network, name })),
  };
}

/** Keeps the index of names beside the stops. Throws what the system says. */
export function writeNames(path: string, names: ScopeNames): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeWhole(path, () => JSON.stringify(names));
}

const MOST_BYTES = 16 * 1024 * 1024;

/** Null when there is none that can be read: then a stop by name becomes a stop of everything. */
export function readNames(path: string): ScopeNames | null {
  try {
    const { brands, accounts = [] } = JSON.parse(readSmall(path, MOST_BYTES).text) as Partial<ScopeNames>;
    if (!Array.isArray(brands) || !Array.isArray(accounts)) return null;
    return { brands: brands.map((brand) => ({ ...brand, market: brand.market ?? '' })), accounts };
  } catch {
    return null;
  }
}

/** Whether there is anything such a stop would cover. A stop that names nothing covers too little: it becomes one of everything. */
export function isKnownScope(scope: Scope, { brands, accounts }: ScopeNames): boolean {
  switch (scope.kind) {
    case 'everything':
      return true;
    case 'market':
      return brands.some(({ market }) => isSame(market, scope.market) && market !== '');
    case 'brand':
      return brands.some(({ id }) => id === scope.brandId);
    case 'network':
      return accounts.some(({ network }) => network === scope.network);
    case 'account':
      return accounts.some(({ id }) => id === scope.accountId);
  }
}

/** Names are compared as markets are: nobody types an accent or a space as a file has it. */
const isSame = (one: string, other: string) => marketKey(one) === marketKey(other);

/**
 * The scope a text names, without regard to case: `brand:Maison Verte`, `market:France`, `network:bluesky`,
 * `account:bluesky/maisonverte.example` or `account:Maison Verte/bluesky/maisonverte.example`. Null when it names nothing that exists, and
 * when it names more than one account: what is meant is then not known.
 */
export function resolveScope(text: string, names: ScopeNames | null): Scope | null {
  if (text === 'everything' || text === '') return { kind: 'everything' };
  const [, kind, given = ''] = /^(brand|market|network|account):(.+)$/su.exec(text) ?? [];
  const name = given.trim();
  if (kind === undefined || name === '' || names === null) return null;
  const { brands, accounts } = names;
  if (kind === 'account') return resolveAccount(name, names);
  if (kind === 'brand') {
    const brand = brands.find((each) => isSame(each.name, name));
    return brand ? { kind, brandId: brand.id } : null;
  }
  if (kind === 'market') {
    const market = brands.find((each) => isSame(each.market, name))?.market;
    return market === undefined ? null : { kind, market };
  }
  const network = accounts.find((each) => isSame(each.network, name))?.network;
  return kind === 'network' && network !== undefined ? { kind, network } : null;
}

function resolveAccount(name: string, { brands, accounts }: ScopeNames): Scope | null {
  const brandName = new Map(brands.map((brand) => [brand.id, brand.name]));
  const meant = accounts.filter((account) => {
    const short = `${account.network}/${account.name}`;
    return isSame(short, name) || isSame(`${brandName.get(account.brandId) ?? ''}/${short}`, name);
  });
  const [only] = meant;
  return meant.length === 1 && only ? { kind: 'account', accountId: only.id } : null;
}
