import { afterEach, describe, expect, test } from 'vitest';
import { GateClosed } from '../../src-main/core/connector.ts';
import { createHttp } from '../../src-main/publisher/http.ts';
import { createPace } from '../../src-main/publisher/pace.ts';
import { type FaultServer, type ServerAnswer, startFaultServer } from '../support/fault-server.ts';

const NOW = 1_800_000_000_000;
const spent = (seconds: string): ServerAnswer => ({
  headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': seconds },
  body: {},
});

describe('the pace of one attempt', () => {
  let server: FaultServer;
  afterEach(() => server.close());

  async function paced(
    answers: readonly ServerAnswer[],
    wait: (ms: number) => Promise<void> = async () => {},
  ) {
    let given = 0;
    let now = NOW;
    const waits: number[] = [];
    server = await startFaultServer({
      answer: () => {
        given += 1;
        return answers[given - 1] ?? { body: {} };
      },
    });
    const signal = new AbortController().signal;
    const http = createHttp({ gate: () => ({ allow: true }), signal, redact: [] });
    const pace = createPace(http, {
      now: () => now,
      wait: async (ms) => {
        waits.push(ms);
        await wait(ms);
        now += ms;
      },
    });
    return { pace, waits, send: () => pace.http.send(server.origin, { method: 'POST' }) };
  }

  test('a short rest is waited for before the next part, and told', async () => {
    const { pace, waits, send } = await paced([spent('2.5')]);
    await send();
    await send();
    await send();
    expect(waits).toEqual([2_500]);
    expect(server.requests).toHaveLength(3);
    expect(pace.restUntil()).toBe(NOW + 2_500);
  });

  test('a long one is told and not waited for', async () => {
    const { pace, waits, send } = await paced([spent('21')]);
    await send();
    await send();
    expect(waits).toEqual([]);
    expect(pace.restUntil()).toBe(NOW + 21_000);
  });

  test('a stop during the wait lets no further part out', async () => {
    const { send } = await paced([spent('2')], () => Promise.reject(new GateClosed('stopped')));
    await send();
    await expect(send()).rejects.toThrow(GateClosed);
    expect(server.requests).toHaveLength(1);
  });

  test('what only reads or prepares asks for no rest', async () => {
    const { pace } = await paced([spent('5')]);
    await pace.http.call(server.origin);
    expect(pace.restUntil()).toBeNull();
  });
});
