import { expect, onTestFinished, test } from 'vitest';
import { linkedin } from '../../src-main/connectors/linkedin/index.ts';
import { plain, written } from '../../src-main/connectors/linkedin/little-text.ts';
import { createTestContext, type TestContextOptions } from '../support/connector-context.ts';
import { jsonOf, type SeenRequest, startFaultServer } from '../support/fault-server.ts';
import { PNG, PNG_SHA256, sampleContent, samplePng, sampleRequest } from '../support/sample-content.ts';
import { describeConformance } from './conformance.ts';
import {
  createLinkedInFake,
  LINKEDIN_CLIENT,
  LINKEDIN_SECRET,
  LINKEDIN_TOKEN,
} from './servers/linkedin-fake.ts';

const NOW = Date.UTC(2026, 10, 24, 9, 0, 0);
const isPublic = ({ method, path }: SeenRequest) => method === 'POST' && path === '/rest/posts';
const account = (origin: string) => ({
  settings: { api: origin, clientId: LINKEDIN_CLIENT, organization: '2414183' },
  secrets: { accessToken: LINKEDIN_TOKEN, clientSecret: LINKEDIN_SECRET },
});

describeConformance({
  connector: linkedin,
  createNetwork: () => createLinkedInFake(),
  account,
  isPublic,
  keyOf: null,
});

async function open(more: TestContextOptions = {}) {
  const network = createLinkedInFake(() => NOW);
  const server = await startFaultServer({ answer: (request) => network.answer(request) });
  onTestFinished(() => server.close());
  const good = account(server.origin);
  const context = createTestContext({
    ...good,
    media: { [PNG_SHA256]: PNG },
    now: () => NOW,
    ...more,
    settings: { ...good.settings, ...more.settings },
  });
  return { network, server, context };
}
const request = (text: string, more = {}) => sampleRequest(sampleContent([text], more), { publishAt: NOW });

test('what was written appears as it was written, and a hashtag stays one', async () => {
  const text = 'Prix (net) : 5_000 € <HT> [ici] {x|y} *a* ~b~ @nous C:\\x # un #café';
  const { network, context } = await open();
  expect((await linkedin.publish(context, request(text))).kind).toBe('published');
  expect(network.posts[0]?.commentary).toBe(
    'Prix \\(net\\) : 5\\_000 € \\<HT\\> \\[ici\\] \\{x\\|y\\} \\*a\\* \\~b\\~ \\@nous C:\\\\x \\# un #café',
  );
  expect(plain(written(text))).toBe(text);
  expect(plain('Bonjour {hashtag|\\#|café}')).toBe('Bonjour #café');
});

test('one image is a picture, several are a gallery, each with its description', async () => {
  const { network, server, context } = await open();
  await linkedin.publish(context, request('One', { media: [samplePng('A pixel')] }));
  await linkedin.publish(context, request('Two', { media: [samplePng('A pixel'), samplePng('')] }));
  const [one, two] = server.requests.filter(isPublic).map(jsonOf);
  expect(one).toMatchObject({ content: { media: { altText: 'A pixel' } } });
  expect(two).toMatchObject({ content: { multiImage: { images: [{ altText: 'A pixel' }, {}] } } });
  expect(network.posts.map(({ images }) => images.length)).toEqual([1, 2]);
});

test('a text that another post says is refused in the words of LinkedIn, which name it', async () => {
  const { network, context } = await open();
  const twin = network.add('Hello');
  expect(await linkedin.publish(context, request('Hello'))).toMatchObject({
    kind: 'refused',
    detail: expect.stringContaining(twin.id),
  });
});

test('it is found again by its text, whatever was escaped, and told from one with other pictures', async () => {
  const { network, context } = await open();
  const sought = request('A (small) #text');
  expect(await linkedin.find?.(context, sought, [])).toEqual({ kind: 'absent' });
  network.add('A \\(small\\) {hashtag|\\#|text}', { images: [{ id: 'urn:li:image:1' }] });
  expect((await linkedin.find?.(context, sought, []))?.kind).toBe('unclear');
  const post = network.add('A \\(small\\) #text');
  expect(await linkedin.find?.(context, sought, [])).toMatchObject({
    kind: 'found',
    refs: [{ id: post.id }],
  });
});

test('a sign-in that has ended and cannot be renewed is said before anything is sent', async () => {
  const { server, context } = await open({
    secrets: { accessToken: LINKEDIN_TOKEN, accessTokenEndsAt: String(NOW - 1) },
  });
  expect(await linkedin.publish(context, request('Hello'))).toMatchObject({
    kind: 'signed-out',
    detail: expect.stringContaining('sign in again'),
  });
  expect(server.requests).toEqual([]);
});

test('with the secret of the agency’s app the usual sign-in is taken, without one that for programs', async () => {
  const { context } = await open({ secrets: { clientSecret: LINKEDIN_SECRET } });
  const callback = { redirectUri: 'http://127.0.0.1:17171/signed-in', state: 's', codeChallenge: 'c' };
  const addressOf = async (secrets: Record<string, string>) => {
    const begun = await linkedin.signIn?.begin({ ...context, secrets }, callback);
    return new URL(begun?.kind === 'open' ? begun.url : 'http://none');
  };
  const usual = await addressOf({ clientSecret: LINKEDIN_SECRET });
  expect(usual.href).toMatch(/^https:\/\/www\.linkedin\.com\/oauth\/v2\/authorization\?/u);
  expect(usual.searchParams.get('code_challenge')).toBeNull();
  const native = await addressOf({});
  expect(native.pathname).toBe('/oauth/native-pkce/authorization');
  expect(native.searchParams.get('code_challenge')).toBe('c');
  for (const address of [usual, native]) expect(address.href).not.toContain(LINKEDIN_SECRET);
  const answer = { code: 'the-code', redirectUri: callback.redirectUri, codeVerifier: 'v', carry: {} };
  expect(await linkedin.signIn?.finish(context, answer)).toMatchObject({
    kind: 'ready',
    name: 'Café Søn',
    url: 'https://www.linkedin.com/company/cafe-soen',
    settings: { signInEndsAt: String(NOW + 60 * 24 * 3_600_000) },
    secrets: { accessToken: LINKEDIN_TOKEN, accessTokenEndsAt: String(NOW + 60 * 24 * 3_600_000) },
  });
});

test.each(['2414183', 'urn:li:organization:2414183', 'https://www.linkedin.com/company/2414183/admin/'])(
  'the page is known from %s',
  async (organization) => {
    const { context } = await open({ settings: { organization } });
    expect((await linkedin.verify(context)).kind).toBe('ready');
  },
);

test('a page that is not there, or not this person’s, is said', async () => {
  for (const [organization, words] of [
    ['cafe-soen', 'the page is missing'],
    ['99', 'does not administer'],
  ] as const) {
    const { context } = await open({ settings: { organization } });
    expect(await linkedin.verify(context)).toMatchObject({
      kind: 'signed-out',
      detail: expect.stringContaining(words),
    });
  }
});
