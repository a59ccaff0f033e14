import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Connector } from '../../src-main/core/connector.ts';
import { sampleContent, samplePng, sampleRequest } from '../support/sample-content.ts';
import { describeFaults } from './faults.ts';
import {
  type FolderSubject,
  type HttpSubject,
  openFolderPlace,
  openHttpPlace,
  openSocketPlace,
  type Place,
  type SocketSubject,
} from './subject.ts';

/**
 * What every connector must honour. Call it from `tests/connectors/<network>.test.ts`; an HTTP network is also put through every
 * fault of `faults.ts`.
 */
export function describeConformance(subject: HttpSubject | SocketSubject | FolderSubject): void {
  const isHttp = 'createNetwork' in subject;
  const open = () => {
    if (isHttp) return openHttpPlace(subject);
    return 'startNetwork' in subject ? openSocketPlace(subject) : openFolderPlace(subject);
  };
  const { connector } = subject;
  describe(`${connector.name}: what every network honours`, () => {
    describeDeclaration(connector);
    describeBehaviour(
      connector,
      open,
      isHttp && subject.joinsParts === true,
      !('textsIn' in subject),
      isHttp && subject.findsOnlyKnown === true,
    );
    if (isHttp) describeFaults(subject);
  });
}

function describeDeclaration(connector: Connector): void {
  test('it says what it is, in both languages, and has an icon', () => {
    expect(connector.network).toMatch(/^[a-z][a-z0-9-]*$/u);
    expect(connector.name).not.toBe('');
    for (const field of connector.settings) {
      expect(field.label.en).not.toBe('');
      expect(field.label.fr).not.toBe('');
      if (field.kind === 'choice') expect(field.choices?.length).toBeGreaterThan(1);
    }
    for (const { en, fr } of [connector.needs, connector.costs, connector.tested]) {
      expect(en).toMatch(/^\p{Lu}.*\.$/u);
      expect(fr).toMatch(/^\p{Lu}.*\.$/u);
    }
    const icon = fileURLToPath(new URL(`../../resources/networks/${connector.network}.svg`, import.meta.url));
    expect(existsSync(icon), icon).toBe(true);
  });

  test('its limits are usable, and those of an account without settings are its own', () => {
    const { limits } = connector;
    expect(limits.textLength).toBeGreaterThan(0);
    expect(limits.altTextLength).toBeGreaterThanOrEqual(0);
    expect(limits.captionLength ?? 1).toBeGreaterThan(0);
    expect(limits.mediaCount === 0 || limits.mediaMimes.length > 0).toBe(true);
    expect(JSON.stringify(connector.limitsOf({}))).toBe(JSON.stringify(limits));
  });

  test('an account from a file needs no sign-in', () => {
    if (connector.fromFile) expect(connector.signIn).toBeNull();
  });
}

function describeBehaviour(
  connector: Connector,
  open: () => Promise<Place>,
  joinsParts: boolean,
  hasSecrets: boolean,
  findsOnlyKnown: boolean,
): void {
  let place: Place;
  beforeEach(async () => {
    place = await open();
  });
  afterEach(() => place.close());

  test('a good account is ready and none of its secrets becomes a setting', async () => {
    const verified = await connector.verify(place.context());
    expect(verified).toMatchObject({ kind: 'ready' });
    if (verified.kind !== 'ready') return;
    expect(verified.name).not.toBe('');
    for (const secret of place.secrets) expect(JSON.stringify(verified.settings)).not.toContain(secret);
    expect(place.texts()).toEqual([]);
  });

  test('a post is published once, with a ref, by one public request', async () => {
    const outcome = await connector.publish(place.context(), sampleRequest(sampleContent(['Good morning'])));
    expect(outcome).toMatchObject({ kind: 'published', refs: [{ id: expect.stringMatching(/./u) }] });
    expect(place.texts()).toHaveLength(1);
    expect(place.texts()[0]).toContain('Good morning');
    if (place.server) expect(place.publicRequests()).toHaveLength(1);
  });

  // Where no pictures are taken, one more than none is refused below.
  const picture = connector.limits.mediaCount > 0 ? [samplePng()] : [];

  test('a post with a picture, its description and a link is published once', async () => {
    const content = sampleContent(['A picture'], { media: picture, link: 'https://example.com/a' });
    const outcome = await connector.publish(place.context(), sampleRequest(content));
    expect(outcome).toMatchObject({ kind: 'published' });
    expect(place.texts()).toHaveLength(1);
    if (place.server) expect(place.publicRequests()).toHaveLength(1);
  });

  if (connector.limits.threads)
    test('a thread is published in order, one ref and one word per part', async () => {
      const context = place.context();
      const outcome = await connector.publish(context, sampleRequest(sampleContent(['One', 'Two', 'Three'])));
      expect(outcome.kind).toBe('published');
      const refs = outcome.kind === 'published' ? outcome.refs : [];
      expect(refs).toHaveLength(joinsParts ? 1 : 3);
      expect(new Set(refs.map((ref) => ref.id)).size).toBe(refs.length);
      if (!joinsParts) expect(context.parts).toEqual(refs);
      expect(place.texts().join(' ')).toMatch(/One\s+Two\s+Three/u);
    });

  test('with the gate closed nothing is made public and the post is not sent', async () => {
    const context = place.context({ gate: () => ({ allow: false, why: 'stopped by the test' }) });
    const content = sampleContent(['Never'], { media: picture });
    const outcome = await connector.publish(context, sampleRequest(content));
    expect(outcome.kind).toBe('not-sent');
    expect(place.publicRequests()).toEqual([]);
    expect(place.texts()).toEqual([]);
  });

  test('when the gate closes at the very moment of writing, no byte of the public request leaves', async () => {
    let asked = 0;
    const context = place.context({
      gate: () => {
        asked += 1;
        // The first question comes before anything is opened, the last in the step that writes.
        return asked < place.questions ? { allow: true } : { allow: false, why: 'late stop' };
      },
    });
    const outcome = await connector.publish(context, sampleRequest(sampleContent(['Never'])));
    expect(outcome.kind).toBe('not-sent');
    expect(asked).toBe(place.questions);
    expect(place.publicRequests()).toEqual([]);
    expect(place.texts()).toEqual([]);
  });

  test('aborted before it begins, it sends nothing at all', async () => {
    const abort = new AbortController();
    abort.abort();
    const context = place.context({ signal: abort.signal });
    const content = sampleContent(['Never'], { media: picture });
    const outcome = await connector.publish(context, sampleRequest(content));
    expect(outcome.kind).toBe('not-sent');
    expect(place.server?.requests ?? []).toEqual([]);
    expect(place.texts()).toEqual([]);
  });

  test('aborted after the answer, it stays published', async () => {
    const abort = new AbortController();
    const outcome = await connector.publish(
      place.context({ signal: abort.signal }),
      sampleRequest(sampleContent(['Out'])),
    );
    abort.abort();
    expect(outcome.kind).toBe('published');
    expect(place.texts()).toHaveLength(1);
  });

  if (connector.limits.threads && !joinsParts)
    test('a thread stopped after its first part is cut, and says which part is out', async () => {
      const abort = new AbortController();
      const context = place.context({ signal: abort.signal });
      const stopping = {
        ...context,
        onPart: (ref: Parameters<typeof context.onPart>[0]) => {
          context.onPart(ref);
          abort.abort();
        },
      };
      const outcome = await connector.publish(
        stopping,
        sampleRequest(sampleContent(['One', 'Two', 'Three'])),
      );
      expect(outcome).toMatchObject({ kind: 'cut', refs: [{}] });
      expect(context.parts).toHaveLength(1);
      expect(place.texts()).toHaveLength(1);
    });

  if (connector.limits.threads && !joinsParts)
    test.each([1, 2])('a gate that closes after %i of three parts lets no further part out', async (open) => {
      const parts: unknown[] = [];
      const base = place.context({
        gate: () => (parts.length < open ? { allow: true } : { allow: false, why: 'late stop' }),
      });
      const context = { ...base, onPart: (ref: Parameters<typeof base.onPart>[0]) => void parts.push(ref) };
      const content = sampleContent(['One', 'Two', 'Three'], { media: picture });
      expect((await connector.publish(context, sampleRequest(content))).kind).toBe('cut');
      expect(parts).toHaveLength(open);
      expect(place.texts()).toHaveLength(open);
      if (place.server) expect(place.publicRequests()).toHaveLength(open);
    });

  test('verifying, looking up and taking down never pass through the gate, and make nothing public', async () => {
    const out = sampleRequest(sampleContent(['Before the stop']));
    const outcome = await connector.publish(place.context(), out);
    const refs = outcome.kind === 'published' ? outcome.refs : [];
    const publicBefore = place.publicRequests().length;
    const context = place.context({ gate: () => ({ allow: false, why: 'a look-up makes nothing public' }) });
    expect((await connector.verify(context)).kind).toBe('ready');
    if (connector.find) expect((await connector.find(context, out, refs)).kind).toBe('found');
    if (connector.remove) expect((await connector.remove(context, refs)).kind).toBe('removed');
    expect(place.publicRequests()).toHaveLength(publicBefore);
    expect(place.texts()).toHaveLength(connector.remove ? 0 : 1);
  });

  test('one character over the limit is refused before any request, at the limit it goes out', async () => {
    const { textLength } = connector.limitsOf(place.context().account.settings);
    const over = await connector.publish(
      place.context(),
      sampleRequest(sampleContent(['é'.repeat(textLength + 1)])),
    );
    expect(over.kind).toBe('refused');
    expect(place.server?.requests ?? []).toEqual([]);
    expect(place.texts()).toEqual([]);
    const fits = await connector.publish(
      place.context(),
      sampleRequest(sampleContent(['é'.repeat(textLength)])),
    );
    expect(fits.kind).toBe('published');
  });

  test('what the network cannot take is refused before any request', async () => {
    const { limits } = connector;
    const wrong = [
      sampleContent([' ']),
      sampleContent(['Strange'], { media: [{ ...samplePng(), mime: 'application/x-msdownload' }] }),
      sampleContent(['Heavy'], { media: [{ ...samplePng(), bytes: limits.mediaBytes + 1 }] }),
      sampleContent(['Many'], { media: Array.from({ length: limits.mediaCount + 1 }, () => samplePng()) }),
      ...(limits.altTextLength === 0
        ? []
        : [sampleContent(['Told at length'], { media: [samplePng('a'.repeat(limits.altTextLength + 1))] })]),
      ...(limits.captionLength === null
        ? []
        : [sampleContent(['é'.repeat(limits.captionLength + 1)], { media: [samplePng()] })]),
    ];
    for (const content of wrong) {
      const outcome = await connector.publish(place.context(), sampleRequest(content));
      expect(outcome.kind, content.parts[0]).toBe('refused');
    }
    expect(place.server?.requests ?? []).toEqual([]);
    expect(place.texts()).toEqual([]);
  });

  if (hasSecrets)
    test('without its secrets an account is signed out and nothing is sent', async () => {
      const context = place.context({ secrets: {} });
      const outcome = await connector.publish(context, sampleRequest(sampleContent(['Never'])));
      expect(outcome.kind).toBe('signed-out');
      expect((await connector.verify(context)).kind).toBe('signed-out');
      expect(place.server?.requests ?? []).toEqual([]);
    });

  if (connector.find !== null)
    test('find tells what is out from what never was', async () => {
      const out = sampleRequest(sampleContent(['Found again']));
      const outcome = await connector.publish(place.context(), out);
      const refs = outcome.kind === 'published' ? outcome.refs : [];
      expect(refs).toHaveLength(1);
      const before = place.publicRequests().length;
      const found = { kind: 'found', refs: [{ id: refs[0]?.id }] };
      const unknown = await connector.find?.(place.context(), out, []);
      expect(unknown).toMatchObject(findsOnlyKnown ? { kind: 'unclear' } : found);
      expect(await connector.find?.(place.context(), out, refs)).toMatchObject(found);
      const never = sampleRequest(sampleContent(['Entirely unlike the other']));
      const absent = await connector.find?.(place.context(), never, []);
      expect(absent).toMatchObject({ kind: findsOnlyKnown ? 'unclear' : 'absent' });
      expect(place.publicRequests()).toHaveLength(before);
    });

  if (connector.remove !== null)
    test('what is taken down is gone, and taking it down again says so', async () => {
      const parts = connector.limits.threads ? ['One', 'Two'] : ['One'];
      const outcome = await connector.publish(place.context(), sampleRequest(sampleContent(parts)));
      const refs = outcome.kind === 'published' ? outcome.refs : [];
      expect(await connector.remove?.(place.context(), refs)).toEqual({ kind: 'removed' });
      expect(place.texts()).toEqual([]);
      expect(await connector.remove?.(place.context(), refs)).toEqual({ kind: 'already-gone' });
    });

  if (connector.idempotency === 'key' || connector.idempotency === 'own-id')
    test('the same request published twice is one post', async () => {
      const request = sampleRequest(sampleContent(['Only once']));
      await connector.publish(place.context(), request);
      await connector.publish(place.context(), { ...request, attempt: 2 });
      expect(place.texts()).toHaveLength(1);
    });
}
