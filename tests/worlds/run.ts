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
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  process.stdout.write(`${scenario.name}: ${JSON.stringify({ ...figures, seconds })}\n`);
  if (broken) {
    process.stdout.write(`${broken.violation.rule}: ${broken.violation.what}\n${broken.story.join('\n')}\n`);
    process.exitCode = 1;
  }
}
