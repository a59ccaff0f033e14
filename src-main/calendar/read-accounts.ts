import type { Account, Brand } from '../core/brand.ts';
import type { Connector, SettingField } from '../core/connector.ts';
import { type ColumnSpec, cellOf, type Header } from './columns.ts';
import { createDeskIndex, type DeskIndex, foldName } from './desk-index.ts';
import { zoneName } from './local-time.ts';
import { createNearest, type Nearest } from './nearest-name.ts';
import { unknownZone } from './read-calendar.ts';
import { quoted, type RowProblem, type Said, say } from './said.ts';
import type { TableRow } from './table.ts';

export type AccountColumn = 'brand' | 'market' | 'time_zone' | 'network' | 'name' | 'url' | 'secret';

export const accountsSpec: ColumnSpec<AccountColumn> = {
  required: ['brand', 'network', 'name'],
  optional: ['market', 'time_zone', 'url', 'secret'],
};

export type PlannedBrand = { readonly name: string; readonly market: string; readonly timeZone: string };
export type PlannedAccount = {
  readonly line: number;
  /** As in `brands` or on the desk, compared by `foldName`. */
  readonly brand: string;
  readonly network: string;
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** The account that is there already; null when it is new. */
  readonly known: Account | null;
};

export type AccountsPlan = {
  readonly brands: readonly PlannedBrand[];
  readonly accounts: readonly PlannedAccount[];
  readonly problems: readonly RowProblem[];
  /** What the file says and is not used. */
  readonly notices: readonly Said[];
};

const MOST_BRAND_LENGTH = 100;
const MOST_NAME_LENGTH = 200;
const MOST_MARKET_LENGTH = 100;

/** What the rows of an accounts file would make, pure. `readUrl` gives null for an address that may not be used. */
export function planAccounts(
  rows: readonly TableRow[],
  header: Header<AccountColumn>,
  desk: { readonly brands: readonly Brand[]; readonly accounts: readonly Account[] },
  deps: { readonly connectors: readonly Connector[]; readonly readUrl: (text: string) => URL | null },
): AccountsPlan {
  const nearest = createNearest();
  const index = createDeskIndex(desk.brands, desk.accounts, deps.connectors, nearest);
  const problems: RowProblem[] = [];
  const notices = new Set<Said>();
  const brands = new Map<string, NewBrandRows>();
  const accounts = new Map<string, PlannedAccount>();
  for (const row of rows) {
    if (row.kind === 'bad') {
      problems.push(row.problem);
      continue;
    }
    const wrong: Wrong = (column, said) => problems.push({ line: row.line, column, said });
    const cell = (column: AccountColumn) => cellOf(header, row.cells, column).trim();
    const brand = index.brand(cell('brand'));
    if (brand.ok) {
      if (differs(brand.value, cell)) notices.add(brandKept);
    } else addBrandRow(brands, row.line, cell, nearest, wrong);
    const account = planAccount(row.line, cell, index, deps.readUrl, notices, wrong);
    if (account === null) continue;
    const connector = deps.connectors.find((one) => one.network === account.network);
    const seat = brand.ok && connector ? index.seat(brand.value, connector, account.name) : null;
    const planned = { ...account, known: seat?.ok ? seat.value.account : null };
    const place = `${foldName(planned.brand)}\n${planned.network}\n${foldName(planned.name)}`;
    const before = accounts.get(place);
    if (before === undefined) accounts.set(place, planned);
    else if (!isSame(before, planned)) wrong('name', twice(before.line));
  }
  for (const brand of brands.values()) {
    if (brand.timeZone !== '' || brand.hadBadZone) continue;
    problems.push({ line: brand.line, column: 'time_zone', said: zoneNeeded(brand.name) });
  }
  return {
    brands: [...brands.values()].map(({ name, market, timeZone }) => ({ name, market, timeZone })),
    accounts: [...accounts.values()],
    problems: problems.sort((a, b) => a.line - b.line),
    notices: [...notices],
  };
}

type Wrong = (column: AccountColumn | '', said: Said) => void;
type Cell = (column: AccountColumn) => string;
type NewBrandRows = PlannedBrand & { readonly line: number; readonly hadBadZone: boolean };

/** The rows of a new brand together say its market and zone; they may leave them out, but not contradict each other. */
function addBrandRow(
  brands: Map<string, NewBrandRows>,
  line: number,
  cell: Cell,
  nearest: Nearest,
  wrong: Wrong,
): void {
  const name = cell('brand');
  if (name === '' || name.length > MOST_BRAND_LENGTH) {
    wrong('brand', name === '' ? noBrand : tooLong(MOST_BRAND_LENGTH));
    return;
  }
  const market = cell('market');
  if (market.length > MOST_MARKET_LENGTH) wrong('market', tooLong(MOST_MARKET_LENGTH));
  const written = cell('time_zone');
  const zone = written === '' ? '' : zoneName(written);
  if (zone === null) wrong('time_zone', unknownZone(written, nearest));
  const key = foldName(name);
  const before = brands.get(key) ?? { name, market: '', timeZone: '', line, hadBadZone: false };
  if (zone && before.timeZone !== '' && zone !== before.timeZone) {
    wrong('time_zone', contradicts(name, before.timeZone));
  }
  if (market !== '' && before.market !== '' && market !== before.market) {
    wrong('market', contradicts(name, before.market));
  }
  brands.set(key, {
    ...before,
    market: before.market || market,
    timeZone: before.timeZone || (zone ?? ''),
    hadBadZone: before.hadBadZone || zone === null,
  });
}

function planAccount(
  line: number,
  cell: Cell,
  index: DeskIndex,
  readUrl: (text: string) => URL | null,
  notices: Set<Said>,
  wrong: Wrong,
): Omit<PlannedAccount, 'known'> | null {
  const network = index.network(cell('network'));
  if (!network.ok) {
    wrong('network', network.said);
    return null;
  }
  const connector = network.value;
  if (!connector.fromFile) {
    wrong('network', needsSignIn(connector.name));
    return null;
  }
  const name = cell('name');
  if (name === '') wrong('name', say('There is no name.', 'Il n’y a pas de nom.'));
  if (name.length > MOST_NAME_LENGTH) wrong('name', tooLong(MOST_NAME_LENGTH));
  const settings: Record<string, string> = {};
  const secrets: Record<string, string> = {};
  for (const field of connector.settings) {
    if (field.kind !== 'url' && field.kind !== 'secret' && field.initial !== undefined) {
      settings[field.key] = field.initial;
    }
  }
  const url = takeCell('url', connector, cell('url'), notices, wrong);
  if (url !== null && readUrl(url.value) === null) wrong('url', badUrl(url.value));
  if (url !== null) settings[url.field.key] = url.value;
  const secret = takeCell('secret', connector, cell('secret'), notices, wrong);
  if (secret !== null) secrets[secret.field.key] = secret.value;
  return { line, brand: cell('brand'), network: connector.network, name, settings, secrets };
}

/** The connector's field of this kind with what the cell gives for it; null when there is nothing to keep. */
function takeCell(
  kind: 'url' | 'secret',
  connector: Connector,
  value: string,
  notices: Set<Said>,
  wrong: Wrong,
): { field: SettingField; value: string } | null {
  const field = connector.settings.find((one) => one.kind === kind);
  if (field === undefined) {
    if (value !== '') notices.add(notUsed);
    return null;
  }
  if (value !== '') return { field, value };
  if (!field.optional) {
    wrong(
      kind,
      say(
        `${connector.name} needs this: ${field.label.en}.`,
        `${connector.name} en a besoin : ${field.label.fr}.`,
      ),
    );
  }
  return null;
}

function differs(brand: Brand, cell: Cell): boolean {
  const [zone, market] = [cell('time_zone'), cell('market')];
  return (zone !== '' && zoneName(zone) !== brand.timeZone) || (market !== '' && market !== brand.market);
}

function isSame(a: PlannedAccount, b: PlannedAccount): boolean {
  return JSON.stringify([a.settings, a.secrets]) === JSON.stringify([b.settings, b.secrets]);
}

const noBrand = say('There is no brand.', 'Il n’y a pas de marque.');
const brandKept = say(
  'Brands that are there already keep their market and time zone.',
  'Les marques déjà présentes gardent leur marché et leur fuseau horaire.',
);
const notUsed = say(
  'Addresses and secrets given for a network that needs none were not kept.',
  'Les adresses et secrets donnés pour un réseau qui n’en demande pas n’ont pas été gardés.',
);

function tooLong(most: number): Said {
  return say(`At most ${most} characters are allowed.`, `${most} caractères au plus sont permis.`);
}

function twice(line: number): Said {
  return say(
    `The account of line ${line} is here again with other details.`,
    `Le compte de la ligne ${line} revient ici avec d’autres détails.`,
  );
}

function zoneNeeded(brand: string): Said {
  const name = quoted(brand);
  return say(
    `The new brand ${name.en} needs a time zone, for instance Europe/Paris.`,
    `La nouvelle marque ${name.fr} a besoin d’un fuseau horaire, par exemple Europe/Paris.`,
  );
}

function contradicts(brand: string, before: string): Said {
  const [name, was] = [quoted(brand), quoted(before)];
  return say(
    `For the brand ${name.en} a row above says ${was.en}.`,
    `Pour la marque ${name.fr}, une ligne plus haut dit ${was.fr}.`,
  );
}

function needsSignIn(network: string): Said {
  return say(
    `${network} accounts need a sign-in: connect them in the window.`,
    `Les comptes ${network} demandent une connexion : ajoutez-les dans la fenêtre.`,
  );
}

function badUrl(url: string): Said {
  const given = quoted(url);
  return say(
    `${given.en} may not be used: the address must be https, or http on this machine, without name or password in it.`,
    `${given.fr} ne peut pas être utilisé : l’adresse doit être en https, ou en http sur cette machine, sans nom ni mot de passe.`,
  );
}
