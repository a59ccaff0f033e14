import { randomBytes } from 'node:crypto';
import {
  type ConnectorContext,
  GateClosed,
  type Http,
  type OpenSocket,
} from '../../src-main/core/connector.ts';
import type { GateAnswer } from '../../src-main/core/gate.ts';
import type { RemoteRef } from '../../src-main/core/post.ts';
import { createHttp } from '../../src-main/publisher/http.ts';
import { createSocketOpener } from '../../src-main/publisher/socket.ts';

export type TestContextOptions = {
  readonly name?: string;
  readonly brand?: string;
  readonly settings?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  /** Asked in the step in which the first byte of a `send` is written. Open when not given. */
  readonly gate?: () => GateAnswer;
  readonly signal?: AbortSignal;
  readonly now?: () => number;
  /** Must exist; needed by what publishes into files. */
  readonly outboxDir?: string;
  /** As main keeps renewed secrets; kept when not given. Rejects when they cannot be. */
  readonly keep?: (secrets: Readonly<Record<string, string>>) => Promise<void>;
  /** Bytes by SHA-256. */
  readonly media?: Readonly<Record<string, Uint8Array>>;
  /** No request waits longer for its answer, whatever the connector asks for. */
  readonly mostTimeoutMs?: number;
};

/** A connector's context around the real guarded way out. `parts` collects what `onPart` was told. */
export function createTestContext(
  options: TestContextOptions = {},
): ConnectorContext & { readonly parts: readonly RemoteRef[] } {
  const gate = options.gate ?? (() => ({ allow: true }) as const);
  const signal = options.signal ?? new AbortController().signal;
  const secrets = options.secrets ?? {};
  const wayOut = { gate, signal, redact: Object.values(secrets) };
  const most = options.mostTimeoutMs ?? 15_000;
  const parts: RemoteRef[] = [];
  return {
    account: {
      id: 1,
      name: options.name ?? 'test account',
      brand: options.brand ?? 'Test brand',
      settings: options.settings ?? {},
    },
    secrets,
    renewSecrets: async (trade) => {
      const renewed = await trade(secrets);
      if (renewed) await options.keep?.(renewed);
      return renewed ?? secrets;
    },
    http: impatient(createHttp(wayOut), most),
    openSocket: impatientSocket(createSocketOpener(wayOut), most),
    signal,
    now: options.now ?? (() => Date.now()),
    randomBytes: (n) => new Uint8Array(randomBytes(n)),
    readMedia: async (sha256) => {
      const bytes = options.media?.[sha256];
      if (!bytes) throw new Error(`the test gave no media ${sha256}`);
      return bytes;
    },
    wait: (ms) => waitOrAbort(ms, signal),
    sendBy: (write) => {
      if (signal.aborted) throw new GateClosed('stopped');
      const answer = gate();
      if (!answer.allow) throw new GateClosed(answer.why);
      return write();
    },
    outboxDir: options.outboxDir ?? '',
    onPart: (ref) => parts.push(ref),
    parts,
  };
}

function impatient(http: Http, most: number): Http {
  const timeout = (asked: number | undefined) => Math.min(asked ?? 15_000, most);
  return {
    call: (url, init = {}) => http.call(url, { ...init, timeoutMs: timeout(init.timeoutMs) }),
    send: (url, init = {}) => http.send(url, { ...init, timeoutMs: timeout(init.timeoutMs) }),
  };
}

function impatientSocket(open: OpenSocket, most: number): OpenSocket {
  const timeout = (asked: number | undefined) => Math.min(asked ?? 15_000, most);
  return async (url, timeoutMs) => {
    const socket = await open(url, timeoutMs);
    return { ...socket, until: (pick, ms) => socket.until(pick, timeout(ms)) };
  };
}

function waitOrAbort(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new GateClosed('stopped'));
    const stop = () => {
      clearTimeout(timer);
      reject(new GateClosed('stopped'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
