import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ConnectorContext, GateClosed } from '../core/connector.ts';
import type { GateAnswer } from '../core/gate.ts';
import type { RemoteRef } from '../core/post.ts';
import { createHttp } from './http.ts';
import { createPace, type Pace } from './pace.ts';
import type { AccountParcel } from './protocol.ts';
import type { Trade } from './secret-loans.ts';
import { createSocketOpener } from './socket.ts';

export type ContextDeps = {
  readonly account: AccountParcel;
  readonly secrets: Readonly<Record<string, string>>;
  readonly dataDir: string;
  readonly signal: AbortSignal;
  readonly gate: () => GateAnswer;
  readonly now: () => number;
  /** `renewSecrets`, without what it does for this context. */
  readonly renew: (trade: Trade) => Promise<Readonly<Record<string, string>>>;
  readonly onPart: (ref: RemoteRef) => void;
};

/** What a connector is handed for one call in this process, and until when the network asked it to send nothing more. */
export function createContext(deps: ContextDeps): ConnectorContext & Pick<Pace, 'restUntil'> {
  const { signal } = deps;
  const redact = Object.values(deps.secrets);
  const wayOut = { gate: deps.gate, signal, redact };
  const wait = (ms: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const onAbort = () => {
        clearTimeout(timer);
        reject(new GateClosed('stopped'));
      };
      if (signal.aborted) return reject(new GateClosed('stopped'));
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      }, ms);
      signal.addEventListener('abort', onAbort, { once: true });
    });
  const pace = createPace(createHttp(wayOut), { now: deps.now, wait });
  return {
    restUntil: pace.restUntil,
    account: {
      id: deps.account.id,
      name: deps.account.name,
      brand: deps.account.brand,
      settings: deps.account.settings,
    },
    secrets: deps.secrets,
    renewSecrets: async (trade) => {
      const secrets = await deps.renew(async (kept) => {
        redact.push(...Object.values(kept));
        const renewed = await trade(kept);
        if (renewed) redact.push(...Object.values(renewed));
        return renewed;
      });
      return secrets;
    },
    http: pace.http,
    openSocket: createSocketOpener(wayOut),
    signal,
    now: deps.now,
    randomBytes: (n) => new Uint8Array(randomBytes(n)),
    readMedia: async (sha256) => new Uint8Array(await readFile(join(deps.dataDir, 'media', sha256))),
    wait,
    sendBy(write) {
      if (signal.aborted) throw new GateClosed('stopped');
      const answer = deps.gate();
      if (!answer.allow) throw new GateClosed(answer.why);
      return write();
    },
    outboxDir: join(deps.dataDir, 'outbox'),
    onPart: deps.onPart,
  };
}
