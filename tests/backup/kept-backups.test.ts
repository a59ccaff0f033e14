import { expect, it } from 'vitest';
import { keptBackups } from '../../src-main/backup/kept-backups.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 8, 1, 9);

const daily = (days: number) =>
  Array.from({ length: days }, (_, n) => {
    const madeAt = START + n * DAY;
    return { id: `b${n}`, madeAt, day: new Date(madeAt).toISOString().slice(0, 10) };
  });

it('keeps the last seven days and the first of the last five weeks', () => {
  const backups = daily(60);
  const kept = [...keptBackups(backups)].map((id) => backups.find((one) => one.id === id)?.day).sort();
  expect(kept).toEqual([
    '2026-09-28',
    '2026-10-05',
    '2026-10-12',
    '2026-10-19',
    '2026-10-24',
    '2026-10-25',
    '2026-10-26',
    '2026-10-27',
    '2026-10-28',
    '2026-10-29',
    '2026-10-30',
  ]);
});

it('keeps the newest of a day, and all days of a desk that is rarely open', () => {
  const [one] = daily(1);
  if (!one) throw new Error('no backup');
  const later = { ...one, id: 'later', madeAt: one.madeAt + 3_600_000 };
  const seldom = [0, 40, 90, 200].map((n) => ({
    id: `s${n}`,
    madeAt: START + n * DAY,
    day: new Date(START + n * DAY).toISOString().slice(0, 10),
  }));
  expect([...keptBackups([later, one])]).toContain('later');
  expect(keptBackups(seldom).size).toBe(4);
});

it('never lets go of the newest, day by day', () => {
  let kept = new Map<string, ReturnType<typeof daily>[number]>();
  for (const backup of daily(100)) {
    kept.set(backup.id, backup);
    const stays = keptBackups([...kept.values()]);
    kept = new Map([...kept].filter(([id]) => stays.has(id)));
    expect(kept.has(backup.id)).toBe(true);
  }
  expect(kept.size).toBeGreaterThanOrEqual(11);
  expect(kept.size).toBeLessThanOrEqual(12);
});
