import { expect, test } from 'vitest';
import { DEFECTS } from './defects.ts';
import { explore } from './explore.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';
import { type Broken, liveThrough } from './small-world.ts';

const MINUTES = 60_000;
const MOST_STATES = 100_000;

const go = (scenario: Scenario, departures: number, defect = {}) =>
  explore<Broken>((chooser, remember) => liveThrough(scenario, defect, chooser, remember), {
    states: MOST_STATES,
    departures,
  });

test.each(SCENARIOS)(
  'with anything at any moment, one thing at a time, no promise is broken: $name',
  async (scenario) => {
    const { broken, isComplete, states } = await go(scenario, 1);
    if (broken)
      throw new Error(`${broken.violation.rule}: ${broken.violation.what}\n${broken.story.join('\n')}`);
    expect(isComplete).toBe(true);
    expect(states).toBeGreaterThan(400);
  },
  MINUTES,
);

test.each(DEFECTS)(
  'it is found that $name',
  async ({ scenario, defect }) => {
    const where = SCENARIOS.find(({ name }) => name === scenario);
    if (!where) throw new Error(`no world is called "${scenario}"`);
    const broken = (await go(where, 1, defect)).broken ?? (await go(where, 2, defect)).broken;
    expect(broken?.violation.rule ?? 'nothing').toMatch(/^[ISD]-/u);
  },
  MINUTES,
);

test('every way through a tree is gone once, a state that is met again is not', async () => {
  const ways: string[] = [];
  const found = await explore<string>(
    async (chooser) => {
      let way = '';
      for (let depth = 0; depth < 3; depth += 1) {
        // Which of the first two came is forgotten after the second.
        const chosen = chooser.step(2, () => depth * 100 + (depth === 1 ? Number(way) : 0));
        if (chosen === null) return null;
        way += chosen;
      }
      ways.push(way);
      return null;
    },
    { states: 100, departures: Number.POSITIVE_INFINITY },
  );
  expect(ways).toEqual(['000', '001']);
  expect(found).toMatchObject({ states: 4, interleavings: 8, isComplete: true });
});
