import type { AccountStore } from '../../src-main/core/stores.ts';
import type { SimDesk } from './desk.ts';

const unused = () => Promise.reject(new Error('nothing simulated asks for this'));

/** What a look-up asks of the accounts. */
export function createSimAccounts(desk: SimDesk): AccountStore {
  const find = (id: number) => desk.accounts.find((account) => account.id === id);
  return {
    list: unused,
    read: (id) => {
      const account = find(id);
      return Promise.resolve(account ? desk.accountOf(account) : null);
    },
    create: unused,
    setHeld: unused,
    readSignIn: (id) =>
      Promise.resolve(find(id) ? { settings: {}, sealed: null, state: 'ready', problem: '' } : null),
    setSignIn: unused,
    signOut: unused,
    sealedOf: unused,
    sealed: unused,
    setSealed: unused,
    remove: unused,
  };
}
