import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connector, Outcome } from '../../src-main/core/connector.ts';
import { createTestContext, type TestContextOptions } from '../support/connector-context.ts';
import {
  type Fault,
  type FaultServer,
  type SeenRequest,
  type ServerAnswer,
  startFaultServer,
} from '../support/fault-server.ts';
import { PNG, PNG_SHA256 } from '../support/sample-content.ts';

/** A healthy server of the network, with a memory of its own. */
export type FakeNetwork = {
  answer(request: SeenRequest): ServerAnswer | Promise<ServerAnswer>;
  /** What anybody can read there now, oldest first. */
  texts(): readonly string[];
};

export type FaultName =
  | 'http-401'
  | 'http-403'
  | 'http-404'
  | 'http-413'
  | 'http-422'
  | 'http-429'
  | 'http-500'
  | 'bad-gateway'
  | 'captive-portal'
  | 'broken-json'
  | 'cut-short'
  | 'reset'
  | 'hang'
  | 'drip'
  | 'redirect'
  | 'huge';

/** A network that is an HTTP server. */
export type HttpSubject = {
  readonly connector: Connector;
  readonly createNetwork: () => FakeNetwork;
  /** What a person entered or signed in for, given the server's 'http://127.0.0.1:<port>'. */
  readonly account: (origin: string) => {
    readonly settings: Readonly<Record<string, string>>;
    readonly secrets: Readonly<Record<string, string>>;
  };
  /** The one request per part that makes something public. */
  readonly isPublic: (request: SeenRequest) => boolean;
  /** What the server can tell a repetition of it by; null where a request carries nothing of the kind. */
  readonly keyOf: ((request: SeenRequest) => string | null) | null;
  /** `find` knows only what it has an id of: without one it is unclear, never absent. */
  readonly findsOnlyKnown?: boolean;
  /** All parts go out in one request and give one ref. */
  readonly joinsParts?: boolean;
  /** Nothing is asked or uploaded before the public request, even for a picture. */
  readonly preparesNothing?: boolean;
  /** `verify` asks the server nothing, so that nothing is published by it. */
  readonly verifiesOffline?: boolean;
  /** Outcomes that differ from the suite's for a fault of the public request. */
  readonly expected?: Partial<Record<FaultName, readonly Outcome['kind'][]>>;
};

/** A network that is spoken to over a WebSocket. */
export type SocketSubject = {
  readonly connector: Connector;
  /** Each message it hears is one of its requests. */
  readonly startNetwork: () => Promise<FaultServer & { texts(): readonly string[] }>;
  readonly account: HttpSubject['account'];
  /** The one message per part that makes something public. */
  readonly isPublic: (request: SeenRequest) => boolean;
};

/** A network that is a folder. */
export type FolderSubject = {
  readonly connector: Connector;
  readonly textsIn: (outboxDir: string) => readonly string[];
};

/** One network, running, with what the tests look at. */
export type Place = {
  readonly context: (more?: TestContextOptions) => ReturnType<typeof createTestContext>;
  readonly secrets: readonly string[];
  readonly texts: () => readonly string[];
  /** Null for a folder. */
  readonly server: FaultServer | null;
  /** How often the gate is asked about one public request: HTTP asks before it opens anything, too. */
  readonly questions: number;
  /** Requests that made or would have made something public; always empty for a folder. */
  readonly publicRequests: () => readonly SeenRequest[];
  close(): Promise<void>;
};

export async function openHttpPlace(
  subject: HttpSubject,
  faultFor?: (request: SeenRequest) => Fault | null,
): Promise<Place> {
  const network = subject.createNetwork();
  const server = await startFaultServer({
    answer: (request) => network.answer(request),
    ...(faultFor ? { faultFor } : {}),
  });
  const account = subject.account(server.origin);
  return {
    // Only a server with a fault may never answer; an honest one has its time, however busy the machine is.
    context: (more = {}) =>
      createTestContext({
        ...account,
        media: { [PNG_SHA256]: PNG },
        ...(faultFor ? { mostTimeoutMs: 400 } : {}),
        ...more,
      }),
    secrets: Object.values(account.secrets),
    texts: () => network.texts(),
    server,
    questions: 2,
    publicRequests: () => server.requests.filter(subject.isPublic),
    close: () => server.close(),
  };
}

export async function openSocketPlace(subject: SocketSubject): Promise<Place> {
  const server = await subject.startNetwork();
  const account = subject.account(server.origin);
  return {
    context: (more = {}) => createTestContext({ ...account, media: { [PNG_SHA256]: PNG }, ...more }),
    secrets: Object.values(account.secrets),
    texts: () => server.texts(),
    server,
    questions: 1,
    publicRequests: () => server.requests.filter(subject.isPublic),
    close: () => server.close(),
  };
}

export async function openFolderPlace(subject: FolderSubject): Promise<Place> {
  const outboxDir = mkdtempSync(join(tmpdir(), 'allstop-outbox-'));
  return {
    context: (more = {}) => createTestContext({ outboxDir, media: { [PNG_SHA256]: PNG }, ...more }),
    secrets: [],
    texts: () => subject.textsIn(outboxDir),
    server: null,
    questions: 1,
    publicRequests: () => [],
    close: async () => rmSync(outboxDir, { recursive: true, force: true }),
  };
}

const JSON_TYPE = { 'content-type': 'application/json' };
const PORTAL = '<!doctype html><html><head><title>Welcome</title></head><body>Accept the terms</body></html>';

/** What the server does for each fault. `secret` is echoed where servers have been seen to, `elsewhere` is where a redirect leads. */
export function faultNamed(name: FaultName, secret: string, elsewhere: string): Fault {
  const error = (status: number, headers: Record<string, string> = {}): Fault => ({
    kind: 'answer',
    answer: { status, headers, body: { error: `refused with ${secret}`, message: `refused with ${secret}` } },
  });
  switch (name) {
    case 'http-401':
    case 'http-403':
    case 'http-404':
    case 'http-413':
    case 'http-422':
    case 'http-500':
      return error(Number(name.slice(5)));
    case 'http-429':
      return error(429, { 'retry-after': '120' });
    case 'bad-gateway':
      return {
        kind: 'answer',
        answer: { status: 502, headers: { 'content-type': 'text/html' }, body: '<html>Bad gateway</html>' },
      };
    case 'captive-portal':
      return { kind: 'answer', answer: { headers: { 'content-type': 'text/html' }, body: PORTAL } };
    case 'broken-json':
      return { kind: 'answer', answer: { headers: JSON_TYPE, body: '{"id":"17","url":"http' } };
    case 'redirect':
      return { kind: 'answer', answer: { status: 307, headers: { location: `${elsewhere}/elsewhere` } } };
    case 'huge':
      return { kind: 'huge', bytes: 1_200_000 };
    case 'cut-short':
    case 'reset':
    case 'hang':
    case 'drip':
      return { kind: name };
  }
}
