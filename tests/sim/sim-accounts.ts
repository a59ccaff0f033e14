import type { AccountStore } from '../../src-main/core/stores.ts';
import type { SimDesk } from './desk.ts';
import { partOf } from './part-of.ts';

/** What a look-up asks of the accounts. */
export function createSimAccounts(desk: SimDesk): AccountStore {
  const find = (id: number) => desk.accounts.find((account) => account.id === id);
  return partOf<AccountStore>({
    read(id) {
      const account = find(id);
      return Promise.resolve(account ? desk.accountOf(account) : null);
    },
    readSignIn: (id) =>
      Promise.resolve(find(id) ? { settings: {}, sealed: null, state: 'ready', problem: '' } : null),
  });
}
