import type { Account, Brand } from '../core/brand.ts';
import type { Connector, Limits } from '../core/connector.ts';
import type { Nearest } from './nearest-name.ts';
import { hint, quoted, type Said, say } from './said.ts';

/** An account with what an import needs to know of it. */
export type Seat = { readonly account: Account; readonly brand: Brand; readonly limits: Limits };

export type Found<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly said: Said };

/** The brands and accounts there are, found by what people write: letters' case and white space around do not count. */
export type DeskIndex = {
  brand(written: string): Found<Brand>;
  network(written: string): Found<Connector>;
  /** `brand` and `network` as found before. A leading '@' may be left out or added. */
  seat(brand: Brand, network: Connector, written: string): Found<Seat>;
};

export function createDeskIndex(
  brands: readonly Brand[],
  accounts: readonly Account[],
  connectors: readonly Connector[],
  nearest: Nearest,
): DeskIndex {
  const byName = new Map(brands.map((brand) => [foldName(brand.name), brand]));
  const networks = new Map<string, Connector>();
  for (const connector of connectors) networks.set(foldName(connector.name), connector);
  for (const connector of connectors) networks.set(foldName(connector.network), connector);
  const owners = new Map(brands.map((brand) => [brand.id, brand]));
  const seats = new Map<string, Map<string, Seat>>();
  for (const account of accounts) {
    const brand = owners.get(account.brandId);
    const connector = connectors.find((one) => one.network === account.network);
    if (brand === undefined || connector === undefined) continue;
    const seat = { account, brand, limits: connector.limitsOf(account.settings) };
    const place = placeOf(brand, connector);
    const there = seats.get(place) ?? new Map<string, Seat>();
    there.set(foldName(account.name), seat);
    seats.set(place, there);
  }
  return {
    brand(written) {
      const brand = byName.get(foldName(written));
      if (brand !== undefined) return { ok: true, value: brand };
      if (written.trim() === '') {
        return { ok: false, said: say('There is no brand.', 'Il n’y a pas de marque.') };
      }
      const [given, meant] = [
        quoted(written),
        hint(nearest('brand', written, () => brands.map((one) => one.name))),
      ];
      return {
        ok: false,
        said: say(
          `There is no brand ${given.en}.${meant.en}`,
          `La marque ${given.fr} n’existe pas.${meant.fr}`,
        ),
      };
    },
    network(written) {
      const connector = networks.get(foldName(written));
      if (connector !== undefined) return { ok: true, value: connector };
      if (written.trim() === '') {
        return { ok: false, said: say('There is no network.', 'Il n’y a pas de réseau.') };
      }
      const names = connectors.map((one) => one.network);
      const [given, meant] = [quoted(written), hint(nearest('network', written, () => names))];
      const list = names.join(', ');
      return {
        ok: false,
        said: say(
          `There is no network ${given.en}.${meant.en || ` There are: ${list}.`}`,
          `Le réseau ${given.fr} n’existe pas.${meant.fr || ` Il y a : ${list}.`}`,
        ),
      };
    },
    seat(brand, connector, written) {
      const there = seats.get(placeOf(brand, connector));
      const name = foldName(written);
      const seat = there?.get(name) ?? there?.get(name.startsWith('@') ? name.slice(1) : `@${name}`);
      if (seat !== undefined) return { ok: true, value: seat };
      if (name === '') {
        return { ok: false, said: say('There is no account.', 'Il n’y a pas de compte.') };
      }
      const given = quoted(written);
      const names = () => [...(there?.values() ?? [])].map((one) => one.account.name);
      const meant = hint(nearest(placeOf(brand, connector), written, names));
      return {
        ok: false,
        said: say(
          `${brand.name} has no account ${given.en} on ${connector.name}.${meant.en}`,
          `${brand.name} n’a pas de compte ${given.fr} sur ${connector.name}.${meant.fr}`,
        ),
      };
    },
  };
}

/** What two names are compared by. */
export function foldName(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}

function placeOf(brand: Brand, connector: Connector): string {
  return `${brand.id}/${connector.network}`;
}
