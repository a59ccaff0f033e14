import { parseArgs } from 'node:util';
import { explore } from './explore.ts';
import { SCENARIOS } from './scenarios.ts';
import { type Broken, liveThrough } from './small-world.ts';

const { values } = parseArgs({ options: { states: { type: 'string' }, only: { type: 'string' } } });

for (const scenario of SCENARIOS) {
  if (values.only && !scenario.name.includes(values.only)) continue;
  const from = performance.now();
  const found = await explore<Broken>(
    (chooser, remember) => liveThrough(scenario, {}, chooser, remember),
    Number(values.states ?? 1_000_000),
  );
  const { broken, ...figures } = found;
  console.log(scenario.name, JSON.stringify(figures), ((performance.now() - from) / 1000).toFixed(1), 's');
  if (broken) {
    console.log(broken.violation, `\n${broken.story.join('\n')}`);
    process.exitCode = 1;
  }
}
