import { createHash, randomBytes } from 'node:crypto';
import diagnostics from 'node:diagnostics_channel';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { mastodon } from '../../src-main/connectors/mastodon/index.ts';
import type { ConnectorContext, Http, Outcome } from '../../src-main/core/connector.ts';
import type { RemoteRef } from '../../src-main/core/post.ts';
import { createTestContext, type TestContextOptions } from '../support/connector-context.ts';
import { PNG, PNG_SHA256, sampleContent, samplePng, sampleRequest } from '../support/sample-content.ts';
import { listenForCallback, startSnac } from './servers/snac/snac.ts';

const { snac, why } = await startSnac();
afterAll(() => snac?.stop());

if (snac === null) {
  test(`SKIPPED, a real Mastodon-API server cannot be had: ${why}`, ({ skip }) => skip(why));
}

type Account = Pick<Required<TestContextOptions>, 'settings' | 'secrets'> & {
  /** Takes the token back, as a person does on the server's pages. */
  revoke(): Promise<void>;
};
let people = 0;

/** snac gives its answers no `Date`; the web server it is run behind does. */
function proxied(context: ConnectorContext): ConnectorContext {
  const { http } = context;
  const call: Http['call'] = async (url, init) => {
    const answer = await http.call(url, init);
    return { ...answer, headers: { ...answer.headers, date: new Date().toUTCString() } };
  };
  return { ...context, http: { ...http, call } };
}

/** Signs a new person in as the app does: through the browser and back to a page of our own, with a proof of our own. */
async function signIn(): Promise<Account> {
  if (!snac || !mastodon.signIn) throw new Error(why);
  people += 1;
  const person = snac.addPerson(`brand${people}`);
  const settings = { server: snac.url };
  const callback = await listenForCallback();
  try {
    const codeVerifier = randomBytes(32).toString('base64url');
    const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url');
    const { redirectUri } = callback;
    const begun = await mastodon.signIn.begin(createTestContext({ settings }), {
      redirectUri,
      state: 'st-123',
      codeChallenge,
    });
    if (begun.kind !== 'open') throw new Error(begun.detail);
    await snac.signInOnPage(begun.url, person);
    const back = await callback.called;
    expect(back.searchParams.get('state')).toBe('st-123');
    const verified = await mastodon.signIn.finish(createTestContext({ settings }), {
      code: back.searchParams.get('code') ?? '',
      redirectUri,
      codeVerifier,
      carry: begun.carry,
    });
    if (verified.kind !== 'ready') throw new Error(verified.detail);
    expect(verified.name).toBe(`@${person.name}@${new URL(snac.url).host}`);
    const { clientId = '', clientSecret = '' } = begun.carry;
    const { token = '' } = verified.secrets;
    return {
      settings: { ...settings, ...verified.settings },
      secrets: verified.secrets,
      revoke: async () => {
        const body = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, token });
        const answer = await fetch(`${settings.server}/oauth/revoke`, { method: 'POST', body });
        expect(answer.status).toBe(200);
      },
    };
  } finally {
    callback.close();
  }
}

function refsOf(outcome: Outcome): readonly RemoteRef[] {
  if (outcome.kind !== 'published') throw new Error(JSON.stringify(outcome));
  return outcome.refs;
}

describe.skipIf(snac === null)('Mastodon, against a real server', { timeout: 90_000 }, () => {
  let account: Account;
  beforeAll(async () => {
    account = await signIn();
  }, 90_000);
  const context = (more: TestContextOptions = {}) =>
    createTestContext({ ...account, media: { [PNG_SHA256]: PNG }, ...more });

  /** As the server gives it to the person themselves. */
  async function read(path: string): Promise<Record<string, unknown>> {
    const answer = await fetch(`${account.settings.server}/api/v1/${path}`, {
      headers: { authorization: `Bearer ${account.secrets.token}` },
    });
    return answer.ok ? ((await answer.json()) as Record<string, unknown>) : { status: answer.status };
  }

  test('signed in through the browser, it knows its name and the server’s limits', async () => {
    expect(account.settings).toMatchObject({ server: snac?.url, textLength: '100000', urlLength: '32' });
    expect(Object.keys(account.secrets)).toEqual(['token']);
    expect(await mastodon.verify(context())).toMatchObject({ kind: 'ready' });
  });

  test('a post is out where its ref says, with its words as they were', async () => {
    const text = 'Bonjour à tous\n\n*Fermé* lundi & mardi, voir https://example.com/a?b=1&c=2 #info 👩‍👩‍👧';
    const request = sampleRequest(sampleContent([text]));
    const [ref] = refsOf(await mastodon.publish(context(), request));
    const status = await read(`statuses/${ref?.id}`);
    expect(status).toMatchObject({ id: ref?.id, url: ref?.url, visibility: 'public', text });
    expect((await fetch(ref?.url ?? '')).status).toBe(200);
    expect(await mastodon.find?.(context(), request, [])).toMatchObject({
      kind: 'found',
      refs: [{ id: ref?.id }],
    });
  });

  test('a picture is out with its description', async () => {
    const content = sampleContent(['Regardez'], { media: [samplePng('Un pixel gris')] });
    const request = sampleRequest(content);
    const [ref] = refsOf(await mastodon.publish(context(), request));
    const status = (await read(`statuses/${ref?.id}`)) as { media_attachments: { url: string }[] };
    expect(status.media_attachments).toMatchObject([{ type: 'image', description: 'Un pixel gris' }]);
    const bytes = await (await fetch(status.media_attachments[0]?.url ?? '')).arrayBuffer();
    expect(Buffer.from(bytes).equals(PNG)).toBe(true);
    expect((await mastodon.find?.(context(), request, []))?.kind).toBe('found');
  });

  test('a thread hangs together, is found without its ids, and can be taken down', async () => {
    const request = sampleRequest(sampleContent(['Part one of it', 'Part two of it', 'Part three of it']));
    const refs = refsOf(await mastodon.publish(context(), request));
    const [one, two, three] = refs;
    expect(await read(`statuses/${two?.id}`)).toMatchObject({ in_reply_to_id: one?.id });
    expect(await read(`statuses/${three?.id}`)).toMatchObject({ in_reply_to_id: two?.id });
    expect(await mastodon.find?.(context(), request, [])).toMatchObject({
      kind: 'found',
      refs: refs.map(({ id }) => ({ id })),
    });
    expect(await mastodon.remove?.(context(), refs)).toEqual({ kind: 'removed' });
    for (const ref of refs) expect(await read(`statuses/${ref.id}`)).toEqual({ status: 404 });
    expect(await mastodon.remove?.(context(), refs)).toEqual({ kind: 'already-gone' });
    expect(await mastodon.find?.(context(), request, [])).toEqual({
      kind: 'unclear',
      detail: 'the server does not say what time it is',
    });
    expect(await mastodon.find?.(proxied(context()), request, [])).toEqual({ kind: 'absent' });
  });

  test('the server does not honour the key: the same again is a second post, which find does not hide', async () => {
    const request = sampleRequest(sampleContent(['Said twice']));
    const [first] = refsOf(await mastodon.publish(context(), request));
    const [second] = refsOf(await mastodon.publish(context(), { ...request, attempt: 2 }));
    expect(second?.id).not.toBe(first?.id);
    expect((await mastodon.find?.(context(), request, []))?.kind).toBe('unclear');
  });

  test('stopped before a byte left, nothing is out', async () => {
    const request = sampleRequest(sampleContent(['Never said at all']));
    const closed = context({ gate: () => ({ allow: false, why: 'stopped' }) });
    expect((await mastodon.publish(closed, request)).kind).toBe('not-sent');
    const abort = new AbortController();
    abort.abort();
    expect((await mastodon.publish(context({ signal: abort.signal }), request)).kind).toBe('not-sent');
    expect(await mastodon.find?.(proxied(context()), request, [])).toEqual({ kind: 'absent' });
  });

  test('stopped in the moment in which the bytes have left, it is unconfirmed, and find knows better', async () => {
    const abort = new AbortController();
    const onBodySent = () => abort.abort();
    const bodySent = diagnostics.channel('undici:request:bodySent');
    bodySent.subscribe(onBodySent);
    const request = sampleRequest(sampleContent(['Said while stopping']));
    try {
      const outcome = await mastodon.publish(context({ signal: abort.signal }), request);
      expect(outcome).toMatchObject({ kind: 'unconfirmed', refs: [] });
    } finally {
      bodySent.unsubscribe(onBodySent);
    }
    await vi.waitFor(
      async () => expect((await mastodon.find?.(context(), request, []))?.kind).toBe('found'),
      { timeout: 10_000, interval: 100 },
    );
  });

  test('a thread stopped after its first part has only that one out', async () => {
    const abort = new AbortController();
    const base = context({ signal: abort.signal });
    const request = sampleRequest(sampleContent(['The first of a cut thread', 'The second of a cut thread']));
    const outcome = await mastodon.publish({ ...base, onPart: () => abort.abort() }, request);
    expect(outcome).toMatchObject({ kind: 'cut', refs: [{}] });
    expect((await mastodon.find?.(context(), request, []))?.kind).toBe('unclear');
    const refs = outcome.kind === 'cut' ? outcome.refs : [];
    expect(await read(`statuses/${refs[0]?.id}`)).toMatchObject({ replies_count: 0 });
  });

  test('one account does not see or take down what is another’s', async () => {
    const request = sampleRequest(sampleContent(['Mine alone']));
    const refs = refsOf(await mastodon.publish(context(), request));
    const other = createTestContext(await signIn());
    expect(await mastodon.find?.(proxied(other), request, [])).toEqual({ kind: 'absent' });
    await mastodon.remove?.(other, refs);
    expect(await read(`statuses/${refs[0]?.id}`)).toMatchObject({ text: 'Mine alone' });
  });

  test('its list of what is scheduled is always empty, and is not believed', async () => {
    const list = await mastodon.listScheduled?.(context());
    expect(list).toMatchObject({ kind: 'cannot-tell', detail: expect.stringContaining('snac') });
  });

  test('once its token is taken back it is signed out, and nothing goes out', async () => {
    const own = await signIn();
    const request = sampleRequest(sampleContent(['Said before']));
    const refs = refsOf(await mastodon.publish(createTestContext(own), request));
    await own.revoke();
    const later = await mastodon.publish(createTestContext(own), sampleRequest(sampleContent(['Never'])));
    expect(later.kind).toBe('signed-out');
    expect((await mastodon.verify(createTestContext(own))).kind).toBe('signed-out');
    expect((await mastodon.listScheduled?.(createTestContext(own)))?.kind).toBe('signed-out');
    expect((await mastodon.find?.(createTestContext(own), request, []))?.kind).toBe('unclear');
    expect((await mastodon.remove?.(createTestContext(own), refs))?.kind).toBe('failed');
    expect((await fetch(refs[0]?.url ?? '')).status).toBe(200);
  });
});
