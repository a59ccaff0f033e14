import type { DatabaseCounts } from '../core/stores.ts';
import { checkCopy } from './online-copy.ts';
import { openSqlite } from './sqlite-driver.ts';

/** Why an account cannot be used yet that came from elsewhere. */
const FROM_ELSEWHERE = 'Sign in again: this account came from another computer.';

/**
 * Makes a closed copy fit to leave this computer: no sign-in, sealed or not, is left in any page of it; those accounts have to be signed in again.
 * Checks it afterwards. Rejects with `StorageError`.
 */
export async function makeTransferable(path: string): Promise<DatabaseCounts> {
  const copy = await openSqlite(path, 'create');
  try {
    await copy.all('PRAGMA journal_mode = DELETE');
    await copy.run(
      `UPDATE account SET sealed = NULL, state = 'signed-out', problem = ? WHERE sealed IS NOT NULL`,
      [FROM_ELSEWHERE],
    );
    // What is overwritten stays in free pages until the file is written anew.
    await copy.run('VACUUM');
  } finally {
    await copy.close();
  }
  return checkCopy(path);
}
