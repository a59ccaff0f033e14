import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { connectorFor } from '../../src-main/connectors/index.ts';
import type { Outcome, PublishRequest } from '../../src-main/core/connector.ts';
import { createPublisherGate } from '../../src-main/publisher/gate.ts';
import type { FromPublisher } from '../../src-main/publisher/protocol.ts';
import { createSender } from '../../src-main/publisher/sender.ts';
import { createStopDisk } from '../../src-main/stop/stop-disk.ts';
import { stopPaths } from '../../src-main/stop/stop-files.ts';
import { tempDir } from '../support/temp-dir.ts';

const HOST = 'host-of-this-test';
const GRACE_MS = 300_000;
const HOURS = 3 * 3_600_000;

/** The sender on a real permit and latch, with the practice network, which waits a moment before every part. */
function armed() {
  const dataDir = tempDir();
  expect(createStopDisk(stopPaths(dataDir), HOST).arm(1, 0, 'test')).toBe(true);
  let slept = 0;
  let onPart = () => {};
  let onOutcome: (outcome: Outcome) => void = () => {};
  const now = () => Date.now() + slept;
  const gate = createPublisherGate({ now, monotonic: () => 1_000 });
  const lease = () => gate.keepLease({ monotonic: 1_000, wall: now(), epoch: 1 });
  gate.arm({ dataDir, host: HOST }, 1, 4);
  const sender = createSender(
    {
      gate,
      connectorFor,
      open: () => ({}),
      renew: async () => ({}),
      now,
      say(message: FromPublisher) {
        if (message.type === 'part') onPart();
        if (message.type === 'outcome') onOutcome(message.outcome);
      },
    },
    () => ({ dataDir, host: HOST }),
  );
  return {
    outbox: () => {
      const outbox = join(dataDir, 'outbox');
      const names = existsSync(outbox) ? readdirSync(outbox, { recursive: true }).map(String) : [];
      return names.filter((name) => name.endsWith('.json'));
    },
    /** The lid is closed and opened: main has given a fresh lease when the next step is taken. */
    sleep(ms: number) {
      slept += ms;
      lease();
    },
    onFirstPart(listener: () => void) {
      onPart = () => {
        onPart = () => {};
        listener();
      };
    },
    send(parts: readonly string[]): Promise<Outcome> {
      lease();
      const publishAt = now();
      const request: PublishRequest = {
        postId: 1,
        content: { parts, link: '', media: [] },
        publishAt,
        key: 'k'.padEnd(26, '0'),
        attempt: 1,
      };
      return new Promise((resolve) => {
        onOutcome = resolve;
        sender.send({
          type: 'send',
          call: 1,
          account: {
            id: 1,
            name: 'lune',
            brand: 'Maison Lune',
            network: 'practice',
            settings: { behaviour: 'slow', slowMs: '150' },
            sealed: null,
          },
          place: { accountId: 1, brandId: 1, market: '', network: 'practice' },
          request,
          notAfter: publishAt + GRACE_MS,
        });
      });
    },
  };
}

describe('a machine that sleeps in the middle of an attempt', () => {
  test('for longer than the grace sends nothing when it wakes', async () => {
    const { send, sleep, outbox } = armed();
    const outcome = send(['Good evening']);
    sleep(HOURS);
    expect(await outcome).toEqual({ kind: 'not-sent', detail: 'late' });
    expect(outbox()).toEqual([]);
  });

  test('for less goes on where it was', async () => {
    const { send, sleep, outbox } = armed();
    const outcome = send(['Good evening']);
    sleep(GRACE_MS / 2);
    expect(await outcome).toMatchObject({ kind: 'published' });
    expect(outbox()).toHaveLength(1);
  });

  test('between the parts of a thread leaves it cut, as a stop does', async () => {
    const { send, sleep, outbox, onFirstPart } = armed();
    onFirstPart(() => sleep(HOURS));
    const outcome = await send(['One', 'Two', 'Three']);
    expect(outcome).toMatchObject({ kind: 'cut', detail: 'part 2 of 3: late' });
    expect(outcome.kind === 'cut' ? outcome.refs : []).toHaveLength(1);
    expect(outbox()).toHaveLength(1);
  });
});
