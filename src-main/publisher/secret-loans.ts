import { NoAnswer } from '../core/connector.ts';
import { accountContext, pairOf, sealFields } from '../secrets/seal.ts';
import { openSecrets } from './opened-secrets.ts';
import type { FromPublisher, ToPublisher } from './protocol.ts';

type Secrets = Readonly<Record<string, string>>;
/** `trade` as in `ConnectorContext.renewSecrets`. */
export type Trade = (kept: Secrets) => Promise<Secrets | null>;

type Lent = Extract<ToPublisher, { type: 'lent' }>;
type Kept = Extract<ToPublisher, { type: 'kept' }>;

/** Main answers at once, but for an account that another process renews right now. */
const PATIENCE_MS = 30_000;

/**
 * Secrets that wear out, traded for new ones in this process: main lends what is sealed for the account, to one process at a time, and the
 * new set is durable there before it is used. `key` opens and seals; null where there is none any more.
 */
export function createSecretLoans(say: (message: FromPublisher) => void) {
  const waiting = new Map<number, (answer: Lent | Kept | null) => void>();
  let nextLoan = 1;

  function answer<A extends Lent | Kept>(loan: number): Promise<A | null> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle(null), PATIENCE_MS);
      const settle = (given: Lent | Kept | null) => {
        clearTimeout(timer);
        waiting.delete(loan);
        resolve(given as A | null);
      };
      waiting.set(loan, settle);
    });
  }

  return {
    hear(message: Lent | Kept): void {
      waiting.get(message.loan)?.(message);
    },

    async renew(accountId: number, key: () => string | null, trade: Trade): Promise<Secrets> {
      const loan = nextLoan++;
      const lending = answer<Lent>(loan);
      say({ type: 'borrow', loan, accountId });
      const sealed = (await lending)?.sealed ?? null;
      const opens = key();
      const pair = opens === null ? null : pairOf(opens);
      const kept = sealed === null ? null : openSecrets(accountContext(accountId), sealed, opens);
      const giveBack = (box: string | null) => say({ type: 'give-back', loan, sealed: box });
      if (pair === null || kept === null || typeof kept === 'string') {
        giveBack(null);
        throw new NoAnswer('the sign-in could not be renewed: it is not to be had now', false);
      }
      let renewed: Secrets | null = null;
      try {
        renewed = await trade(kept);
      } catch (error) {
        giveBack(null);
        throw error;
      }
      if (renewed === null) {
        giveBack(null);
        return kept;
      }
      const keeping = answer<Kept>(loan);
      giveBack(sealFields(pair.publicKey, accountContext(accountId), renewed));
      if ((await keeping)?.isKept !== true)
        throw new NoAnswer('the renewed sign-in could not be kept', false);
      return renewed;
    },
  };
}
