import { schnorr } from '@noble/curves/secp256k1.js';
import { describe, expect, test } from 'vitest';
import { nostr } from '../../src-main/connectors/nostr/index.ts';
import { readSecretKey } from '../../src-main/connectors/nostr/key.ts';
import type { createTestContext } from '../support/connector-context.ts';
import { type Relay, startRelay } from '../support/relay.ts';
import { sampleContent, samplePng, sampleRequest } from '../support/sample-content.ts';
import { describeConformance } from './conformance.ts';
import { HEX, hello, isNote, NPUB, NSEC, openRelays, PUBLIC, publish } from './nostr-scene.ts';

describeConformance({
  connector: nostr,
  startNetwork: async () => {
    const relay = await startRelay();
    return { ...relay, texts: () => relay.notes().map(({ content }) => content) };
  },
  account: (origin) => ({ settings: { relays: origin }, secrets: { key: NSEC } }),
  isPublic: isNote,
});

describe('keys', () => {
  test('are read as NIP-19 writes them, and as hexadecimal digits', () => {
    for (const text of [NSEC, ` ${NSEC.toUpperCase()}\n`, HEX])
      expect(readSecretKey(text)?.publicKey).toBe(PUBLIC);
    for (const text of ['', 'hello', NPUB, `${NSEC}q`, HEX.slice(1), '0'.repeat(64), 'f'.repeat(64)])
      expect(readSecretKey(text)).toBeNull();
  });

  test('a new one is a key, and another each time', () => {
    const made = [1, 2].map((seed) => nostr.newSecret?.((n) => new Uint8Array(n).fill(seed)) ?? '');
    for (const key of made) {
      expect(key).toMatch(/^nsec1/u);
      expect(readSecretKey(key)).not.toBeNull();
    }
    expect(made[0]).not.toBe(made[1]);
  });

  test('chance that gives no key is asked again', () => {
    const chances = [new Uint8Array(32), new Uint8Array(32).fill(7)];
    expect(readSecretKey(nostr.newSecret?.(() => chances.shift() ?? new Uint8Array(32)))).not.toBeNull();
  });

  test('an account whose relays cannot be used is told which are', async () => {
    const { context } = await openRelays();
    for (const relays of [
      '',
      'http://a.example',
      'ws://a.example',
      'wss://a.example nonsense',
      'wss://u:p@a.example',
    ])
      expect(await nostr.verify(context({ settings: { relays } }))).toMatchObject({
        kind: 'signed-out',
        detail: expect.stringContaining('wss://'),
      });
  });

  test('the profile on a relay gives the name; without one the key does', async () => {
    const { relay, context } = await openRelays();
    expect(await nostr.verify(context())).toMatchObject({ name: NPUB, settings: { npub: NPUB } });
    const profile = {
      pubkey: PUBLIC,
      created_at: 1_700_000_000,
      kind: 0,
      tags: [],
      content: JSON.stringify({ name: 'soen', display_name: 'Café Søn' }),
    };
    await tellRelay(context(), relay, profile);
    expect(await nostr.verify(context())).toMatchObject({
      kind: 'ready',
      name: 'Café Søn',
      url: `https://njump.me/${NPUB}`,
    });
  });

  test('one relay that answers is enough to connect, none is not', async () => {
    const { relays, context } = await openRelays([null, null]);
    await relays[0]?.close();
    expect((await nostr.verify(context())).kind).toBe('ready');
    await relays[1]?.close();
    expect(await nostr.verify(context())).toMatchObject({
      kind: 'unreachable',
      detail: expect.stringMatching(/127\.0\.0\.1:\d+: not reached: ECONNREFUSED; 127/u),
    });
  });
});

/** Puts an event there as its author would. */
async function tellRelay(
  context: ReturnType<typeof createTestContext>,
  relay: Relay,
  event: { pubkey: string; created_at: number; kind: number; tags: string[][]; content: string },
): Promise<void> {
  const { createHash } = await import('node:crypto');
  const line = JSON.stringify([0, event.pubkey, event.created_at, event.kind, event.tags, event.content]);
  const id = createHash('sha256').update(line).digest();
  const sig = Buffer.from(schnorr.sign(id, Buffer.from(HEX, 'hex'))).toString('hex');
  const socket = await context.openSocket(relay.url);
  socket.say(JSON.stringify(['EVENT', { ...event, id: id.toString('hex'), sig }]));
  await socket.until((text) => (text.startsWith('["OK"') ? text : undefined));
  socket.close();
}

describe('events', () => {
  test('an attempt has the same id whenever it is made, from the second it was to go out', async () => {
    const { relay, context } = await openRelays();
    const request = sampleRequest(sampleContent(['Hello'], { link: 'https://example.com/a.JPG?x=1' }), {
      publishAt: Date.now() - 90_500,
    });
    const first = await publish(context(), request);
    const second = await publish(context(), { ...request, attempt: 2, postId: 999 });
    expect(second).toEqual(first);
    expect(relay.notes()).toMatchObject([
      {
        kind: 1,
        pubkey: PUBLIC,
        created_at: Math.floor(request.publishAt / 1_000),
        content: 'Hello\n\nhttps://example.com/a.JPG?x=1',
        tags: [['imeta', 'url https://example.com/a.JPG?x=1', 'm image/jpeg']],
      },
    ]);
  });

  test('hashtags and mentions are marked, an address is not taken for one', async () => {
    const { relay, context } = await openRelays();
    const other = 'npub1sn0wdenkukak0d9dfczzeacvhkrgz92ak56egt7vdgzn8pv2wfqqhrjdv9';
    const text = `Hi nostr:${other} #Café #café https://a.example/#part and nostr:${NPUB}`;
    await publish(context(), hello([text]));
    const [note] = relay.notes();
    expect(note?.tags).toEqual([
      ['t', 'café'],
      ['p', '84dee6e676e5bb67b4ad4e042cf70cbd8681155db535942fcc6a0533858a7240'],
    ]);
    expect(nostr.mentions?.find(text)).toEqual([`nostr:${other}`, `nostr:${NPUB}`]);
    expect(nostr.mentions?.write(` @${other.toUpperCase()}`)).toBe(`nostr:${other}`);
    expect(nostr.mentions?.write('Café Søn')).toBeNull();
  });

  test('the parts of a thread answer the first and the one before', async () => {
    const { relay, context } = await openRelays();
    const outcome = await publish(context(), hello(['One', 'Two', 'Three']));
    const ids = outcome.kind === 'published' ? outcome.refs.map(({ id }) => id) : [];
    const notes = relay.notes();
    expect(notes.map(({ id }) => id)).toEqual(ids);
    expect(notes.map(({ tags }) => tags)).toEqual([
      [],
      [
        ['e', ids[0], '', 'root', PUBLIC],
        ['p', PUBLIC],
      ],
      [
        ['e', ids[0], '', 'root', PUBLIC],
        ['e', ids[1], '', 'reply', PUBLIC],
        ['p', PUBLIC],
      ],
    ]);
  });

  test('a picture is refused in a clear sentence', async () => {
    const { context } = await openRelays();
    const request = sampleRequest(sampleContent(['Hello'], { media: [samplePng()] }));
    expect(await publish(context(), request)).toMatchObject({
      kind: 'refused',
      detail: expect.stringContaining('takes no pictures'),
    });
  });
});
