import { createHash } from 'node:crypto';
import { jsonOf, type SeenRequest, type ServerAnswer } from './fault-server.ts';

export const FAKE_DID = 'did:plc:fakefakefakefakefakefake';
export const FAKE_PASSWORD = 'abcd-efgh-ijkl-mnop';

/** A token that says when it ends, as those of a PDS do; nobody checks its signature. */
export function fakeToken(name: string, endsAt: number): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ sub: FAKE_DID, exp: Math.floor(endsAt / 1_000) })}.${name}`;
}

/**
 * A Bluesky server as the real one of `servers/bluesky` was seen to answer, for what a real one cannot be made to do. Any token but those in
 * `ended` is taken.
 */
export function createFakePds(ended: readonly string[] = []) {
  const records = new Map<string, { uri: string; cid: string; value: Record<string, unknown> }>();
  const uriOf = (rkey: unknown) => `at://${FAKE_DID}/app.bsky.feed.post/${String(rkey)}`;

  const methods: Record<string, (request: SeenRequest, input: Record<string, unknown>) => ServerAnswer> = {
    'com.atproto.server.createSession': (_, { password }) =>
      password === FAKE_PASSWORD
        ? session()
        : refusal(401, 'AuthenticationRequired', 'Invalid identifier or password'),
    'com.atproto.server.refreshSession': (request) => authorized(request) ?? session(),
    'com.atproto.identity.resolveHandle': () => refusal(400, 'InvalidRequest', 'Unable to resolve handle'),
    'com.atproto.repo.uploadBlob': (request) =>
      authorized(request) ?? {
        body: {
          blob: {
            $type: 'blob',
            ref: { $link: cidOf(request.body) },
            mimeType: request.headers['content-type'],
            size: request.body.length,
          },
        },
      },
    'com.atproto.repo.createRecord': (request, { rkey, record }) => {
      const refused = authorized(request);
      if (refused) return refused;
      const uri = uriOf(rkey);
      if (records.has(uri)) return refusal(500, 'InternalServerError', 'Internal Server Error');
      const kept = { uri, cid: cidOf(request.body), value: record as Record<string, unknown> };
      records.set(uri, kept);
      return {
        body: { uri, cid: kept.cid, commit: { cid: kept.cid, rev: rkey }, validationStatus: 'valid' },
      };
    },
    'com.atproto.repo.getRecord': (request) => {
      const rkey = new URL(request.path, 'http://fake').searchParams.get('rkey');
      const kept = records.get(uriOf(rkey));
      return kept ? { body: kept } : refusal(400, 'RecordNotFound', 'Could not locate record');
    },
    'com.atproto.repo.deleteRecord': (request, { rkey }) =>
      authorized(request) ?? {
        body: records.delete(uriOf(rkey)) ? { commit: { cid: 'bafy', rev: '1' } } : {},
      },
  };

  function authorized(request: SeenRequest): ServerAnswer | null {
    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    if (token === '') return refusal(401, 'AuthMissing', 'Authentication Required');
    return ended.includes(token) ? refusal(400, 'ExpiredToken', 'Token has expired') : null;
  }

  return {
    answer: (request: SeenRequest): ServerAnswer => {
      const method = new URL(request.path, 'http://fake').pathname.replace('/xrpc/', '');
      const input = (jsonOf(request) ?? {}) as Record<string, unknown>;
      return (
        methods[method]?.(request, input) ?? refusal(501, 'MethodNotImplemented', 'Method Not Implemented')
      );
    },
    texts: () => [...records.values()].map(({ value }) => String(value.text)),
  };
}

function session(): ServerAnswer {
  const body = {
    did: FAKE_DID,
    handle: 'brand.test',
    active: true,
    accessJwt: fakeToken('new-access', Date.now() + 7_200_000),
    refreshJwt: fakeToken('new-refresh', Date.now() + 90 * 86_400_000),
  };
  return { body };
}

function refusal(status: number, error: string, message: string): ServerAnswer {
  return { status, body: { error, message } };
}

function cidOf(bytes: Buffer): string {
  return `bafkrei${createHash('sha256').update(bytes).digest('hex').slice(0, 52)}`;
}
