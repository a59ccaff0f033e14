import { describe, expect, onTestFinished, test } from 'vitest';
import type { ConnectorContext } from '../../src-main/core/connector.ts';
import { type ElsewhereService, readChannels } from '../../src-main/core/elsewhere-service.ts';
import type { Cancellation, ScheduledItem } from '../../src-main/core/scheduled-elsewhere.ts';
import { serviceFor, services } from '../../src-main/elsewhere/index.ts';
import { faultNamed } from '../connectors/subject.ts';
import { createTestContext } from '../support/connector-context.ts';
import { type Fault, type SeenRequest, startFaultServer } from '../support/fault-server.ts';
import { createAyrshareFake } from './servers/ayrshare-fake.ts';
import { createBufferFake } from './servers/buffer-fake.ts';
import { type FakeScheduler, KEY, queued } from './servers/fake-queue.ts';
import { createPostizFake } from './servers/postiz-fake.ts';

const NOON = Date.parse('2026-12-01T12:00:00.000Z');
const HOUR = 3_600_000;

type Subject = {
  readonly service: string;
  readonly create: () => FakeScheduler;
  /** Where below the server its API lies. */
  readonly path: string;
  readonly isCancel: (request: SeenRequest) => boolean;
};

const SUBJECTS: readonly Subject[] = [
  {
    service: 'buffer',
    create: createBufferFake,
    path: '/',
    isCancel: ({ body }) => body.includes('mutation'),
  },
  {
    service: 'postiz',
    create: createPostizFake,
    path: '/public/v1',
    isCancel: ({ method }) => method === 'DELETE',
  },
  {
    service: 'ayrshare',
    create: createAyrshareFake,
    path: '',
    isCancel: ({ method }) => method === 'DELETE',
  },
];

async function open<F extends FakeScheduler>(
  subject: Omit<Subject, 'create'> & { create: () => F },
  faultFor: (request: SeenRequest) => Fault | null = () => null,
) {
  const fake = subject.create();
  const server = await startFaultServer({ answer: (request) => fake.answer(request), faultFor });
  onTestFinished(() => server.close());
  const service = serviceFor(subject.service) as ElsewhereService;
  const context = (key = KEY): ConnectorContext =>
    createTestContext({
      settings: { server: `${server.origin}${subject.path}` },
      secrets: { key },
      mostTimeoutMs: 300,
      now: () => NOON,
    });
  const list = () => service.listScheduled(context());
  async function items(): Promise<readonly ScheduledItem[]> {
    const answer = await list();
    if (answer.kind !== 'listed') throw new Error(JSON.stringify(answer));
    return answer.items;
  }
  const cancel = (item: ScheduledItem | undefined): Promise<Cancellation> => {
    if (!item || !service.cancelScheduled) throw new Error('nothing to cancel');
    return service.cancelScheduled(context(), item);
  };
  return { fake, server, service, context, list, items, cancel };
}

test('each says what it needs, what it costs and how far it was tested, in both languages, and no address of its own is missing', () => {
  expect(services.map(({ service }) => service)).toEqual(SUBJECTS.map(({ service }) => service));
  for (const { needs, costs, tested, settings } of services) {
    for (const words of [needs, costs, tested]) expect(words.en === '' || words.fr === '').toBe(false);
    expect(settings.some(({ key, kind }) => key === 'key' && kind === 'secret')).toBe(true);
    expect(tested.en).toContain('documentation');
  }
});

describe.each(SUBJECTS)('$service', (subject) => {
  test('a sign-in that works names its channels; one that does not is refused without its key', async () => {
    const { service, context, fake } = await open(subject);
    const verified = await service.verify(context());
    if (verified.kind !== 'ready') throw new Error(JSON.stringify(verified));
    expect(readChannels(verified.settings)).toHaveLength(1);
    expect(fake.strange).toEqual([]);
    for (const key of ['wrong-key-123456', '', 'é\n']) {
      const refused = await service.verify(context(key));
      expect(refused.kind).toBe('signed-out');
      if (key !== '') expect(JSON.stringify(refused)).not.toContain(key);
    }
  });

  test('what waits is listed soonest first, what was sent or drafted is not, and an empty queue is empty', async () => {
    const { fake, items } = await open(subject);
    expect(await items()).toEqual([]);
    fake.queue.push(
      queued('late', NOON + 9 * HOUR),
      queued('sent', NOON - HOUR, { status: 'sent' }),
      queued('soon', NOON + HOUR),
    );
    expect((await items()).map(({ id, planAt, channel }) => [id, planAt, channel])).toEqual([
      ['soon', NOON + HOUR, 'c1'],
      ['late', NOON + 9 * HOUR, 'c1'],
    ]);
    expect(fake.strange).toEqual([]);
  });

  test.each([
    ['http-401', 'signed-out'],
    ['http-429', 'try-later'],
    ['http-500', 'unclear'],
    ['bad-gateway', 'unclear'],
    ['captive-portal', 'unclear'],
    ['broken-json', 'unclear'],
    ['cut-short', 'unclear'],
    ['reset', 'unclear'],
    ['hang', 'unclear'],
    ['redirect', 'unclear'],
    ['huge', 'unclear'],
  ] as const)('%s says nothing of what waits: %s, and no key', async (fault, kind) => {
    const { fake, list } = await open(subject, () => faultNamed(fault, KEY, 'http://127.0.0.1:9'));
    fake.queue.push(queued('a', NOON + HOUR));
    const answer = await list();
    expect(answer.kind).toBe(kind);
    expect(JSON.stringify(answer)).not.toContain(KEY);
    if (answer.kind === 'try-later') expect(answer.notBefore).toBe(NOON + 120_000);
  });

  test('one is cancelled by one request and read back; the others stay', async () => {
    const { fake, server, items, cancel } = await open(subject);
    fake.queue.push(queued('a', NOON + HOUR), queued('b', NOON + 2 * HOUR));
    const [first] = await items();
    expect(await cancel(first)).toEqual({ kind: 'canceled' });
    expect(server.requests.filter(subject.isCancel)).toHaveLength(1);
    expect((await items()).map(({ id }) => id)).toEqual(['b']);
    expect(fake.strange).toEqual([]);
  });

  test('a yes that kept it is still live', async () => {
    const { fake, items, cancel } = await open(subject);
    fake.queue.push(queued('a', NOON + HOUR));
    fake.isStuck = true;
    const [first] = await items();
    expect((await cancel(first)).kind).toBe('still-there');
  });

  test('what went out between the list and the cancellation is not called cancelled', async () => {
    const { fake, items, cancel } = await open(subject);
    fake.queue.push(queued('a', NOON + HOUR));
    const [first] = await items();
    fake.queue.splice(0);
    expect(await cancel(first)).toEqual({ kind: 'gone' });
  });

  test.each([
    ['http-401', 'signed-out'],
    ['http-429', 'try-later'],
    ['http-500', 'still-there'],
    ['captive-portal', 'still-there'],
    ['hang', 'still-there'],
    ['reset', 'still-there'],
  ] as const)('%s to the cancellation itself: %s', async (fault, kind) => {
    const { fake, items, cancel } = await open(subject, (request) =>
      subject.isCancel(request) ? faultNamed(fault, KEY, '') : null,
    );
    fake.queue.push(queued('a', NOON + HOUR));
    const [first] = await items();
    const answer = await cancel(first);
    expect(answer.kind).toBe(kind);
    expect(JSON.stringify(answer)).not.toContain(KEY);
  });

  test.each(['http-500', 'captive-portal', 'cut-short', 'hang'] as const)(
    'what cannot be read back (%s) is unclear',
    async (fault) => {
      let isCanceled = false;
      const { fake, items, cancel } = await open(subject, (request) => {
        if (isCanceled) return faultNamed(fault, KEY, '');
        isCanceled = subject.isCancel(request);
        return null;
      });
      fake.queue.push(queued('a', NOON + HOUR));
      const [first] = await items();
      expect((await cancel(first)).kind).toBe('unclear');
    },
  );
});

describe('what is particular', () => {
  const [bufferSubject, postizSubject, ayrshareSubject] = SUBJECTS as [Subject, Subject, Subject];

  test('Ayrshare and Buffer say whose a sign-in is: their channels alone do not', async () => {
    for (const [subject, whose] of [
      [bufferSubject, 'o1'],
      [ayrshareSubject, 'Agence'],
    ] as const) {
      const { service, context } = await open(subject);
      const verified = await service.verify(context());
      expect(verified.kind === 'ready' && verified.settings.whose).toContain(whose);
    }
  });

  test('Buffer: all pages are read, what is being sent cannot be cancelled, and a refusal comes with 200', async () => {
    const { fake, items } = await open({ ...bufferSubject, create: () => createBufferFake({ pageSize: 2 }) });
    for (let n = 0; n < 5; n += 1) fake.queue.push(queued(`p${n}`, NOON + n * HOUR));
    fake.queue.push(queued('now', NOON, { status: 'sending' }));
    const all = await items();
    expect(all).toHaveLength(6);
    expect(all.find(({ id }) => id === 'now')?.canCancel).toBe(false);
    for (const [refusal, kind] of [
      ['UNAUTHORIZED', 'signed-out'],
      ['RATE_LIMIT_EXCEEDED', 'try-later'],
      ['INTERNAL_SERVER_ERROR', 'unclear'],
    ] as const) {
      const { list } = await open({ ...bufferSubject, create: () => createBufferFake({ refusal }) });
      expect((await list()).kind).toBe(kind);
    }
  });

  test.each([
    ['sent', 'out'],
    ['sending', 'out'],
    ['draft', 'gone'],
    ['error', 'unclear'],
  ])('Buffer: what is read back as %s after a cancellation that failed is %s', async (status, kind) => {
    const { fake, items, cancel } = await open(bufferSubject, (request) =>
      bufferSubject.isCancel(request) ? faultNamed('http-500', KEY, '') : null,
    );
    fake.queue.push(queued('a', NOON + HOUR));
    const [first] = await items();
    fake.queue.splice(0, 1, queued('a', NOON + HOUR, { status }));
    expect((await cancel(first)).kind).toBe(kind);
  });

  test('Buffer: what its errors say is shown without the key', async () => {
    const refusal = `NO_KEY ${KEY}`;
    const { fake, list, service, context } = await open({
      ...bufferSubject,
      create: () => createBufferFake({ refusal }),
    });
    fake.queue.push(queued('a', NOON + HOUR));
    for (const answer of [await list(), await service.verify(context())]) {
      expect(JSON.stringify(answer)).toContain('refused: NO_KEY');
      expect(JSON.stringify(answer)).not.toContain(KEY);
    }
  });

  test.each([
    ['scheduled', 9 * 24, 'still-there'],
    ['sent', 1, 'out'],
    ['ERROR', 1, 'unclear'],
  ])('Postiz: what became %s, %i hours ahead, and was not cancelled is %s', async (status, hours, kind) => {
    const { fake, items, cancel } = await open(postizSubject, (request) =>
      postizSubject.isCancel(request) ? faultNamed('http-500', KEY, '') : null,
    );
    fake.queue.push(queued('a', NOON + HOUR));
    const [first] = await items();
    fake.queue.splice(0, 1, queued('a', NOON + hours * HOUR, { status }));
    expect((await cancel(first)).kind).toBe(kind);
  });

  test('Postiz: what comes again is listed once, when it goes out first', async () => {
    const { fake, items } = await open(postizSubject);
    for (const day of [9, 1, 5]) fake.queue.push(queued('a', NOON + day * 24 * HOUR));
    fake.queue.push(queued('b', NOON + 2 * 24 * HOUR));
    expect((await items()).map(({ id, planAt }) => [id, planAt])).toEqual([
      ['a', NOON + 24 * HOUR],
      ['b', NOON + 48 * HOUR],
    ]);
  });

  test.each([
    ['success', 'out'],
    ['processing', 'out'],
    ['deleted', 'gone'],
    ['awaiting approval', 'unclear'],
  ])('Ayrshare: what is %s when it is to be cancelled is %s, and is let be', async (status, kind) => {
    const { fake, items, cancel, server } = await open(ayrshareSubject);
    fake.queue.push(queued('a', NOON + HOUR));
    const [first] = await items();
    fake.queue.splice(0, 1, queued('a', NOON + HOUR, { status }));
    expect((await cancel(first)).kind).toBe(kind);
    expect(server.requests.some(ayrshareSubject.isCancel)).toBe(false);
  });

  test('Postiz: what goes together is said to, and goes together', async () => {
    const { fake, items, cancel } = await open(postizSubject);
    fake.queue.push(
      queued('a', NOON + HOUR, { group: 'g' }),
      queued('b', NOON + HOUR, { group: 'g', channel: 'c2' }),
      queued('c', NOON + HOUR),
    );
    const all = await items();
    expect(all.map(({ group }) => group)).toEqual(['g', 'g', 'c']);
    expect(await cancel(all[0])).toEqual({ kind: 'canceled' });
    expect((await items()).map(({ id }) => id)).toEqual(['c']);
  });

  test('Ayrshare: one post to two networks is two things that go together, and nothing public is ever deleted', async () => {
    const { fake, items, cancel } = await open({ ...ayrshareSubject, create: createAyrshareFake });
    fake.queue.push(queued('a', NOON + HOUR, { channel: 'instagram,facebook' }), queued('b', NOON + HOUR));
    const all = await items();
    expect(all.map(({ id, channel, group }) => [id, channel, group])).toEqual([
      ['a facebook', 'facebook', 'a'],
      ['a instagram', 'instagram', 'a'],
      ['b', 'c1', ''],
    ]);
    expect(await cancel(all[0])).toEqual({ kind: 'canceled' });
    const left = fake.queue.find(({ id }) => id === 'b');
    if (left) left.status = 'sent';
    expect(await cancel(all[2])).toEqual({ kind: 'out' });
    expect(fake.takenDown).toEqual([]);
  });
});
