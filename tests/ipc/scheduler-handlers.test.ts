import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { KEY, queued } from '../elsewhere/servers/fake-queue.ts';
import { createPostizFake } from '../elsewhere/servers/postiz-fake.ts';
import { startFaultServer } from '../support/fault-server.ts';
import { openDeskRig } from './desk-rig.ts';

vi.setConfig({ testTimeout: 60_000 });

const HOUR = 3_600_000;
const by = 'Camille';

const unwrap = <T>(reply: { ok: true; value: T } | { ok: false; error: { message: string } }): T => {
  if (!reply.ok) throw new Error(reply.error.message);
  return reply.value;
};

/** Another scheduler with a queue, over real handlers, database and publisher process. */
async function open() {
  const fake = createPostizFake();
  const server = await startFaultServer({ answer: fake.answer });
  onTestFinished(() => server.close());
  const rig = await openDeskRig();
  const brandId = await rig.addBrand('Maison Verrier');
  const other = await rig.addBrand('Cobalt');
  const accountId = await rig.addAccount(brandId, 'practice', 'atelier', {});
  const fields = { server: `${server.origin}/public/v1`, key: KEY };
  const connect = (more = {}) =>
    rig.handlers['scheduler.connect']({ service: 'postiz', name: '', fields, ...more });
  return { fake, server, rig, brandId, other, accountId, fields, connect };
}

test('a sign-in at another scheduler is kept only when it works, sealed, and gone without a trace of its key', async () => {
  const { fields, connect, rig } = await open();
  expect(await connect({ fields: { ...fields, key: 'wrong-key-0123456' } })).toMatchObject({
    error: { code: 'signed-out' },
  });
  expect(await connect({ fields: { server: fields.server } })).toMatchObject({
    error: { code: 'field-missing' },
  });
  expect(await connect({ service: 'never' })).toMatchObject({ error: { code: 'no-such-network' } });
  expect(unwrap(await rig.handlers['scheduler.list']({})).signIns).toEqual([]);
  const { signIns } = unwrap(await connect({ name: 'Agence' }));
  expect(signIns).toMatchObject([
    { id: 1, source: 'service:1', serviceName: 'Postiz', name: 'Agence', channels: [{ id: 'c1' }] },
  ]);
  expect(JSON.stringify(await rig.storage.elsewhere.services())).not.toContain(KEY);
  unwrap(await rig.handlers['scheduler.verify']({ id: 1 }));
  unwrap(await connect({ id: 1 }));
  expect(unwrap(await rig.handlers['scheduler.remove']({ id: 1 })).signIns).toEqual([]);
  expect(await rig.handlers['scheduler.verify']({ id: 1 })).toMatchObject({
    error: { code: 'no-such-planner' },
  });
  await rig.engine.journal.flush();
  expect(readFileSync(rig.engine.paths.journal, 'utf8')).not.toContain(KEY);
});

test('its channels are somebody’s once a person has said whose, and until then nobody’s but shown', async () => {
  const { fake, rig, connect, brandId, accountId } = await open();
  unwrap(await connect());
  fake.queue.push(queued('a', Date.now() + HOUR), queued('b', Date.now() + HOUR, { channel: 'new' }));
  unwrap(await rig.handlers['elsewhere.refresh']({}));
  const read = async () => unwrap(await rig.handlers['elsewhere.read']({}))[0]?.items;
  expect(await read()).toMatchObject([
    { id: 'a', brandId: null, accountId: null, channel: 'Verrier (instagram)' },
    { id: 'b', brandId: null, channel: 'new' },
  ]);
  const match = (more: object) =>
    rig.handlers['scheduler.match']({ id: 1, channel: 'c1', accountId: null, brandId: null, ...more });
  unwrap(await match({ accountId }));
  expect(await read()).toMatchObject([{ brandId, accountId }, { brandId: null }]);
  unwrap(await match({ brandId }));
  expect(await read()).toMatchObject([{ brandId, accountId: null }, { brandId: null }]);
  expect(await match({ accountId: 99 })).toMatchObject({ error: { code: 'no-such-account' } });
  expect(await match({ brandId: 99 })).toMatchObject({ error: { code: 'no-such-brand' } });
  expect(await match({ id: 9 })).toMatchObject({ error: { code: 'no-such-planner' } });
  unwrap(await match({}));
  expect(await read()).toMatchObject([{ brandId: null }, { brandId: null }]);
});

test('another one’s sign-in in its place takes over neither whose the channels are nor what a stop cancels by itself', async () => {
  const { fake, rig, connect, accountId, fields } = await open();
  unwrap(await connect());
  unwrap(await rig.handlers['scheduler.match']({ id: 1, channel: 'c1', accountId, brandId: null }));
  unwrap(await rig.handlers['elsewhere.optIn']({ sources: ['service:1'], on: true, by }));
  fake.queue.push(queued('mine', Date.now() + HOUR));
  unwrap(await rig.handlers['elsewhere.refresh']({}));
  const same = unwrap(await connect({ id: 1 }));
  expect(same).not.toHaveProperty('isAnother');
  expect(same.signIns).toMatchObject([{ channels: [{ accountId }], cancelsSince: expect.any(Number) }]);
  expect(await connect({ id: 1, service: 'buffer' })).toMatchObject({ ok: false });
  const server = fields.server.replace('127.0.0.1', 'localhost');
  const other = unwrap(await connect({ id: 1, fields: { ...fields, server } }));
  expect(other).toMatchObject({
    isAnother: true,
    signIns: [{ channels: [{ id: 'c1', accountId: null, brandId: null }], cancelsSince: null }],
  });
  expect(unwrap(await rig.handlers['elsewhere.read']({}))).toMatchObject([{ state: 'not-asked', items: [] }]);
});

test('a brand’s stop cancels by itself what is that brand’s there, and leaves everybody else’s', async () => {
  const { fake, rig, connect, brandId, other, accountId } = await open();
  unwrap(await connect());
  unwrap(await rig.handlers['scheduler.match']({ id: 1, channel: 'c1', accountId, brandId: null }));
  unwrap(await rig.handlers['scheduler.match']({ id: 1, channel: 'c2', accountId: null, brandId: other }));
  unwrap(await rig.handlers['elsewhere.optIn']({ sources: ['service:1'], on: true, by }));
  fake.queue.push(
    queued('mine', Date.now() + HOUR),
    queued('theirs', Date.now() + HOUR, { channel: 'c2' }),
    queued('nobodys', Date.now() + HOUR, { channel: 'c3' }),
  );
  expect(rig.engine.stop.start(by).ok).toBe(true);
  unwrap(await rig.handlers['stop.engage']({ scopes: [{ kind: 'brand', brandId }] }));
  await expect
    .poll(
      async () =>
        unwrap(await rig.handlers['elsewhere.read']({}))[0]
          ?.items.map(({ state }) => state)
          .sort(),
      {
        timeout: 15_000,
      },
    )
    .toEqual(['canceled', 'waiting', 'waiting']);
  expect(fake.queue.map(({ id }) => id).sort()).toEqual(['nobodys', 'theirs']);
  expect(fake.strange).toEqual([]);
});
