import { expect, test, vi } from 'vitest';
import { createSystemClock } from '../../src-main/desktop/system-clock.ts';
import { run } from '../../tools/bound-process.ts';

const clock = createSystemClock();

test('the monotonic clock only rises', () => {
  let last = clock.monotonic();
  for (let i = 0; i < 1_000; i += 1) {
    const next = clock.monotonic();
    expect(next).toBeGreaterThanOrEqual(last);
    last = next;
  }
});

test('two processes of one boot read the same monotonic clock', async () => {
  const before = clock.monotonic();
  const { output } = await run(process.execPath, [
    '-e',
    'process.stdout.write(String(Number(process.hrtime.bigint()) / 1e6))',
  ]);
  expect(Number(output)).toBeGreaterThan(before);
  expect(Number(output)).toBeLessThan(clock.monotonic());
});

test('a wake in the past comes at once, but not inside the call', async () => {
  let isWoken = false;
  const woken = new Promise<void>((resolve) => {
    clock.wakeAt(Date.now() - 1_000, () => {
      isWoken = true;
      resolve();
    });
  });
  expect(isWoken).toBe(false);
  await woken;
});

test('no wake comes early, and a canceled one never', async () => {
  const early: number[] = [];
  await Promise.all(
    [1, 5, 20].flatMap((ms) => {
      const end = clock.monotonic() + ms;
      const at = Date.now() + ms;
      return [
        new Promise<void>((resolve) => {
          clock.after(ms, () => {
            early.push(end - clock.monotonic());
            resolve();
          });
        }),
        new Promise<void>((resolve) => {
          clock.wakeAt(at, () => {
            early.push(at - Date.now());
            resolve();
          });
        }),
      ];
    }),
  );
  expect(Math.max(...early)).toBeLessThanOrEqual(0);
  let isWoken = false;
  const cancel = clock.after(5, () => {
    isWoken = true;
  });
  cancel();
  cancel();
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(isWoken).toBe(false);
});

test('a wall clock set forward is noticed within a minute, not at the end of one long sleep', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  try {
    let isWoken = false;
    clock.wakeAt(Date.now() + 24 * 3_600_000, () => {
      isWoken = true;
    });
    vi.setSystemTime(Date.now() + 25 * 3_600_000);
    vi.advanceTimersByTime(60_000);
    expect(isWoken).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});

test('a wall clock set back makes a wake later, not earlier', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  try {
    let isWoken = false;
    clock.wakeAt(Date.now() + 90_000, () => {
      isWoken = true;
    });
    vi.setSystemTime(Date.now() - 3_600_000);
    vi.advanceTimersByTime(120_000);
    expect(isWoken).toBe(false);
    vi.advanceTimersByTime(3_600_000);
    expect(isWoken).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});

test('a wait of months does not overflow into none', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  try {
    let isWoken = false;
    clock.wakeAt(Date.now() + 90 * 24 * 3_600_000, () => {
      isWoken = true;
    });
    vi.advanceTimersByTime(3_600_000);
    expect(isWoken).toBe(false);
  } finally {
    vi.useRealTimers();
  }
});
