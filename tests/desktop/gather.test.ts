import { expect, test } from 'vitest';
import { createGather } from '../../src-main/desktop/gather.ts';
import { createFakeClock } from '../support/fake-clock.ts';

test('a night of failures makes a few notices with all of them counted, never one a post', async () => {
  const clock = createFakeClock();
  const told: Record<string, number>[] = [];
  const gather = createGather({
    clock,
    gatherMs: 5_000,
    apartMs: 180_000,
    tell: (sum) => told.push({ ...sum }),
  });
  gather.add({ missed: 0 });
  expect(clock.pending()).toBe(0);
  for (let n = 0; n < 600; n += 1) {
    gather.add(n % 3 === 0 ? { failed: 1 } : { missed: 1 });
    await clock.advance(1_000);
  }
  await clock.advance(200_000);
  expect(told[0]).toEqual({ failed: 2, missed: 3 });
  expect(told.length).toBeLessThanOrEqual(5);
  expect(told.reduce((sum, { failed = 0, missed = 0 }) => sum + failed + missed, 0)).toBe(600);
  gather.add({ failed: 1 });
  gather.stop();
  await clock.advance(600_000);
  expect(told.length).toBeLessThanOrEqual(5);
});
