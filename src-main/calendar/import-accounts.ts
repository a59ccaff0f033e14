import { createHash } from 'node:crypto';
import type { Account, AccountId } from '../core/brand.ts';
import { DEFAULT_GRACE_MS } from '../core/brand.ts';
import type { Connector } from '../core/connector.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import type { Storage } from '../core/stores.ts';
import type { Header } from './columns.ts';
import { foldName } from './desk-index.ts';
import type { Language } from './local-time.ts';
import { Canceled } from './pacer.ts';
import {
  type AccountColumn,
  type AccountsPlan,
  accountsSpec,
  type PlannedAccount,
  planAccounts,
} from './read-accounts.ts';
import { FileRefused, inWords, say } from './said.ts';
import { readTable, type TableRow } from './table.ts';
import { inspectTextFile } from './text-file.ts';

/** The secrets of one account, as the connector names them. */
export type AccountSecrets = {
  readonly accountId: AccountId;
  readonly fields: Readonly<Record<string, string>>;
};

export type AccountsImportDeps = {
  readonly storage: Pick<Storage, 'brands' | 'accounts'>;
  readonly connectors: readonly Connector[];
  readonly readUrl: (text: string) => URL | null;
  /**
   * Seals and stores them, or keeps them where the app seals them at its next start ('pending'). Rejects when neither can be done.
   */
  readonly keepSecrets: (secrets: readonly AccountSecrets[]) => Promise<'sealed' | 'pending'>;
};

/** Fits `AccountsImportView` of the window. */
export type AccountsImported = {
  readonly brandsAdded: number;
  readonly accountsAdded: number;
  readonly known: number;
  /** At most 500. With one, nothing was added. */
  readonly problems: { line: number; column: string; reason: string }[];
  readonly notice: string;
};

const MOST_SHOWN = 500;
const MOST_ROWS = 100_000;

/**
 * Adds the accounts of a file, and brands as needed, all or none; those that are there already are left as they are, but get their secret
 * if they lack it. With `dryRun` only tells. Refuses what is no such table, and 'storage' when the disk or database failed: brands made
 * until then stay, accounts do not.
 */
export async function importAccounts(
  deps: AccountsImportDeps,
  path: string,
  options: { readonly dryRun: boolean; readonly language: Language; readonly signal: AbortSignal | null },
): Promise<Result<AccountsImported>> {
  const { language, signal, dryRun } = options;
  let plan: AccountsPlan;
  try {
    plan = await readPlan(deps, path, signal);
  } catch (error) {
    if (error instanceof Canceled) return refuse('canceled', inWords(canceled, language));
    if (error instanceof FileRefused)
      return refuse(error.problem.code, inWords(error.problem.said, language));
    throw error;
  }
  const added = plan.accounts.filter(({ known }) => known === null);
  const result = {
    brandsAdded: plan.brands.length,
    accountsAdded: added.length,
    known: plan.accounts.length - added.length,
    problems: plan.problems
      .slice(0, MOST_SHOWN)
      .map(({ line, column, said }) => ({ line, column, reason: inWords(said, language) })),
  };
  const notices = plan.notices.map((notice) => inWords(notice, language));
  if (plan.problems.length > 0 || dryRun) return ok({ ...result, notice: notices.join(' ') });
  const done = await carryOut(deps, plan, language);
  if (!done.ok) return done;
  if (done.value === 'pending') notices.push(inWords(pending, language));
  return ok({ ...result, notice: notices.join(' ') });
}

async function readPlan(
  deps: AccountsImportDeps,
  path: string,
  signal: AbortSignal | null,
): Promise<AccountsPlan> {
  const file = await inspectTextFile(path, signal);
  const rows: TableRow[] = [];
  let header: Header<AccountColumn> = { places: new Map(), width: 0, unnamed: [] };
  for await (const batch of readTable<AccountColumn>(file, accountsSpec, signal)) {
    header = batch.header;
    rows.push(...batch.rows);
    if (rows.length > MOST_ROWS) {
      throw new FileRefused(
        'too-many-rows',
        say(`There are more than ${MOST_ROWS} rows.`, `Il y a plus de ${MOST_ROWS} lignes.`),
      );
    }
  }
  const [brands, accounts] = await Promise.all([deps.storage.brands.list(), deps.storage.accounts.list()]);
  return planAccounts(rows, header, { brands, accounts }, deps);
}

async function carryOut(
  deps: AccountsImportDeps,
  plan: AccountsPlan,
  language: Language,
): Promise<Result<'sealed' | 'pending'>> {
  const made: AccountId[] = [];
  try {
    for (const { name, market, timeZone } of plan.brands) {
      const brand = { name, market, timeZone, graceMs: DEFAULT_GRACE_MS, colour: colourOf(name) };
      need(await deps.storage.brands.create(brand));
    }
    const brands = new Map(
      (await deps.storage.brands.list()).map((brand) => [foldName(brand.name), brand.id]),
    );
    const secrets: AccountSecrets[] = [];
    for (const planned of plan.accounts) {
      const account = planned.known ?? (await createAccount(deps, planned, brands));
      if (planned.known === null) made.push(account.id);
      const lacksSecret =
        planned.known === null || (await deps.storage.accounts.sealedOf(account.id)) === null;
      if (lacksSecret && Object.keys(planned.secrets).length > 0) {
        secrets.push({ accountId: account.id, fields: planned.secrets });
      }
    }
    return ok(secrets.length === 0 ? 'sealed' : await deps.keepSecrets(secrets));
  } catch (error) {
    for (const id of made) await deps.storage.accounts.remove(id).catch(() => {});
    const detail = error instanceof Error ? error.message : String(error);
    return refuse('storage', inWords(notAdded(detail), language));
  }
}

async function createAccount(
  deps: AccountsImportDeps,
  { brand, network, name, settings }: PlannedAccount,
  brands: ReadonlyMap<string, number>,
): Promise<Account> {
  const brandId = brands.get(foldName(brand));
  if (brandId === undefined) throw new Error(`no brand ${brand}`);
  return need(await deps.storage.accounts.create({ brandId, network, name, settings, sealed: null }));
}

function need<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** Quiet colours, told apart by most eyes; which one a brand gets is settled by its name. */
const COLOURS = [
  '#3b6ea5',
  '#7a5195',
  '#2f7f6f',
  '#b5651d',
  '#8a4f5e',
  '#5b7a2e',
  '#4a5a8c',
  '#996b1f',
  '#6b6b83',
  '#2d7d9a',
];

function colourOf(name: string): string {
  const [byte = 0] = createHash('sha256').update(foldName(name)).digest();
  return COLOURS[byte % COLOURS.length] ?? '#3b6ea5';
}

const canceled = say(
  'The import was canceled; nothing was added.',
  'L’import a été annulé ; rien n’a été ajouté.',
);
const pending = say(
  'The secrets lie in a file only you may read (secrets-pending.json) until All Stop seals them at its next start.',
  'Les secrets sont dans un fichier que vous seul pouvez lire (secrets-pending.json) jusqu’à ce qu’All Stop les scelle à son prochain démarrage.',
);

function notAdded(detail: string) {
  return say(
    `No account was added, because something could not be written: ${detail}`,
    `Aucun compte n’a été ajouté, car l’écriture a échoué : ${detail}`,
  );
}
