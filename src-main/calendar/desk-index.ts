import type { Account, AccountId, Brand } from '../core/brand.ts';
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
  /** Null when the account is gone, or its network is not known here. */
  seatOf(id: AccountId): Seat | null;
  /** The only account that is meant by these words, '' being left open; null when none or several may be. */
  onlySeat(named: { brand: string; network: string; account: string }): Seat | null;
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
  const byId = new Map<AccountId, Seat>();
  for (const account of accounts) {
    const brand = owners.get(account.brandId);
    const connector = connectors.find((one) => one.network === account.network);
    if (brand === undefined || connector === undefined) continue;
    const seat = { account, brand, limits: connector.limitsOf(account.settings) };
    const place = placeOf(brand, connector);
    const there = seats.get(place) ?? new Map<string, Seat>();
    there.set(foldName(account.name), seat);
    byId.set(account.id, seat);
    seats.set(place, there);
  }
  let folded: { seat: Seat; owner: string; name: string }[] | null = null;
  return {
    seatOf: (id) => byId.get(id) ?? null,
    onlySeat({ brand, network, account }) {
      const wanted = networks.get(foldName(network))?.network;
      const [owner, name] = [foldName(brand), bareName(account)];
      if (owner === '' && name === '') return null;
      folded ??= [...byId.values()].map((seat) => ({
        seat,
        owner: foldName(seat.brand.name),
        name: bareName(seat.account.name),
      }));
      const fits = folded.filter(
        (one) =>
          (owner === '' || one.owner === owner) &&
          (network.trim() === '' || one.seat.account.network === wanted) &&
          (name === '' || one.name === name),
      );
      return fits.length === 1 ? (fits[0]?.seat ?? null) : null;
    },
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

const bareName = (name: string): string => foldName(name).replace(/^@/u, '');

function placeOf(brand: Brand, connector: Connector): string {
  return `${brand.id}/${connector.network}`;
}
