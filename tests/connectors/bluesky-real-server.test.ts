import { createHash } from 'node:crypto';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { bluesky } from '../../src-main/connectors/bluesky/index.ts';
import type { HttpInit, Outcome } from '../../src-main/core/connector.ts';
import type { RemoteRef } from '../../src-main/core/post.ts';
import { createTestContext, type TestContextOptions } from '../support/connector-context.ts';
import { PNG, PNG_SHA256, sampleContent, samplePng, sampleRequest } from '../support/sample-content.ts';
import { startPds } from './servers/bluesky/pds.ts';

const { pds, why } = await startPds();
afterAll(() => pds?.stop());

if (pds === null) test(`SKIPPED, the real Bluesky server cannot be had: ${why}`, ({ skip }) => skip(why));

const HOUR = 3_600_000;
let accounts = 0;

/** A new account on the server, connected as a person connects it, and the context of one attempt. */
async function connect(more: TestContextOptions = {}) {
  if (!pds) throw new Error(why);
  accounts += 1;
  const person = await pds.createAccount(`brand${accounts}.test`);
  const appPassword = await person.createAppPassword('All Stop');
  const settings = { server: pds.url, identifier: person.handle };
  const verified = await bluesky.verify(createTestContext({ settings, secrets: { appPassword } }));
  if (verified.kind !== 'ready') throw new Error(JSON.stringify(verified));
  const kept = { settings: { ...settings, ...verified.settings }, secrets: verified.secrets };
  const context = (other: TestContextOptions = {}) =>
    createTestContext({ ...kept, media: { [PNG_SHA256]: PNG }, ...more, ...other });
  return { person, appPassword, kept, context };
}

/** The same context, writing down which methods are asked. */
function watched(context: ReturnType<typeof createTestContext>) {
  const asked: string[] = [];
  const note =
    <T>(way: (url: string, init?: HttpInit) => T) =>
    (url: string, init?: HttpInit) => {
      asked.push(new URL(url).pathname.replace('/xrpc/com.atproto.', ''));
      return way(url, init);
    };
  return {
    asked,
    context: { ...context, http: { call: note(context.http.call), send: note(context.http.send) } },
  };
}

function refsOf(outcome: Outcome): readonly RemoteRef[] {
  if (outcome.kind !== 'published') throw new Error(JSON.stringify(outcome));
  return outcome.refs;
}
const keyOf = (ref: RemoteRef | undefined) => ref?.id.split('/').at(-1) ?? '';

describe.skipIf(pds === null)('Bluesky, against a real server', () => {
  test('an account connects with its handle or its e-mail address and an app password', async () => {
    const { person, appPassword, kept } = await connect();
    expect(kept.settings).toMatchObject({ did: person.did, handle: person.handle, pds: pds?.url });
    for (const identifier of [`@${person.handle}`, `${person.handle.replace('.', '-')}@mail.test`]) {
      const settings = { server: `${pds?.url}/`, identifier };
      const verified = await bluesky.verify(createTestContext({ settings, secrets: { appPassword } }));
      expect(verified).toMatchObject({
        kind: 'ready',
        name: person.handle,
        url: `https://bsky.app/profile/${person.handle}`,
      });
    }
  });

  test('a wrong password is signed out, for verifying and for a post', async () => {
    const { person, context } = await connect();
    const secrets = { appPassword: 'abcd-efgh-ijkl-mnop' };
    expect(await bluesky.verify(context({ secrets }))).toMatchObject({
      kind: 'signed-out',
      detail: expect.stringContaining('Invalid identifier or password'),
    });
    const outcome = await bluesky.publish(context({ secrets }), sampleRequest(sampleContent(['No'])));
    expect(outcome.kind).toBe('signed-out');
    expect(await person.listPosts()).toEqual([]);
  });

  test('the thirty-first sign-in in five minutes is told to wait, with the time until when', async () => {
    const settings = { server: pds?.url ?? '', identifier: 'nobody.test' };
    const context = createTestContext({ settings, secrets: { appPassword: 'wrong' } });
    const thirty = await Promise.all(Array.from({ length: 30 }, () => bluesky.verify(context)));
    expect(new Set(thirty.map(({ kind }) => kind))).toEqual(new Set(['signed-out']));
    expect((await bluesky.verify(context)).kind).toBe('unreachable');
    const outcome = await bluesky.publish(context, sampleRequest(sampleContent(['Later'])));
    const wait = outcome.kind === 'try-later' && outcome.notBefore ? outcome.notBefore - Date.now() : 0;
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(301_000);
  });

  test('links, hashtags and mentions of a text lead somewhere, at the right bytes', async () => {
    const { person, context } = await connect();
    const other = await connect();
    const handle = other.person.handle;
    const text = `Été 🧑‍🚒 : https://exemple.fr/à-lire?x=1, #Noël avec @${handle}\r\net @personne.test`;
    const [ref] = refsOf(await bluesky.publish(context(), sampleRequest(sampleContent([text]))));
    const read = await person.readPost(keyOf(ref));
    expect(ref).toMatchObject({ id: read?.uri, cid: read?.cid });
    expect(ref?.url).toBe(`https://bsky.app/profile/${person.handle}/post/${keyOf(ref)}`);
    const value = read?.value as {
      text: string;
      facets: { index: { byteStart: number; byteEnd: number }; features: unknown[] }[];
    };
    expect(value.text).toBe(text.replace('\r\n', '\n'));
    const bytes = Buffer.from(value.text);
    const slices = value.facets.map(({ index, features }) => [
      bytes.subarray(index.byteStart, index.byteEnd).toString(),
      features[0],
    ]);
    expect(slices).toEqual([
      [
        'https://exemple.fr/à-lire?x=1',
        { $type: 'app.bsky.richtext.facet#link', uri: 'https://exemple.fr/%C3%A0-lire?x=1' },
      ],
      ['#Noël', { $type: 'app.bsky.richtext.facet#tag', tag: 'Noël' }],
      [`@${handle}`, { $type: 'app.bsky.richtext.facet#mention', did: other.person.did }],
    ]);
  });

  test('a picture arrives whole, with its description and its size, and the link in the text', async () => {
    const { person, context } = await connect();
    const content = sampleContent(['Look'], {
      media: [samplePng('Un pixel gris'), samplePng('')],
      link: 'https://example.com/a',
    });
    const [ref] = refsOf(await bluesky.publish(context(), sampleRequest(content)));
    const value = (await person.readPost(keyOf(ref)))?.value as {
      text: string;
      facets: unknown[];
      embed: { images: { alt: string; aspectRatio: unknown; image: { ref: { $link: string } } }[] };
    };
    expect(value.text).toBe('Look\n\nhttps://example.com/a');
    expect(value.facets).toHaveLength(1);
    expect(value.embed.images.map(({ alt }) => alt)).toEqual(['Un pixel gris', '']);
    expect(value.embed.images[0]?.aspectRatio).toEqual({ width: 1, height: 1 });
    const blob = await person.readBlob(value.embed.images[0]?.image.ref.$link ?? '');
    expect(blob.mime).toBe('image/png');
    expect(createHash('sha256').update(blob.bytes).digest('hex')).toBe(PNG_SHA256);
  });

  test('a link without pictures becomes a card and takes no characters', async () => {
    const { person, context } = await connect();
    const content = sampleContent(['x'.repeat(300)], { link: 'https://www.example.com/offer' });
    const [ref] = refsOf(await bluesky.publish(context(), sampleRequest(content)));
    expect((await person.readPost(keyOf(ref)))?.value).toMatchObject({
      text: 'x'.repeat(300),
      embed: {
        $type: 'app.bsky.embed.external',
        external: { uri: 'https://www.example.com/offer', title: 'example.com', description: '' },
      },
    });
  });

  test('the parts of a thread answer each other in order', async () => {
    const { person, context } = await connect();
    const attempt = context();
    const refs = refsOf(
      await bluesky.publish(attempt, sampleRequest(sampleContent(['One', 'Two', 'Three']))),
    );
    expect(attempt.parts).toEqual(refs);
    expect(await person.listPosts()).toEqual(refs.map(keyOf));
    const [one, two, three] = refs.map(({ id, cid }) => ({ uri: id, cid }));
    const reads = await Promise.all(refs.map((ref) => person.readPost(keyOf(ref))));
    expect(reads.map((read) => read?.value.reply)).toEqual([
      undefined,
      { root: one, parent: one },
      { root: one, parent: two },
    ]);
    expect(reads[2]?.uri).toBe(three?.uri);
  });

  test('posts are kept in the order of their times, whatever the order in which they were sent', async () => {
    const { person, context } = await connect();
    const at = Date.UTC(2026, 10, 20, 8);
    const keys: string[] = [];
    for (const publishAt of [at + 60_000, at, at + 1_000]) {
      const request = sampleRequest(sampleContent(['In its place']), { publishAt });
      keys.push(keyOf(refsOf(await bluesky.publish(context(), request))[0]));
    }
    expect(await person.listPosts()).toEqual([keys[1], keys[2], keys[0]]);
  });

  test('find tells what is there from what is not', async () => {
    const { context } = await connect();
    const request = sampleRequest(sampleContent(['There\r\nand here', 'Two']));
    expect(await bluesky.find?.(context(), request, [])).toEqual({ kind: 'absent' });
    const refs = refsOf(await bluesky.publish(context(), request));
    const looking = watched(context({ secrets: {} }));
    expect(await bluesky.find?.(looking.context, request, [])).toEqual({ kind: 'found', refs });
    expect(looking.asked).toEqual(['repo.getRecord', 'repo.getRecord']);
  });

  test('the same request twice is one post: the second is unconfirmed, and found', async () => {
    const { person, context } = await connect();
    const request = sampleRequest(sampleContent(['Once']));
    const refs = refsOf(await bluesky.publish(context(), request));
    const again = await bluesky.publish(context(), { ...request, attempt: 2 });
    expect(again).toMatchObject({ kind: 'unconfirmed', detail: expect.stringContaining('500') });
    expect(await person.listPosts()).toEqual(refs.map(keyOf));
    expect(await bluesky.find?.(context(), request, [])).toEqual({ kind: 'found', refs });
  });

  test('what is taken down is gone, twice too, and its key must not be sent again: it would come back', async () => {
    const { person, context } = await connect();
    const request = sampleRequest(sampleContent(['One', 'Two']));
    const refs = refsOf(await bluesky.publish(context(), request));
    expect(await bluesky.remove?.(context(), refs)).toEqual({ kind: 'removed' });
    expect(await bluesky.remove?.(context(), refs)).toEqual({ kind: 'already-gone' });
    expect(await bluesky.find?.(context(), request, refs)).toEqual({ kind: 'absent' });
    expect(await person.listPosts()).toEqual([]);
    await bluesky.publish(context(), request);
    expect(await person.listPosts()).toEqual(refs.map(keyOf));
  });

  test('a stop after the bytes left does not call the post back: it is unconfirmed, and found', async () => {
    const { person, context } = await connect();
    const abort = new AbortController();
    let asked = 0;
    const gate = () => {
      asked += 1;
      if (asked === 2) setTimeout(() => abort.abort(), 2); // asked in the step in which the bytes leave
      return { allow: true } as const;
    };
    const request = sampleRequest(sampleContent(['Out before the stop']));
    const outcome = await bluesky.publish(context({ gate, signal: abort.signal }), request);
    expect(outcome).toMatchObject({ kind: 'unconfirmed', refs: [] });
    const found = await vi.waitFor(async () => {
      const answer = await bluesky.find?.(context(), request, []);
      if (answer?.kind !== 'found') throw new Error(JSON.stringify(answer));
      return answer;
    }, 10_000);
    expect(found.refs.map(keyOf)).toEqual(await person.listPosts());
  });

  test('a closed gate keeps back the post and not the picture, which nobody sees', async () => {
    const { person, context } = await connect();
    const gate = () => ({ allow: false, why: 'stopped' }) as const;
    const attempt = watched(context({ gate }));
    const content = sampleContent(['Never'], { media: [samplePng()] });
    expect((await bluesky.publish(attempt.context, sampleRequest(content))).kind).toBe('not-sent');
    expect(attempt.asked).toEqual(['repo.uploadBlob', 'repo.createRecord']);
    expect(await person.listPosts()).toEqual([]);
  });

  test('the server draws the line where we do: 300 characters as a person sees them, 3000 bytes', async () => {
    const { person, context, kept } = await connect();
    const flags = '🇫🇷'.repeat(300);
    await expect(bluesky.publish(context(), sampleRequest(sampleContent([flags])))).resolves.toMatchObject({
      kind: 'published',
    });
    for (const text of [`${flags}x`, '👨‍👩‍👧‍👦'.repeat(121)]) {
      const attempt = watched(context());
      const outcome = await bluesky.publish(attempt.context, sampleRequest(sampleContent([text])));
      expect(outcome.kind).toBe('refused');
      expect(attempt.asked).toEqual([]);
      const unasked = await fetch(`${pds?.url}/xrpc/com.atproto.repo.createRecord`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${kept.secrets.accessJwt}` },
        body: JSON.stringify({
          repo: person.did,
          collection: 'app.bsky.feed.post',
          record: { text, createdAt: new Date().toISOString() },
        }),
      });
      expect(unasked.status).toBe(400);
    }
    expect(await person.listPosts()).toHaveLength(1);
  });

  test('hours after the account was verified, a refreshed session publishes', async () => {
    const { person, context } = await connect();
    const attempt = watched(context({ now: () => Date.now() + 3 * HOUR }));
    expect((await bluesky.publish(attempt.context, sampleRequest(sampleContent(['Later'])))).kind).toBe(
      'published',
    );
    expect(attempt.asked).toEqual(['server.refreshSession', 'repo.createRecord']);
    expect(await person.listPosts()).toHaveLength(1);
  });

  test('months after, the app password signs in again', async () => {
    const { context } = await connect();
    const attempt = watched(context({ now: () => Date.now() + 120 * 24 * HOUR }));
    expect((await bluesky.publish(attempt.context, sampleRequest(sampleContent(['Later'])))).kind).toBe(
      'published',
    );
    expect(attempt.asked).toEqual(['server.createSession', 'repo.createRecord']);
  });

  test('a token the server calls ended is replaced at the next attempt', async () => {
    const { person, context, kept } = await connect();
    const accessJwt = pds?.forgeAccessToken(person.did, Date.now() - HOUR) ?? '';
    const secrets = { ...kept.secrets, accessJwt };
    const attempt = () => context({ secrets, now: () => Date.now() - 2 * HOUR });
    const request = sampleRequest(sampleContent(['Our clock is slow']));
    expect(await bluesky.publish(attempt(), request)).toMatchObject({
      kind: 'try-later',
      detail: expect.stringContaining('expired'),
    });
    expect(await bluesky.publish(attempt(), { ...request, attempt: 2 })).toMatchObject({ kind: 'published' });
  });

  test('a revoked app password is signed out as soon as the kept token ends, and not before', async () => {
    const { person, context } = await connect();
    await person.revokeAppPassword('All Stop');
    const kept = await bluesky.publish(context(), sampleRequest(sampleContent(['The token outlives it'])));
    expect(kept.kind).toBe('published');
    const later = context({ now: () => Date.now() + 3 * HOUR });
    const outcome = await bluesky.publish(later, sampleRequest(sampleContent(['Never'])));
    expect(outcome.kind).toBe('signed-out');
    expect((await bluesky.verify(context())).kind).toBe('signed-out');
    expect(await person.listPosts()).toHaveLength(1);
  });
});
