import { expect, onTestFinished, test, vi } from 'vitest';
import type { ElsewhereSourceView } from '../../src-preload/elsewhere-views.ts';
import { createMastodonPlanner } from '../connectors/servers/mastodon-planner.ts';
import { type Fault, type SeenRequest, startFaultServer } from '../support/fault-server.ts';
import { openDeskRig } from './desk-rig.ts';

vi.setConfig({ testTimeout: 60_000 });

const TOKEN = 'tok-planner-0123456789';
const HOUR = 3_600_000;
const by = 'Camille';

const unwrap = <T>(reply: { ok: true; value: T } | { ok: false; error: { message: string } }): T => {
  if (!reply.ok) throw new Error(reply.error.message);
  return reply.value;
};

/** One account with a planner of its own and one without, over real handlers, database and publisher process. */
async function open(
  options: { kind?: 'good' | 'stuck' } = {},
  faultFor: (request: SeenRequest) => Fault | null = () => null,
) {
  const planner = createMastodonPlanner({ token: TOKEN, ...options });
  const server = await startFaultServer({ answer: planner.answer, faultFor });
  onTestFinished(() => server.close());
  const rig = await openDeskRig();
  const brandId = await rig.addBrand('Maison Verrier');
  const settings = { server: server.origin, accountId: '7' };
  const id = await rig.addAccount(brandId, 'mastodon', '@atelier', settings, { token: TOKEN });
  await rig.addAccount(brandId, 'practice', 'atelier', {});
  const read = async (): Promise<ElsewhereSourceView> => {
    const [source, ...others] = unwrap(await rig.handlers['elsewhere.read']({}));
    if (!source || others.length > 0) throw new Error('one planner was expected');
    return source;
  };
  return { planner, server, rig, brandId, key: `account:${id}`, accountId: id, read };
}

test('what waits in an account’s own planner is listed, cancelled, read back and written down, without a stop', async () => {
  const { planner, rig, key, accountId, brandId, read } = await open();
  planner.add('the second', Date.now() + 2 * HOUR);
  planner.add('the first', Date.now() + HOUR);
  expect(await read()).toMatchObject({ key, accountId, brandId, asOf: null, state: 'not-asked', items: [] });
  const [source] = unwrap(await rig.handlers['elsewhere.refresh']({}));
  expect(source).toMatchObject({
    state: 'listed',
    isWhole: true,
    items: [
      { text: 'the first', brandId, accountId, state: 'waiting', canCancel: true },
      { text: 'the second' },
    ],
  });
  const id = source?.items[0]?.id ?? '';
  unwrap(await rig.handlers['elsewhere.cancel']({ items: [{ source: key, id }], by }));
  expect((await read()).items).toMatchObject([
    { state: 'canceled', by, canCancel: false },
    { state: 'waiting' },
  ]);
  expect(planner.waiting.map(({ text }) => text)).toEqual(['the second']);
  expect(planner.strange).toEqual([]);
  const lines = rig.engine.journal.tail().filter(({ event }) => event.startsWith('elsewhere.'));
  expect(lines).toMatchObject([
    { event: 'elsewhere.cancel', by, details: { source: key, item: id, account: '@atelier' } },
    { event: 'elsewhere.outcome', by, details: { item: id, outcome: 'canceled', brandId } },
  ]);
  expect(JSON.stringify(lines)).not.toContain(TOKEN);
});

test('a stop asks the planners after it has taken effect, and cancels only what was left to it beforehand', async () => {
  const { planner, server, rig, key, read } = await open();
  planner.add('soon', Date.now() + HOUR);
  unwrap(await rig.handlers['elsewhere.optIn']({ sources: [key], on: true, by }));
  expect(await read()).toMatchObject({ cancelsSince: expect.any(Number) });
  expect(rig.engine.stop.start(by).ok).toBe(true);
  unwrap(await rig.handlers['stop.engage']({ scopes: [{ kind: 'everything' }] }));
  expect(server.requests).toEqual([]);
  await expect.poll(async () => (await read()).items[0]?.state, { timeout: 15_000 }).toBe('canceled');
  expect(planner.waiting).toEqual([]);
  expect(rig.engine.stop.status().state).toBe('stopped');
  const events = rig.engine.journal.tail().map(({ event }) => event);
  expect(events.indexOf('stop.engaged')).toBeLessThan(events.indexOf('elsewhere.found'));
  unwrap(await rig.handlers['elsewhere.optIn']({ sources: [key], on: false, by }));
  expect(await read()).toMatchObject({ cancelsSince: null });
});

test('a planner that never answers delays no stop, and what could not be read is not called empty', async () => {
  const { rig, server, read } = await open({}, () => ({ kind: 'hang' }));
  expect(rig.engine.stop.start(by).ok).toBe(true);
  const asking = rig.handlers['elsewhere.refresh']({});
  await server.next(() => true);
  unwrap(await rig.handlers['stop.engage']({ scopes: [{ kind: 'everything' }] }));
  expect(rig.engine.stop.status().state).toMatch(/^stopp/u);
  expect(await read()).toMatchObject({ isBusy: true, asOf: null, state: 'not-asked' });
  await server.close();
  await asking;
  expect(await read()).toMatchObject({ asOf: null, state: 'unclear' });
});

test('what stays live is ticked off by a person, and bad requests are refused by name', async () => {
  const { planner, rig, key, read } = await open({ kind: 'stuck' });
  const { id } = planner.add('stuck', Date.now() + HOUR);
  unwrap(await rig.handlers['elsewhere.refresh']({ sources: [key] }));
  unwrap(await rig.handlers['elsewhere.cancel']({ items: [{ source: key, id }], by }));
  expect((await read()).items).toMatchObject([{ state: 'still-there', canCancel: true, tick: null }]);
  unwrap(await rig.handlers['elsewhere.tick']({ item: { source: key, id }, done: true, by: 'Noé' }));
  expect((await read()).items).toMatchObject([{ state: 'still-there', tick: { by: 'Noé' } }]);
  const gone = { source: key, id: 'never' };
  expect(await rig.handlers['elsewhere.tick']({ item: gone, done: true, by })).toMatchObject({
    error: { code: 'no-such-item' },
  });
  expect(await rig.handlers['elsewhere.optIn']({ sources: ['account:99'], on: true, by })).toMatchObject({
    error: { code: 'no-such-planner' },
  });
});
