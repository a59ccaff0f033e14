import { expect, onTestFinished, test } from 'vitest';
import { type ChildProcess, createPublisherHandle } from '../../src-main/publisher/handle.ts';
import { makeClaim } from '../support/claims.ts';
import { createFakeClock } from '../support/fake-clock.ts';

/** Processes that live until the test ends them, under a clock that stands until it is turned. */
function publisher() {
  const clock = createFakeClock();
  const startedAt: number[] = [];
  const said: string[] = [];
  let end = () => {};
  let answer = () => {};
  const handle = createPublisherHandle({
    clock,
    where: { dataDir: '/nowhere', host: 'host-of-this-test' },
    spawn(): ChildProcess {
      startedAt.push(clock.monotonic());
      return {
        pid: () => undefined,
        post(message) {
          if (message.type === 'send') answer = () => tell(message.call);
        },
        onMessage(listener) {
          tell = (call) => listener({ type: 'outcome', call, outcome: { kind: 'published', refs: [] } });
        },
        onExit(listener) {
          end = listener;
        },
        kill: () => end(),
      };
    },
    key: () => null,
    cap: () => 4,
    onPart: () => {},
    onRest: () => {},
    onCrash: () => {},
    onTrouble: (problem) => said.push(problem),
  });
  let tell: (call: number) => void = () => {};
  onTestFinished(async () => {
    const closed = handle.close();
    end();
    await closed;
  });
  handle.arm(1);
  return {
    clock,
    handle,
    said,
    /** How long after its end the process was started again. */
    async restartedAfter() {
      const [count, endedAt] = [startedAt.length, clock.monotonic()];
      end();
      await clock.advance(0);
      while (startedAt.length === count) await clock.advance(100);
      return Math.round((startedAt.at(-1) ?? 0) - endedAt);
    },
    async publish() {
      const outcome = handle.send(makeClaim({ id: 1, url: 'http://127.0.0.1:9/' }));
      answer();
      expect(await outcome).toMatchObject({ kind: 'published' });
    },
  };
}

test('a publisher that ends again and again is started after longer and longer waits, and that is said once', async () => {
  const { restartedAfter, said } = publisher();
  const waits: number[] = [];
  for (let turn = 0; turn < 7; turn += 1) {
    waits.push(await restartedAfter());
    expect(said).toHaveLength(turn < 2 ? 0 : 1);
  }
  expect(waits).toEqual([0, 1_000, 5_000, 15_000, 60_000, 60_000, 60_000]);
  expect(said[0]).toContain('three times within a minute');
});

test('it is over when one has lived for a minute', async () => {
  const { restartedAfter, said, clock } = publisher();
  for (let turn = 0; turn < 3; turn += 1) await restartedAfter();
  await clock.advance(59_000);
  expect(said).toHaveLength(1);
  await clock.advance(2_000);
  expect(said).toEqual([expect.stringContaining('within a minute'), '']);
  expect(await restartedAfter()).toBe(0);
  expect(said).toHaveLength(2);
});

test('what is got done in between shortens the wait, and does not hide that it ends again and again', async () => {
  const { restartedAfter, publish, said } = publisher();
  const waits: number[] = [];
  for (let turn = 0; turn < 4; turn += 1) {
    await publish();
    waits.push(await restartedAfter());
  }
  expect(waits).toEqual([0, 0, 5_000, 5_000]);
  expect(said).toHaveLength(1);
});

test('three ends in three minutes are no loop', async () => {
  const { restartedAfter, clock, said } = publisher();
  for (let turn = 0; turn < 3; turn += 1) {
    await clock.advance(61_000);
    await restartedAfter();
  }
  expect(said).toEqual([]);
});

test('a stop and a release begin anew', async () => {
  const { restartedAfter, handle, said } = publisher();
  for (let turn = 0; turn < 4; turn += 1) await restartedAfter();
  handle.silence(() => {});
  expect(said.at(-1)).toBe('');
  handle.arm(2);
  expect(await restartedAfter()).toBe(0);
  expect(said).toHaveLength(2);
});
