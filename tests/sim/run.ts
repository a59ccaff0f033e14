import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { runCampaign } from './campaign.ts';
import { DEFECTS } from './defects.ts';
import { WEATHERS } from './plan.ts';
import { tellCampaign, tellViolation } from './report.ts';
import { seekDefect, tellFindings } from './seek-defects.ts';
import { shrink } from './shrink.ts';
import { runWorld, type WorldOrder } from './world.ts';

const HELP = `npm run sim -- [--hours N] [--seed S] [--weather calm|rough|stormy]
             --world S [--hours N] [--weather W] [--defect NAME]   one world, as a report names it
             --defects [--defect NAME]                             every seeded defect has to be found`;

const { values } = parseArgs({
  options: {
    hours: { type: 'string' },
    seed: { type: 'string' },
    world: { type: 'string' },
    weather: { type: 'string' },
    defect: { type: 'string' },
    defects: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});

async function main(): Promise<boolean> {
  if (values.help) {
    console.log(HELP);
    return true;
  }
  if (values.defects) return seekAll();
  return values.world === undefined ? simulate() : simulateWorld(Number(values.world));
}

const wantedWeathers = WEATHERS.filter(({ name }) => name === values.weather);
const wantedDefect = DEFECTS.find(({ name }) => name === values.defect)?.defect;

async function simulate(): Promise<boolean> {
  const seed = values.seed === undefined ? randomInt(2 ** 32) : Number(values.seed);
  const hours = Number(values.hours ?? 100_000);
  console.log(`${hours} simulated hours from seed ${seed}`);
  const from = performance.now();
  const campaign = await runCampaign({
    hours,
    seed,
    ...(wantedWeathers.length > 0 && { weathers: wantedWeathers }),
    ...(wantedDefect && { defect: wantedDefect }),
  });
  console.log(tellCampaign(campaign, seed, (performance.now() - from) / 1000));
  const { broken } = campaign;
  if (!broken) return true;
  console.error(tellViolation(broken.order, await shrink(broken.order, broken.result)));
  return false;
}

async function simulateWorld(seed: number): Promise<boolean> {
  const order: WorldOrder = {
    seed,
    hours: Number(values.hours ?? 48),
    ...(wantedWeathers[0] && { weather: wantedWeathers[0] }),
    ...(wantedDefect && { defect: wantedDefect }),
  };
  const result = await runWorld(order);
  if (!result.violation) {
    console.log(result.chronicle.last(200).join('\n'));
    return true;
  }
  console.error(tellViolation(order, await shrink(order, result)));
  return false;
}

async function seekAll(): Promise<boolean> {
  const wanted = DEFECTS.filter(({ name }) => values.defect === undefined || name === values.defect);
  const findings = [];
  for (const each of wanted) {
    const finding = await seekDefect(each, Number(values.seed ?? 1));
    findings.push(finding);
    console.log(tellFindings([finding]));
  }
  const missed = findings.filter(({ rule }) => rule === null).length;
  console.log(`${findings.length - missed} of ${findings.length} found`);
  return missed === 0;
}

process.exitCode = (await main()) ? 0 : 1;
