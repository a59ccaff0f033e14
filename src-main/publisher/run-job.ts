import type { Connector } from '../core/connector.ts';
import { unreachable } from '../core/result.ts';
import { createContext } from './context.ts';
import { FOREIGN, NO_KEY, type OpenedSecrets } from './opened-secrets.ts';
import type { Job, JobAnswers, Whereabouts } from './protocol.ts';
import type { Trade } from './secret-loans.ts';

/** What a look-up asks of a connector. */
export type JobSubject = Pick<
  Connector,
  'name' | 'verify' | 'find' | 'remove' | 'signIn' | 'listScheduled' | 'cancelScheduled'
>;

const MOST_JOB_MS = 60_000;

/** Carries out one look-up. Its gate is always closed: nothing here can make anything public. */
export async function runJob(
  job: Job,
  deps: {
    where: Whereabouts;
    secrets: OpenedSecrets;
    connector: JobSubject | null;
    now: () => number;
    /** Trades secrets that are kept; asked only for an account that is. */
    renew: (trade: Trade) => Promise<Readonly<Record<string, string>>>;
  },
): Promise<JobAnswers[Job['kind']]> {
  const { connector } = deps;
  if (!connector) throw new Error(`This version does not know ${job.account.network}.`);
  const secrets = typeof deps.secrets === 'string' ? {} : deps.secrets;
  const given = 'fields' in job ? job.fields : {};
  // Without the key nothing is known of a sign-in that is kept: it is not tried without its secrets and then called refused.
  if (deps.secrets === 'no-key' && Object.keys(given).length === 0) throw new Error(NO_KEY);
  if (deps.secrets === 'foreign' && job.kind !== 'verify') throw new Error(FOREIGN);
  const all = { ...secrets, ...given };
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), MOST_JOB_MS);
  const context = createContext({
    account: job.account,
    secrets: all,
    dataDir: deps.where.dataDir,
    signal: abort.signal,
    gate: () => ({ allow: false, why: 'a look-up makes nothing public' }),
    now: deps.now,
    // What these find out main keeps itself, as a whole.
    renew: async (trade) => ('fields' in job ? ((await trade(all)) ?? all) : await deps.renew(trade)),
    onPart: () => {},
  });
  try {
    switch (job.kind) {
      case 'verify': {
        const verified = await connector.verify(context);
        // Main keeps what comes back as the account's whole set: what was sealed before goes with it.
        return verified.kind === 'ready'
          ? { ...verified, secrets: { ...context.secrets, ...verified.secrets } }
          : verified;
      }
      case 'find':
        return connector.find
          ? await connector.find(context, job.request, job.refs)
          : { kind: 'unclear', detail: `${connector.name} has no way to look a post up.` };
      case 'remove':
        return connector.remove
          ? await connector.remove(context, job.refs)
          : { kind: 'unsupported', detail: `${connector.name} has no way to take a post down.` };
      case 'list-scheduled':
        return connector.listScheduled
          ? await connector.listScheduled(context)
          : { kind: 'cannot-tell', detail: `${connector.name} has no planner that can be read.` };
      case 'cancel-scheduled':
        return connector.cancelScheduled
          ? await connector.cancelScheduled(context, job.item)
          : {
              kind: 'unclear',
              detail: `${connector.name} has no planner in which anything can be cancelled.`,
            };
      case 'begin-sign-in':
        return connector.signIn
          ? await connector.signIn.begin(context, job.callback)
          : { kind: 'failed', detail: `${connector.name} does not sign in through the browser.` };
      case 'finish-sign-in':
        return connector.signIn
          ? await connector.signIn.finish(context, job.answer)
          : { kind: 'unreachable', detail: `${connector.name} does not sign in through the browser.` };
      default:
        return unreachable(job);
    }
  } finally {
    clearTimeout(timer);
  }
}
