import { afterEach, describe, expect, it } from 'vitest';
import { ask, createQueryClient, keyOf, Refusal, wireEvents } from '../../src-renderer/api.ts';
import { createFakeBridge } from './fixture/fake-bridge.ts';
import { createModel } from './fixture/model.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

function start() {
  const model = createModel('publishing', { language: 'en', theme: 'light' });
  const bridge = createFakeBridge(model);
  const client = createQueryClient();
  ends.push(wireEvents(bridge, client), () => client.clear());
  return { model, bridge, client };
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

describe('asking over the bridge', () => {
  it('gives the value, or throws the refusal in its own words', async () => {
    const { model, bridge } = start();
    expect((await ask(bridge, 'desk.read', {})).brands).toHaveLength(8);
    model.refusals.set('desk.read', { code: 'database', message: 'The disk is full.' });
    await expect(ask(bridge, 'desk.read', {})).rejects.toThrow(Refusal);
    await expect(ask(bridge, 'desk.read', {})).rejects.toThrow('The disk is full.');
  });

  it('makes what an event concerns stale, and nothing else', async () => {
    const { model, client } = start();
    client.setQueryData(keyOf('settings.read', {}), {});
    client.setQueryData(keyOf('journal.page', { offset: 0, limit: 10 }), {});
    model.emit('journal.changed', {});
    const isStale = (key: readonly unknown[]) => client.getQueryState(key)?.isInvalidated;
    expect(isStale(keyOf('journal.page', { offset: 0, limit: 10 }))).toBe(true);
    expect(isStale(keyOf('settings.read', {}))).toBe(false);
  });

  it('answers a burst of events with a first and a last reading', async () => {
    const { model, client } = start();
    let readings = 0;
    const key = keyOf('queue.page', { order: 'soonest', offset: 0, limit: 1 });
    const stop = client.getQueryCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'invalidate') readings += 1;
    });
    ends.push(stop);
    for (let event = 0; event < 50; event += 1) {
      client.setQueryData(key, {});
      model.emit('queue.changed', {});
    }
    expect(readings).toBe(1);
    for (let waited = 0; waited < 40 && readings < 2; waited += 1) await pause(50);
    expect(readings).toBe(2);
  });
});
