import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Drill, DrillFigures } from '../../src-main/drill/drill-types.ts';
import { drillEvent, dueAtOf, hasFailed, readPastDrills } from '../../src-main/drill/past-drills.ts';
import { findLines } from '../../src-main/stop/find-lines.ts';
import { tempDir } from '../support/temp-dir.ts';

const DAY = 86_400_000;
const figures: DrillFigures = {
  shutMs: 1,
  durableMs: 5,
  silentMs: 9,
  deadMs: 12,
  brands: 1,
  accounts: 8,
  posts: 4,
  inFlight: 4,
  published: 1,
  unconfirmed: 0,
  notSent: 3,
  escaped: 1,
  cap: 4,
  staysStopped: true,
  startsNothing: true,
};
const passed = (at: number): Drill => ({
  at,
  by: 'Camille',
  outcome: { kind: 'done', figures, isPassed: true },
});
const slow = (at: number): Drill => ({
  at,
  by: 'Camille',
  outcome: { kind: 'done', figures, isPassed: false },
});
const broken = (at: number): Drill => ({
  at,
  by: 'Camille',
  outcome: { kind: 'canceled', reason: 'real-stop' },
});

test('a drill is due a week after publishing began, then ninety days after the last that passed', () => {
  expect(dueAtOf({ drills: [], startedAt: null })).toBeNull();
  expect(dueAtOf({ drills: [], startedAt: 5 })).toBe(5 + 7 * DAY);
  expect(dueAtOf({ drills: [slow(9), broken(10)], startedAt: 5 })).toBe(5 + 7 * DAY);
  expect(dueAtOf({ drills: [passed(20), slow(30)], startedAt: 5 })).toBe(20 + 90 * DAY);
  expect(dueAtOf({ drills: [passed(20)], startedAt: null })).toBe(20 + 90 * DAY);
});

test('a failed drill is told until one passes; one that was broken off changes nothing', () => {
  const told = (...drills: Drill[]) => hasFailed({ drills, startedAt: null });
  expect(told()).toBe(false);
  expect(told(broken(1))).toBe(false);
  expect(told(passed(1), slow(2))).toBe(true);
  expect(told(slow(1), broken(2))).toBe(true);
  expect(told(slow(1), passed(2))).toBe(false);
});

test('drills are found again in a journal of many megabytes, wherever a line is cut by reading', async () => {
  const path = join(tempDir(), 'journal.jsonl');
  const filler = `${JSON.stringify({ event: 'post.attempt', details: { text: 'é'.repeat(300) } })}\n`;
  const at = Date.parse('2026-03-01T10:00:00.000Z');
  const line = (drill: Drill) =>
    `${JSON.stringify({ seq: 1, at: new Date(drill.at).toISOString(), ...drillEvent(drill.by, drill.outcome) })}\n`;
  const told = [passed(at), broken(at + 1), slow(at + 2)];
  const start = `${JSON.stringify({ at: new Date(at).toISOString(), event: 'publishing.started' })}\n`;
  const parts = [start, ...told.map(line)];
  writeFileSync(path, parts.map((part, n) => part + filler.repeat(2_000 + n * 700)).join(''));
  expect(await readPastDrills(path)).toEqual({ drills: told, startedAt: at });
  expect(await readPastDrills(join(path, 'nowhere'))).toEqual({ drills: [], startedAt: null });
});

test('a line that only a chunk border separates is found once, and a last one without an end is not', async () => {
  const path = join(tempDir(), 'lines');
  const wanted = 'x x x NEEDLE NEEDLE';
  for (const before of [1024 * 1024 - 25, 1024 * 1024 - 1, 1024 * 1024]) {
    writeFileSync(path, `${'a'.repeat(before - 1)}\n${wanted}\n${wanted}`);
    const found: string[] = [];
    for await (const one of findLines(path, ['NEEDLE'])) found.push(one);
    expect(found).toEqual([wanted]);
  }
});
