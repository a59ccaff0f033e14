import { describe, expect, onTestFinished, test } from 'vitest';
import { mastodon } from '../../src-main/connectors/mastodon/index.ts';
import type { ConnectorContext } from '../../src-main/core/connector.ts';
import type { ScheduledItem } from '../../src-main/core/scheduled-elsewhere.ts';
import { createTestContext } from '../support/connector-context.ts';
import { type Fault, type SeenRequest, startFaultServer } from '../support/fault-server.ts';
import { createMastodonPlanner } from './servers/mastodon-planner.ts';
import { faultNamed } from './subject.ts';

const TOKEN = 'tok-planner-0123456789';
const DAY = 86_400_000;
const NOON = Date.parse('2026-12-01T12:00:00.000Z');

async function open(
  options: Partial<Parameters<typeof createMastodonPlanner>[0]> = {},
  faultFor: (request: SeenRequest) => Fault | null = () => null,
) {
  const planner = createMastodonPlanner({ token: TOKEN, ...options });
  const server = await startFaultServer({ answer: planner.answer, faultFor });
  onTestFinished(() => server.close());
  const context: ConnectorContext = createTestContext({
    settings: { server: server.origin },
    secrets: { token: TOKEN },
    mostTimeoutMs: 300,
    now: () => NOON,
  });
  const list = () => mastodon.listScheduled?.(context);
  const cancel = (item: ScheduledItem) => mastodon.cancelScheduled?.(context, item);
  return { planner, server, context, list, cancel };
}

const item = (id: string): ScheduledItem => ({
  id,
  text: 'words',
  planAt: NOON + DAY,
  url: '',
  channel: '',
  group: '',
  canCancel: true,
  cancelBefore: null,
});

describe('what waits in a Mastodon server’s planner', () => {
  test('is listed soonest first over all pages, with its words and its time', async () => {
    const { planner, list } = await open({ mostPerPage: 2 });
    planner.add('the  third\nof them', NOON + 3 * DAY);
    planner.add('the first', NOON + DAY);
    planner.add('x'.repeat(400), NOON + 2 * DAY);
    expect(await list()).toMatchObject({
      kind: 'listed',
      isWhole: true,
      items: [
        { text: 'the first', planAt: NOON + DAY, canCancel: true, cancelBefore: null },
        { text: `${'x'.repeat(280)}…` },
        { text: 'the third of them' },
      ],
    });
    expect(planner.strange).toEqual([]);
  });

  test('is counted once when it moves while it is read, and what is there at the end is there', async () => {
    const scene = await open({ mostPerPage: 2 }, ({ path }) => {
      if (path.includes('max_id')) scene.planner.waiting.splice(0, 1);
      return null;
    });
    for (let n = 0; n < 5; n += 1) scene.planner.add(`post ${n}`, NOON + n * DAY);
    const list = await scene.list();
    if (list?.kind !== 'listed') throw new Error('not listed');
    expect(new Set(list.items.map(({ id }) => id)).size).toBe(list.items.length);
    expect(list.items.map(({ text }) => text)).toContain('post 4');
  });

  test('is said not to be whole when the pages lead in a circle or one of them fails', async () => {
    const circle = await open({ kind: 'loops' });
    for (let n = 0; n < 41; n += 1) circle.planner.add(`post ${n}`, NOON + n);
    expect(await circle.list()).toMatchObject({ kind: 'listed', isWhole: false });
    const broken = await open({ mostPerPage: 2 }, ({ path }) =>
      path.includes('max_id') ? faultNamed('http-500', TOKEN, '') : null,
    );
    for (let n = 0; n < 5; n += 1) broken.planner.add(`post ${n}`, NOON + n);
    const list = await broken.list();
    expect(list).toMatchObject({ kind: 'listed', isWhole: false });
    expect(list?.kind === 'listed' && list.items.length).toBe(2);
  });

  test.each([
    [{ kind: 'none' }, 'cannot-tell'],
    [{ version: '4.0.0 (not true; really snac/2.96)', hasV2: false }, 'cannot-tell'],
    [{ version: '2.7.2 (compatible; Pleroma 2.5.0)' }, 'cannot-tell'],
    [{ version: '4.5.0-rc.1+glitch' }, 'listed'],
    [{ version: '0.17.3+git-57cb4fe' }, 'listed'],
  ] as const)(
    'an empty list is believed only of a server that is known to have one: %o',
    async (options, kind) => {
      const { list } = await open(options);
      expect((await list())?.kind).toBe(kind);
    },
  );

  test.each([
    ['http-401', 'signed-out'],
    ['http-403', 'signed-out'],
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
  ] as const)('%s says nothing of what waits: %s, and no token', async (fault, kind) => {
    const { planner, list } = await open({}, () => faultNamed(fault, TOKEN, 'http://127.0.0.1:9'));
    planner.add('a post', NOON + DAY);
    const answer = await list();
    expect(answer?.kind).toBe(kind);
    expect(JSON.stringify(answer)).not.toContain(TOKEN);
    if (answer?.kind === 'try-later') expect(answer.notBefore).toBe(NOON + 120_000);
  });
});

describe('cancelling what waits there', () => {
  test('is one request, read back', async () => {
    const { planner, server, cancel } = await open();
    const { id } = planner.add('a post', NOON + DAY);
    expect(await cancel(item(id))).toEqual({ kind: 'canceled' });
    expect(planner.waiting).toEqual([]);
    expect(server.requests.map(({ method }) => method)).toEqual(['DELETE', 'GET']);
    expect(planner.strange).toEqual([]);
  });

  test('that is answered with a yes and yet is still listed is still live', async () => {
    const { planner, cancel } = await open({ kind: 'stuck' });
    const { id } = planner.add('a post', NOON + DAY);
    expect(await cancel(item(id))).toMatchObject({ kind: 'still-there' });
  });

  test('of what went out in the meantime is not called cancelled', async () => {
    const { cancel } = await open();
    expect(await cancel(item('3999'))).toEqual({ kind: 'gone' });
  });

  test('whose answer is lost is judged by reading it back', async () => {
    const lost = (request: SeenRequest): Fault | null =>
      request.method === 'DELETE' ? { kind: 'hang' } : null;
    const kept = await open({}, lost);
    const { id } = kept.planner.add('a post', NOON + DAY);
    expect(await kept.cancel(item(id))).toMatchObject({ kind: 'still-there' });
    const done = await open({}, (request) => {
      if (request.method === 'DELETE') done.planner.waiting.splice(0);
      return lost(request);
    });
    const other = done.planner.add('a post', NOON + DAY);
    expect(await done.cancel(item(other.id))).toEqual({ kind: 'gone' });
  });

  test.each([
    ['http-401', 'signed-out'],
    ['http-429', 'try-later'],
    ['http-500', 'still-there'],
    ['captive-portal', 'still-there'],
    ['reset', 'still-there'],
  ] as const)('%s to the cancellation itself: %s', async (fault, kind) => {
    const { planner, cancel } = await open({}, ({ method }) =>
      method === 'DELETE' ? faultNamed(fault, TOKEN, '') : null,
    );
    const { id } = planner.add('a post', NOON + DAY);
    const answer = await cancel(item(id));
    expect(answer?.kind).toBe(kind);
    expect(JSON.stringify(answer)).not.toContain(TOKEN);
    expect(planner.waiting).toHaveLength(1);
  });

  test.each(['http-500', 'captive-portal', 'broken-json', 'cut-short', 'hang', 'http-401'] as const)(
    'that cannot be read back (%s) is unclear, never called done',
    async (fault) => {
      const { planner, cancel } = await open({}, ({ method }) =>
        method === 'GET' ? faultNamed(fault, TOKEN, '') : null,
      );
      const { id } = planner.add('a post', NOON + DAY);
      expect((await cancel(item(id)))?.kind).toBe('unclear');
    },
  );

  test('a page of somebody else’s that says 404 is no proof that it is gone', async () => {
    const { planner, cancel } = await open({ kind: 'stuck' }, ({ method }) =>
      method === 'GET'
        ? {
            kind: 'answer',
            answer: { status: 404, headers: { 'content-type': 'text/html' }, body: '<html>' },
          }
        : null,
    );
    const { id } = planner.add('a post', NOON + DAY);
    expect((await cancel(item(id)))?.kind).toBe('unclear');
  });
});
