import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Campaign, runCampaign } from './campaign.ts';
import { DEFECTS } from './defects.ts';
import { WEATHERS } from './plan.ts';
import { tellCampaign, tellViolation } from './report.ts';
import { shrink } from './shrink.ts';
import { runWorld, type WorldOrder } from './world.ts';

const MINUTES = 60_000;
/** Told in the output, so that what it finds can be run again. */
const freshSeed = randomInt(2 ** 32);

/** What has to have happened for a run to say anything. */
const RARE = [
  'stop of everything',
  'stop of brand',
  'stop of account',
  'stop from outside',
  'stop of a brand from outside',
  'stop with calls in flight',
  'stop that could not be written',
  'stop widened to everything',
  'permit deleted by hand',
  'release of all',
  'release of some',
  'release refused',
  'kill -9 of main',
  'kill -9 of the publisher',
  'power loss',
  'main hung',
  'publisher hung',
  'processes that cannot be killed',
  'sleep of the machine',
  'clock set forward',
  'clock set back',
  'database put back',
  'folder put back',
  'disk full',
  'disk read-only',
  'disk failing',
  'disk unreadable',
  'database failing',
  'network losing',
  'network resetting',
];

async function simulate(hours: number, seed: number): Promise<Campaign> {
  const from = performance.now();
  const campaign = await runCampaign({ hours, seed });
  const { broken } = campaign;
  if (broken) throw new Error(tellViolation(broken.order, await shrink(broken.order, broken.result)));
  process.stdout.write(`${tellCampaign(campaign, seed, (performance.now() - from) / 1000)}\n`);
  return campaign;
}

test.each([
  [1, 40_000],
  [2, 20_000],
  [3, 20_000],
  [freshSeed, 20_000],
])(
  'no invariant breaks from seed %i in %i simulated hours',
  async (seed, hours) => {
    const { counts } = await simulate(hours, seed);
    expect(counts.effects).toBeGreaterThan(hours / 4);
    if (seed === 1) expect(RARE.filter((what) => !counts.deeds.has(what))).toEqual([]);
  },
  5 * MINUTES,
);

test(
  'the same seed is the same story, to the millisecond',
  async () => {
    for (const weather of WEATHERS) {
      const order: WorldOrder = { seed: 7, hours: 48, weather };
      const [first, second] = [await runWorld(order), await runWorld(order)];
      expect(first.chronicle.steps()).toBeGreaterThan(30);
      expect(second.chronicle.hash()).toBe(first.chronicle.hash());
      const other = await runWorld({ ...order, seed: 8 });
      expect(other.chronicle.hash()).not.toBe(first.chronicle.hash());
    }
  },
  MINUTES,
);

test(
  'what breaks is told with its seed, what it takes and the last events, and breaks again',
  async () => {
    const { defect } = DEFECTS.find(({ promise }) => promise === 'D-05') ?? {};
    const campaign = await runCampaign({
      hours: 5_000,
      seed: 1,
      weathers: WEATHERS.slice(2),
      ...(defect && { defect }),
    });
    const { broken } = campaign;
    if (!broken) throw new Error('nothing broke');
    const short = await shrink(broken.order, broken.result);
    expect(short.deeds.length).toBeLessThan(broken.result.deeds.length / 2);
    expect(short.violation?.rule).toBe(broken.result.violation?.rule);
    const told = tellViolation(broken.order, short);
    expect(told).toContain(`--world ${broken.order.seed}`);
    expect(told).toContain(short.violation?.what);
    const again = await runWorld(broken.order);
    expect(again.violation).toEqual(broken.result.violation);
    expect(again.chronicle.hash()).toBe(broken.result.chronicle.hash());
  },
  MINUTES,
);
