import { expect, test } from 'vitest';
import { explore } from './explore.ts';
import { SCENARIOS } from './scenarios.ts';
import { liveThrough } from './small-world.ts';

/** `npm run worlds` goes on to the end. */
const STATES = 300;

test.each(SCENARIOS)(
  'in no order of events a promise is broken: $name',
  async (scenario) => {
    const found = await explore((chooser, remember) => liveThrough(scenario, {}, chooser, remember), {
      states: STATES,
      departures: 2,
    });
    if (found.broken)
      throw new Error(`${JSON.stringify(found.broken.violation)}\n${found.broken.story.join('\n')}`);
    expect(found.states).toBeGreaterThan(100);
  },
  120_000,
);
