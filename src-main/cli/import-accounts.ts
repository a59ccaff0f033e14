import { type AccountSecrets, importAccounts } from '../calendar/import-accounts.ts';
import { counted, say } from '../calendar/said.ts';
import { connectors } from '../connectors/index.ts';
import { readUrl } from '../connectors/shared/server-url.ts';
import type { Storage } from '../core/stores.ts';
import { readPublicKey } from '../secrets/key-file.ts';
import { addPending } from '../secrets/pending.ts';
import { accountContext, sealFields } from '../secrets/seal.ts';
import { toScopeNames, writeNames } from '../stop/scope-names.ts';
import { stopPaths } from '../stop/stop-files.ts';
import type { CommandLine } from './arguments.ts';
import { withQueue } from './open-queue.ts';
import { EXIT, type ExitCode, type Output, refused } from './output.ts';
import { record } from './record.ts';

const screen = say('Import → Accounts', 'Importer → Comptes');

/** `allstop import-accounts`: adds brands and accounts, all or none. Exit 0, 2 or 5. */
export function importAccountsFile(line: CommandLine, output: Output): Promise<ExitCode> {
  return withQueue(line, output, screen, async (storage) => {
    const deps = {
      storage,
      connectors,
      readUrl: (text: string) => readUrl(text),
      keepSecrets: (secrets: readonly AccountSecrets[]) => keepSecrets(line.dataDir, storage, secrets),
    };
    const path = line.path(line.rest[0] ?? '');
    const { language } = output;
    const done = await importAccounts(deps, path, { dryRun: line.isDryRun, language, signal: null });
    if (!done.ok) return refused(output, done.error.code, done.error.message);
    const { brandsAdded, accountsAdded, known, problems, notice } = done.value;
    if (notice !== '') output.warn(notice);
    for (const { line: at, column, reason } of problems) {
      const place = column === '' ? '' : `, ${column}`;
      output.say(say(`Line ${at}${place}: ${reason}`, `Ligne ${at}${place} : ${reason}`));
    }
    if (problems.length > 0) {
      const message = say(
        'Rows are bad, so nothing was added.',
        'Des lignes sont mauvaises, rien n’a donc été ajouté.',
      );
      output.say(message);
      const error = { code: 'bad-rows', message: message[language] };
      output.json({ ...done.value, brandsAdded: 0, accountsAdded: 0, dryRun: line.isDryRun, error });
      return EXIT.refused;
    }
    if (!line.isDryRun) {
      await keepNames(line.dataDir, storage);
      const details = { brands: brandsAdded, accounts: accountsAdded };
      record(line.dataDir, { event: 'accounts.imported', details });
    }
    const would = line.isDryRun ? say('Would add', 'Ajouterait') : say('Added', 'Ajouté');
    const accounts = counted(accountsAdded, ['account', 'accounts'], ['compte', 'comptes']);
    const brands = counted(brandsAdded, ['brand', 'brands'], ['marque', 'marques']);
    output.say(
      say(
        `${would.en} ${accounts.en} and ${brands.en}; known already: ${known}.`,
        `${would.fr} ${accounts.fr} et ${brands.fr} ; déjà connus : ${known}.`,
      ),
    );
    output.json({ ...done.value, dryRun: line.isDryRun });
    return EXIT.done;
  });
}

/** Seals with the data folder's public key; before there is one, leaves them where the app seals them at its next start. */
async function keepSecrets(
  dataDir: string,
  storage: Storage,
  secrets: readonly AccountSecrets[],
): Promise<'sealed' | 'pending'> {
  const key = await readPublicKey(dataDir);
  if (key === null) {
    const kept = await addPending(dataDir, secrets);
    if (!kept.ok) throw new Error(kept.error.message);
    return 'pending';
  }
  for (const { accountId, fields } of secrets) {
    await storage.accounts.setSealed(accountId, sealFields(key, accountContext(accountId), fields));
  }
  return 'sealed';
}

/** So that a stop by name works before the app was ever opened. Without it such a stop is one of everything. */
async function keepNames(dataDir: string, storage: Storage): Promise<void> {
  const [brands, accounts] = await Promise.all([storage.brands.list(), storage.accounts.list()]);
  try {
    writeNames(stopPaths(dataDir).names, toScopeNames(brands, accounts));
  } catch {
    // The app writes it at its next start.
  }
}
