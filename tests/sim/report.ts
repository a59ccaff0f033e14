import type { Campaign } from './campaign.ts';
import { timeText } from './chronicle.ts';
import { tell } from './plan.ts';
import type { WorldOrder, WorldResult } from './world.ts';

const LAST_EVENTS = 30;
const MOST_DEEDS = 60;

function table(rows: readonly (readonly [string, string | number])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${String(value).padStart(12)}`).join('\n');
}

/** What a run visited, in numbers. */
export function tellCampaign(campaign: Campaign, seed: number, seconds: number): string {
  const { counts, hours, worlds, worldsByWeather } = campaign;
  const weathers = [...worldsByWeather].map(([name, count]) => `${count} ${name}`).join(', ');
  const rows: [string, string | number][] = [
    ['hours', Math.round(hours)],
    ['worlds', `${worlds} (${weathers})`],
    ['events', campaign.events],
    ['idle looks not stepped through', counts.looksSkipped],
    ['transitions of posts', counts.moves],
    ['claims', counts.claims],
    ['requests that left', counts.sent],
    ['made public', counts.effects],
    ['most in flight in one publisher', counts.mostInFlight],
    ['starts of main', counts.starts],
    ['publishers started', counts.publishers],
    ...[...counts.deeds].filter(([name]) => name !== 'events').sort(([a], [b]) => (a < b ? -1 : 1)),
    ['hash', campaign.hash],
    ['seed', seed],
    ['seconds', seconds.toFixed(1)],
    ['hours a second', Math.round(hours / seconds)],
  ];
  return table(rows);
}

/** What broke, the story that led to it, the last events, and how to see it again. */
export function tellViolation(order: WorldOrder, result: WorldResult): string {
  const { violation, chronicle, deeds, weather } = result;
  if (!violation) return 'Nothing broke.';
  const story = deeds
    .filter(({ at }) => at <= violation.at)
    .map((deed) => `    ${timeText(deed.at)}  ${tell(deed)}`);
  const left = Math.max(0, story.length - MOST_DEEDS);
  return [
    `${violation.rule}: ${violation.what}`,
    `  world ${order.seed}, ${weather.name}, ${order.hours} h, step ${violation.step}, at ${timeText(violation.at)}`,
    `  again: npm run sim -- --world ${order.seed} --weather ${weather.name} --hours ${order.hours}`,
    '  what it takes:',
    ...(left > 0 ? [`    … ${left} more before`] : []),
    ...story.slice(left),
    '  the last events:',
    ...chronicle.last(LAST_EVENTS).map((line) => `    ${line}`),
  ].join('\n');
}
