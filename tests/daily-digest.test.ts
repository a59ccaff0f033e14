import { expect, test } from 'vitest';
import { createDailyDigest } from '../src-main/daily-digest.ts';
import { createFakeClock } from './support/fake-clock.ts';

const HOUR = 3_600_000;

function setUp(wantedAt: string | null = '18:00') {
  // 2026-12-01T08:00:00Z
  const clock = createFakeClock();
  const told: string[] = [];
  let toldOn = '';
  let isClosed = false;
  const end = createDailyDigest<string>({
    clock,
    wantedAt: () => wantedAt,
    placeOf: (at) => {
      const text = new Date(at).toISOString();
      return { day: text.slice(0, 10), time: text.slice(11, 16) };
    },
    toldOn: () => toldOn,
    keepToldOn: (day) => {
      toldOn = day;
    },
    read: async (now) => (isClosed ? null : new Date(now).toISOString().slice(0, 16)),
    tell: (facts) => told.push(facts),
  });
  return {
    clock,
    told,
    end,
    close: (closed: boolean) => {
      isClosed = closed;
    },
  };
}

test('tells once a day at its time', async () => {
  const { clock, told, end } = setUp();
  await clock.advance(9 * HOUR);
  expect(told).toEqual([]);
  await clock.advance(50 * HOUR);
  expect(told).toEqual(['2026-12-01T18:00', '2026-12-02T18:00', '2026-12-03T18:00']);
  end();
  await clock.advance(24 * HOUR);
  expect(told).toHaveLength(3);
});

test('tells as soon after it as the machine is awake and the database open, on the same day only', async () => {
  const { clock, told, close } = setUp();
  close(true);
  clock.setWall(Date.UTC(2026, 11, 1, 21, 30));
  await clock.advance(5 * 60_000);
  expect(told).toEqual([]);
  close(false);
  await clock.advance(60_000);
  expect(told).toEqual(['2026-12-01T21:36']);
  clock.setWall(Date.UTC(2026, 11, 3, 9));
  await clock.advance(HOUR);
  expect(told).toHaveLength(1);
});

test('is silent where none is wanted', async () => {
  const { clock, told } = setUp(null);
  await clock.advance(48 * HOUR);
  expect(told).toEqual([]);
});
