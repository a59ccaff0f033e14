import type { Connector, Outcome } from '../core/connector.ts';
import type { Place } from '../core/scope.ts';
import { createContext } from './context.ts';
import type { PublisherGate } from './gate.ts';
import { FOREIGN, NO_KEY, type OpenedSecrets } from './opened-secrets.ts';
import type { FromPublisher, ToPublisher, Whereabouts } from './protocol.ts';
import type { Trade } from './secret-loans.ts';

type SendOrder = Extract<ToPublisher, { type: 'send' }>;

/** How long an aborted call may take to say what it knows before the process ends without it. */
const LAST_WORDS_MS = 120;
/** No attempt lasts longer: a post in flight for ever would hold its place in the cap. */
const MOST_ATTEMPT_MS = 90_000;

export type SenderDeps = {
  readonly gate: PublisherGate;
  readonly connectorFor: (network: string) => Connector | null;
  /** Opens sealed secrets with the key of this run. */
  readonly open: (accountId: number, sealed: string | null) => OpenedSecrets;
  readonly renew: (accountId: number, trade: Trade) => Promise<Readonly<Record<string, string>>>;
  readonly now: () => number;
  readonly say: (message: FromPublisher) => void;
};

/** Carries out sends, one connector call each, and aborts them at once when told. */
export function createSender(deps: SenderDeps, where: () => Whereabouts) {
  const flying = new Map<number, { abort: AbortController; place: Place; done: Promise<void> }>();

  async function attempt(order: SendOrder, signal: AbortSignal): Promise<Outcome> {
    const connector = deps.connectorFor(order.account.network);
    if (!connector)
      return { kind: 'refused', detail: `This version does not know ${order.account.network}.` };
    const secrets = deps.open(order.account.id, order.account.sealed);
    if (secrets === 'no-key') return { kind: 'not-sent', detail: NO_KEY };
    if (secrets === 'foreign') return { kind: 'signed-out', detail: FOREIGN };
    const context = createContext({
      account: order.account,
      secrets,
      dataDir: where().dataDir,
      signal,
      gate: () =>
        signal.aborted
          ? { allow: false, why: 'stopped' }
          : deps.gate.ask(order.place, flying.size, order.notAfter),
      now: deps.now,
      renew: (trade) => deps.renew(order.account.id, trade),
      onPart: (ref) => deps.say({ type: 'part', call: order.call, ref }),
    });
    const answer = deps.gate.ask(order.place, flying.size, order.notAfter);
    if (!answer.allow) return { kind: 'not-sent', detail: answer.why };
    const outcome = await connector.publish(context, order.request);
    const until = context.restUntil();
    if (until !== null) deps.say({ type: 'rest', call: order.call, until });
    return outcome;
  }

  return {
    isIdle: (): boolean => flying.size === 0,

    send(order: SendOrder): void {
      const abort = new AbortController();
      const timer = setTimeout(() => abort.abort(), MOST_ATTEMPT_MS);
      const entry = { abort, place: order.place, done: Promise.resolve() };
      flying.set(order.call, entry);
      entry.done = attempt(order, abort.signal)
        .catch(
          // A connector does not throw for what a network can answer; whatever this is, a byte may have left.
          (error: unknown): Outcome => ({
            kind: 'unconfirmed',
            detail: error instanceof Error ? error.name : 'unknown error',
            refs: [],
          }),
        )
        .then((outcome) => {
          clearTimeout(timer);
          flying.delete(order.call);
          deps.say({ type: 'outcome', call: order.call, outcome });
        });
    },

    /** Aborts every call before it returns. Resolves when all have said what became of them, or after 120 ms. */
    silence(covered: (place: Place) => boolean): Promise<void> {
      const mine = [...flying.values()].filter((entry) => covered(entry.place));
      for (const { abort } of mine) abort.abort();
      return Promise.race([
        Promise.all(mine.map((entry) => entry.done)).then(() => {}),
        new Promise<void>((resolve) => setTimeout(resolve, LAST_WORDS_MS)),
      ]);
    },
  };
}
