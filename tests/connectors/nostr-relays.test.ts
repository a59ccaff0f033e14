import { describe, expect, test, vi } from 'vitest';
import { nostr } from '../../src-main/connectors/nostr/index.ts';
import type { createTestContext } from '../support/connector-context.ts';
import type { SeenRequest } from '../support/fault-server.ts';
import type { RelayFault } from '../support/relay.ts';
import { sampleContent } from '../support/sample-content.ts';
import { hello, isNote, NSEC, no, openRelays, publish, say } from './nostr-scene.ts';

/** For a relay that never answers, alone; and beside one that does, which has the time even on a machine that is busy. */
const ALONE_MS = 400;
const BESIDE_MS = 2_000;

describe.concurrent('when a relay', () => {
  const FAULTS: readonly (readonly [string, RelayFault, string])[] = [
    ['says yes because it has it', no('duplicate: already have this event'), 'published'],
    ['blocks the key', no('blocked: not on the list'), 'refused'],
    ['finds the event invalid', no('invalid: too far in the past'), 'refused'],
    ['wants work', no('pow: 28 bits needed'), 'refused'],
    ['wants its own sign-in', no('auth-required: we only take posts of members'), 'refused'],
    ['takes posts of some only', no('restricted: pay first'), 'refused'],
    ['asks for less', no('rate-limited: slow down'), 'try-later'],
    ['has trouble of its own', no('error: could not connect to the database'), 'unconfirmed'],
    ['refuses in words of no list', no('computer says no'), 'unconfirmed'],
    ['says yes to another event', say('OK', '0'.repeat(64), true, ''), 'unconfirmed'],
    ['only notices', say('NOTICE', 'could not parse'), 'unconfirmed'],
    ['only asks for a sign-in', say('AUTH', 'challenge'), 'unconfirmed'],
    ['answers with junk', { kind: 'say', text: '<html>Welcome</html>' }, 'unconfirmed'],
    ['answers with an OK that is none', { kind: 'say', text: '["OK"]' }, 'unconfirmed'],
    ['answers with bytes', { kind: 'binary' }, 'unconfirmed'],
    ['answers without end', { kind: 'say', text: 'x'.repeat(1_100_000) }, 'unconfirmed'],
    ['chatters', { kind: 'chatter' }, 'unconfirmed'],
    ['closes', { kind: 'close' }, 'unconfirmed'],
    ['resets', { kind: 'reset' }, 'unconfirmed'],
    ['hangs', { kind: 'hang' }, 'unconfirmed'],
    ['drips', { kind: 'drip' }, 'unconfirmed'],
  ];

  test.each(FAULTS)('%s, alone', async (_, fault, kind) => {
    const isSilent = kind === 'unconfirmed';
    const { relay, context } = await openRelays([fault], isSilent ? { mostTimeoutMs: ALONE_MS } : {});
    const outcome = await publish(context());
    expect(outcome.kind).toBe(kind);
    if (outcome.kind !== 'published') {
      expect('detail' in outcome && outcome.detail).toMatch(/^127\.0\.0\.1:\d+: ./u);
      expect(JSON.stringify(outcome)).not.toContain(NSEC);
    }
    await vi.waitFor(() => expect(relay.requests.filter(isNote)).toHaveLength(1));
  });

  test('does any of this, another one takes it and each is asked once', async () => {
    await Promise.all(
      FAULTS.map(async ([, fault]) => {
        const { relays, context } = await openRelays([fault, null], { mostTimeoutMs: BESIDE_MS });
        expect(await publish(context())).toMatchObject({ kind: 'published', refs: [{}] });
        for (const relay of relays) expect(relay.requests.filter(isNote)).toHaveLength(1);
        expect(relays[1]?.notes()).toHaveLength(1);
      }),
    );
  });

  test('refused only when all refuse; unconfirmed when one may have it', async () => {
    const cases = [
      [[no('blocked: a'), no('invalid: b')], 'refused'],
      [[no('blocked: a'), no('rate-limited: b')], 'try-later'],
      [[no('blocked: a'), { kind: 'hang' }], 'unconfirmed'],
      [[no('blocked: a'), no('error: b')], 'unconfirmed'],
    ] as const;
    await Promise.all(
      cases.map(async ([faults, kind]) => {
        const { context } = await openRelays(faults, { mostTimeoutMs: BESIDE_MS });
        expect((await publish(context())).kind).toBe(kind);
      }),
    );
  });

  test('one that cannot be reached refuses nothing', async () => {
    const { relays, context } = await openRelays([null, no('blocked: a')]);
    await relays[0]?.close();
    expect(await publish(context())).toMatchObject({
      kind: 'try-later',
      detail: expect.stringMatching(/not reached: ECONNREFUSED; .*blocked: a/u),
    });
    await relays[1]?.close();
    expect((await publish(context())).kind).toBe('not-sent');
  });

  test('the later parts of a thread go where the one before was taken', async () => {
    const { relays, context } = await openRelays([no('blocked: a'), null]);
    const outcome = await publish(context(), hello(['One', 'Two']));
    expect(outcome.kind).toBe('published');
    expect(relays[0]?.requests.filter(isNote)).toHaveLength(1);
    expect(relays[1]?.notes().map(({ content }) => content)).toEqual(['One', 'Two']);
  });

  test.each([
    [no('rate-limited: slow down'), 'cut'],
    [{ kind: 'hang' } as const, 'unconfirmed'],
  ])('answers the second part of a thread with %o', async (fault, kind) => {
    let parts = 0;
    const { context } = await openRelays([fault], {
      mostTimeoutMs: BESIDE_MS,
      which: (request) => {
        if (isNote(request)) parts += 1;
        return isNote(request) && parts === 2;
      },
    });
    const outcome = await publish(context(), hello(['One', 'Two', 'Three']));
    expect(outcome).toMatchObject({ kind, refs: [{}] });
    expect(parts).toBe(2);
  });

  test('is slow while everything stops, it does not claim that nothing went out', async () => {
    const { relay, context } = await openRelays([{ kind: 'hang' }]);
    const abort = new AbortController();
    const arrived = relay.next(isNote);
    const publishing = publish(context({ signal: abort.signal }));
    await arrived;
    abort.abort();
    expect(await publishing).toMatchObject({ kind: 'unconfirmed', refs: [] });
  });
});

describe.concurrent('looking up', () => {
  const isQuestion = ({ method }: SeenRequest) => method === 'REQ';

  test('one relay that has it is a yes, whatever the others do', async () => {
    const { relays, context } = await openRelays([null, { kind: 'hang' }], {
      which: isQuestion,
      mostTimeoutMs: BESIDE_MS,
    });
    const request = hello();
    await publish(context(), request);
    expect(await nostr.find?.(context(), request, [])).toMatchObject({ kind: 'found', refs: [{}] });
    await relays[1]?.close();
    expect((await nostr.find?.(context(), request, []))?.kind).toBe('found');
  });

  test.each([
    { kind: 'hang' },
    { kind: 'close' },
    { kind: 'drip' },
    { kind: 'chatter' },
    say('CLOSED', 'all-stop', 'auth-required: members only'),
    say('EOSE', 'another'),
    { kind: 'say', text: 'junk' },
  ] as const)('a relay that does not say all it has makes it unclear: %o', async (fault) => {
    const { context } = await openRelays([null, fault], { which: isQuestion, mostTimeoutMs: ALONE_MS });
    const found = await nostr.find?.(context(), hello(), []);
    expect(found).toMatchObject({ kind: 'unclear', detail: expect.stringMatching(/./u) });
    expect(JSON.stringify(found)).not.toContain(NSEC);
  });

  test('a relay that makes up an event with the right id is not believed', async () => {
    const request = hello();
    const { context, relays } = await openRelays([null, null]);
    await publish(context(), request);
    const [note] = relays[0]?.notes() ?? [];
    const forgeries = [
      { ...note, content: 'Something else' },
      { ...note, sig: 'ab'.repeat(64) },
      { ...note, pubkey: '84dee6e676e5bb67b4ad4e042cf70cbd8681155db535942fcc6a0533858a7240' },
    ];
    await Promise.all(
      forgeries.map(async (forged) => {
        const lie = { kind: 'lie', text: JSON.stringify(['EVENT', 'all-stop', forged]) } as const;
        const liar = await openRelays([lie], { which: isQuestion });
        expect(await nostr.find?.(liar.context(), request, [])).toEqual({ kind: 'absent' });
      }),
    );
  });

  test('half a thread is unclear', async () => {
    const { context } = await openRelays();
    const whole = hello(['One', 'Two']);
    await publish(context(), { ...whole, content: sampleContent(['One']) });
    expect(await nostr.find?.(context(), whole, [])).toEqual({
      kind: 'unclear',
      detail: '1 of 2 parts are out',
    });
  });
});

describe.concurrent('taking down', () => {
  const isDeletion = ({ method, body }: SeenRequest) =>
    method === 'EVENT' && JSON.parse(body.toString('utf8'))[1].kind === 5;
  const refsOf = async (context: ReturnType<typeof createTestContext>) => {
    const outcome = await publish(context);
    return outcome.kind === 'published' ? outcome.refs : [];
  };

  test('every relay is asked, and looked at again', async () => {
    const { relays, context } = await openRelays([null, null]);
    const refs = await refsOf(context());
    expect(await nostr.remove?.(context(), refs)).toEqual({ kind: 'removed' });
    for (const relay of relays) expect(relay.notes()).toEqual([]);
    expect(await nostr.remove?.(context(), refs)).toEqual({ kind: 'already-gone' });
    expect(relays[0]?.requests.filter(isDeletion)).toHaveLength(1);
  });

  test.each([
    no('blocked: no deletions'),
    { kind: 'hang' },
    { kind: 'close' },
    {
      kind: 'say',
      text: (message: readonly unknown[]) =>
        JSON.stringify(['OK', (message[1] as { id: string }).id, true, '']),
    },
  ] as const)('a relay that keeps it is named: %o', async (fault) => {
    const { relays, context } = await openRelays([null, fault], {
      which: isDeletion,
      mostTimeoutMs: BESIDE_MS,
    });
    const refs = await refsOf(context());
    expect(await nostr.remove?.(context(), refs)).toMatchObject({
      kind: 'failed',
      detail: expect.stringContaining(new URL(relays[1]?.url ?? '').host),
    });
    expect(relays[0]?.notes()).toEqual([]);
    expect(relays[1]?.notes()).toHaveLength(1);
  });

  test('a relay that cannot be reached is not said to have let go', async () => {
    const { relays, context } = await openRelays([null, null]);
    const refs = await refsOf(context());
    await relays[1]?.close();
    expect((await nostr.remove?.(context(), refs))?.kind).toBe('failed');
    expect((await nostr.remove?.(context(), refs))?.kind).toBe('failed');
  });

  test('what is no id of Nostr is not asked for', async () => {
    const { relay, context } = await openRelays();
    expect((await nostr.remove?.(context(), [{ id: '17', url: '' }]))?.kind).toBe('failed');
    expect(relay.requests).toEqual([]);
  });
});
