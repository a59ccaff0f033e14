import { expect, test } from 'vitest';
import { runCampaign } from './campaign.ts';
import { DEFECTS } from './defects.ts';
import { MOST_HOURS, seekDefect, tellFindings, WEATHER_TURNS } from './seek-defects.ts';

const MINUTES = 60_000;
const SEED = 1;

test('each seeded defect has a name of its own, and there are enough of them', () => {
  expect(new Set(DEFECTS.map(({ name }) => name)).size).toBe(DEFECTS.length);
  expect(DEFECTS.length).toBeGreaterThanOrEqual(50);
});

test(
  'without a defect nothing breaks in the worlds in which defects are sought',
  async () => {
    const { broken } = await runCampaign({ hours: MOST_HOURS, seed: SEED, weathers: WEATHER_TURNS });
    expect(broken?.result.violation ?? null).toBeNull();
  },
  5 * MINUTES,
);

test(
  'every seeded defect is found',
  async () => {
    const findings = [];
    for (const each of DEFECTS) findings.push(await seekDefect(each, SEED));
    process.stdout.write(`${tellFindings(findings)}\n`);
    expect(findings.filter(({ rule }) => rule === null).map(({ name }) => name)).toEqual([]);
  },
  10 * MINUTES,
);
