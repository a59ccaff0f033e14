import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Outcome } from '../../src-main/core/connector.ts';
import { type FaultServer, type SeenRequest, startFaultServer } from '../support/fault-server.ts';
import { sampleContent, samplePng, sampleRequest } from '../support/sample-content.ts';
import { type FaultName, faultNamed, type HttpSubject, openHttpPlace, type Place } from './subject.ts';

/** What each fault of the public request may be taken for. Only listed refusals are a no; everything else may be out. */
const PUBLIC_FAULTS: Readonly<Record<FaultName, readonly Outcome['kind'][]>> = {
  'http-401': ['signed-out'],
  'http-403': ['signed-out', 'refused'],
  'http-404': ['refused'],
  'http-413': ['refused'],
  'http-422': ['refused'],
  'http-429': ['try-later'],
  'http-500': ['unconfirmed'],
  'bad-gateway': ['unconfirmed'],
  'captive-portal': ['unconfirmed'],
  'broken-json': ['unconfirmed'],
  'cut-short': ['unconfirmed'],
  reset: ['unconfirmed'],
  hang: ['unconfirmed'],
  drip: ['unconfirmed'],
  redirect: ['unconfirmed'],
  huge: ['unconfirmed'],
};
const FAULTS = Object.keys(PUBLIC_FAULTS) as FaultName[];
/** Faults that are no clear word of the network about anything. */
const NOISE = [
  'http-500',
  'bad-gateway',
  'captive-portal',
  'broken-json',
  'cut-short',
  'reset',
  'hang',
  'drip',
  'redirect',
  'huge',
] as const;

export function describeFaults(subject: HttpSubject): void {
  const { connector } = subject;
  let elsewhere: FaultServer;
  let place: Place | null = null;
  beforeEach(async () => {
    elsewhere = await startFaultServer({ answer: () => ({ body: { id: 'stolen' } }) });
  });
  afterEach(async () => {
    await place?.close();
    place = null;
    await elsewhere.close();
  });

  /** Nobody needs to wait long for an answer that never comes, where no honest one comes before it. */
  const soon = (name: FaultName) => (name === 'hang' || name === 'drip' ? { mostTimeoutMs: 150 } : {});

  /** Opens the network with `name` happening to every request of which `which` says yes. */
  async function openWith(name: FaultName, which: (request: SeenRequest) => boolean): Promise<Place> {
    const secret = Object.values(subject.account('http://127.0.0.1:1').secrets)[0] ?? 'no secret';
    place = await openHttpPlace(subject, (request) =>
      which(request) ? faultNamed(name, secret, elsewhere.origin) : null,
    );
    return place;
  }

  function expectNoLeak(value: unknown): void {
    for (const secret of place?.secrets ?? []) expect(JSON.stringify(value)).not.toContain(secret);
    expect(elsewhere.requests).toEqual([]);
  }

  describe('when the public request meets', () => {
    test.each(FAULTS)('%s', async (name) => {
      const { context, publicRequests } = await openWith(name, subject.isPublic);
      const outcome = await connector.publish(
        context(subject.preparesNothing === true ? soon(name) : {}),
        sampleRequest(sampleContent(['Hello'])),
      );
      expect(subject.expected?.[name] ?? PUBLIC_FAULTS[name]).toContain(outcome.kind);
      expect('detail' in outcome && outcome.detail).not.toBe('');
      expect(publicRequests()).toHaveLength(1);
      expectNoLeak(outcome);
    });

    test('a wait the server asks for, it passes that on', async () => {
      const { context } = await openWith('http-429', subject.isPublic);
      const now = Date.now();
      const outcome = await connector.publish(
        context({ now: () => now }),
        sampleRequest(sampleContent(['Hello'])),
      );
      expect(outcome).toMatchObject({ kind: 'try-later', notBefore: now + 120_000 });
    });

    test('a stop while it waits for the answer, it does not claim that nothing went out', async () => {
      const { context, publicRequests, server } = await openWith('hang', subject.isPublic);
      const abort = new AbortController();
      const arrived = server?.next(subject.isPublic);
      const publishing = connector.publish(
        context({ signal: abort.signal, mostTimeoutMs: 10_000 }),
        sampleRequest(sampleContent(['Hello'])),
      );
      await arrived;
      abort.abort();
      expect(await publishing).toMatchObject({ kind: 'unconfirmed', refs: [] });
      expect(publicRequests()).toHaveLength(1);
    });

    if (connector.limits.threads && subject.joinsParts !== true)
      test.each([
        ['http-422', 'cut'],
        ['http-429', 'cut'],
        ['http-500', 'unconfirmed'],
        ['reset', 'unconfirmed'],
      ] as const)('%s at the second part of a thread', async (name, kind) => {
        let parts = 0;
        const { context, publicRequests } = await openWith(name, (request) => {
          if (!subject.isPublic(request)) return false;
          parts += 1;
          return parts > 1;
        });
        const outcome = await connector.publish(
          context(),
          sampleRequest(sampleContent(['One', 'Two', 'Three'])),
        );
        expect(outcome).toMatchObject({ kind, refs: [{ id: expect.stringMatching(/./u) }] });
        expect(publicRequests()).toHaveLength(2);
        expectNoLeak(outcome);
      });
  });

  test('a server that is not there was certainly not sent to', async () => {
    const { context, close } = await openWith('reset', () => true);
    await close();
    const outcome = await connector.publish(context(), sampleRequest(sampleContent(['Hello'])));
    // Not a refusal: an hour without network must not use up a post's attempts.
    expect(outcome.kind).toBe('not-sent');
    expectNoLeak(outcome);
  });

  const { keyOf } = subject;
  if (keyOf !== null)
    test('every attempt at one post carries the same key, and another post another', async () => {
      const { context, publicRequests } = await openWith('http-429', subject.isPublic);
      const request = sampleRequest(sampleContent(['Hello']));
      await connector.publish(context(), request);
      await connector.publish(context(), { ...request, attempt: 2 });
      await connector.publish(context(), sampleRequest(sampleContent(['Hello'])));
      const [first, second, other] = publicRequests().map(keyOf);
      expect(first).not.toBeNull();
      expect(second).toBe(first);
      expect(other).not.toBe(first);
    });

  if (subject.preparesNothing !== true)
    describe('when what comes before the public request meets', () => {
      test.each(['http-401', 'http-429', ...NOISE] as const)(
        '%s, nothing is public and nothing unconfirmed',
        async (name) => {
          const { context, publicRequests, server } = await openWith(
            name,
            (request) => !subject.isPublic(request),
          );
          const content = sampleContent(['Hello'], { media: [samplePng()] });
          const outcome = await connector.publish(context(), sampleRequest(content));
          expect(server?.requests.length).toBeGreaterThan(0);
          if (name === 'http-401') expect(outcome.kind).toBe('signed-out');
          else expect(outcome.kind).toBe('try-later');
          expect(publicRequests()).toEqual([]);
          expectNoLeak(outcome);
        },
      );
    });

  if (subject.verifiesOffline !== true)
    describe('when verifying meets', () => {
      test.each(['http-401', ...NOISE] as const)('%s', async (name) => {
        const { context } = await openWith(name, () => true);
        const verified = await connector.verify(context(soon(name)));
        expect(verified.kind).toBe(name === 'http-401' ? 'signed-out' : 'unreachable');
        expectNoLeak(verified);
      });
    });

  if (connector.find !== null)
    describe('when looking up meets', () => {
      test.each(['http-401', 'http-403', 'http-429', ...NOISE] as const)(
        '%s, it is unclear and never absent',
        async (name) => {
          const { context, publicRequests } = await openWith(name, () => true);
          const refs = [{ id: '17', url: '' }];
          for (const known of [[], refs]) {
            const found = await connector.find?.(
              context(soon(name)),
              sampleRequest(sampleContent(['Hello'])),
              known,
            );
            expect(found?.kind).toBe('unclear');
            expectNoLeak(found);
          }
          expect(publicRequests()).toEqual([]);
        },
      );
    });

  if (connector.remove !== null)
    describe('when taking down meets', () => {
      test.each(['http-401', 'http-429', ...NOISE] as const)(
        '%s, it is not said to be gone',
        async (name) => {
          const { context } = await openWith(name, () => true);
          const removed = await connector.remove?.(context(soon(name)), [{ id: '17', url: '' }]);
          expect(removed?.kind).toBe('failed');
          expectNoLeak(removed);
        },
      );
    });
}
