import { expect, test } from 'vitest';
import { localTimeOf, resolveLocalTime } from '../../src-main/calendar/local-time.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const STEP = 5 * MINUTE;
const FROM = Date.UTC(2026, 0, 1);
const UNTIL = Date.UTC(2032, 0, 1);
/** No zone of these years changes twice within so short a time. */
const LOOKED_EVERY = 48 * HOUR;

/** What the clocks of a zone show, asked of Intl itself and of nothing of ours: 'YYYY-MM-DDTHH:mm'. */
function clockOf(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (at) => format.format(at).replace(', ', 'T');
}

const offsetOf = (clock: (at: number) => string, at: number) => Date.parse(`${clock(at)}Z`) - at;

/** The first instants at which a zone's offset is another than before. */
function changesOf(clock: (at: number) => string): number[] {
  const changes: number[] = [];
  let before = offsetOf(clock, FROM);
  for (let at = FROM + LOOKED_EVERY; at <= UNTIL; at += LOOKED_EVERY) {
    const now = offsetOf(clock, at);
    if (now === before) continue;
    let [low, high] = [at - LOOKED_EVERY, at];
    while (high - low > MINUTE) {
      const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
      if (offsetOf(clock, middle) === before) low = middle;
      else high = middle;
    }
    changes.push(high);
    before = now;
  }
  return changes;
}

/** Every wall time around a change, with the instants at which the clocks really show it. */
function wallTimesAround(clock: (at: number) => string, change: number): Map<string, number[]> {
  const [before, after] = [offsetOf(clock, change - MINUTE), offsetOf(clock, change)];
  const jump = Math.abs(after - before);
  const walls = new Map<string, number[]>();
  const wallChange = change + Math.min(before, after);
  for (let wall = wallChange - 2 * HOUR; wall <= wallChange + jump + 2 * HOUR; wall += STEP)
    walls.set(new Date(wall).toISOString().slice(0, 16), []);
  for (let at = change - jump - 3 * HOUR; at <= change + jump + 3 * HOUR; at += STEP)
    walls.get(clock(at))?.push(at);
  return walls;
}

test('every zone, every change of its clocks from 2026 to 2031: a wall time is one instant, or is asked about', () => {
  const wrong: string[] = [];
  let changes = 0;
  let asked = 0;
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    const clock = clockOf(zone);
    for (const change of changesOf(clock)) {
      changes += 1;
      for (const [wall, instants] of wallTimesAround(clock, change)) {
        const meant = resolveLocalTime(wall, zone);
        const [first, second] = instants;
        const isRight =
          instants.length === 0
            ? meant.kind === 'gap' && [meant.before, meant.after].every((t) => clock(t.at) === t.localTime)
            : instants.length === 1
              ? meant.kind === 'one' && meant.at === first
              : meant.kind === 'twice' && meant.first === first && meant.second === second;
        if (meant.kind !== 'one') asked += 1;
        const isToldBack = instants.every((at) => localTimeOf(at, zone) === wall);
        if (!isRight || !isToldBack) wrong.push(`${zone} ${wall}: ${JSON.stringify({ instants, meant })}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  // So that a scan that finds nothing cannot pass for a proof.
  expect(changes).toBeGreaterThan(1_000);
  expect(asked).toBeGreaterThan(10_000);
}, 120_000);
