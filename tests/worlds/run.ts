import { parseArgs } from 'node:util';
import type { Defect } from '../sim/defect.ts';
import { DEFECTS } from './defects.ts';
import { explore } from './explore.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';
import { type Broken, liveThrough } from './small-world.ts';

const { values } = parseArgs({
  options: {
    states: { type: 'string' },
    departures: { type: 'string' },
    only: { type: 'string' },
    defects: { type: 'boolean' },
  },
});

const states = Number(values.states ?? 1_000_000);

async function go(name: string, scenario: Scenario, defect: Defect): Promise<Broken | null> {
  const from = performance.now();
  const { broken, ...figures } = await explore<Broken>(
    (chooser, remember) => liveThrough(scenario, defect, chooser, remember),
    { states, departures: Number(values.departures ?? Number.POSITIVE_INFINITY) },
  );
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  process.stdout.write(`${name}: ${JSON.stringify({ ...figures, seconds })}\n`);
  if (broken) process.stdout.write(`${broken.violation.rule}: ${broken.violation.what}\n`);
  return broken;
}

if (values.defects) {
  for (const { name, scenario, defect } of DEFECTS) {
    const where = SCENARIOS.find((each) => each.name === scenario);
    if (!where || !(await go(name, where, defect))) process.exitCode = 1;
  }
} else {
  for (const scenario of SCENARIOS.filter(({ name }) => name.includes(values.only ?? ''))) {
    const broken = await go(scenario.name, scenario, {});
    if (broken) process.stdout.write(`${broken.story.join('\n')}\n`);
    if (broken) process.exitCode = 1;
  }
}
