import { addCounts, type Counts, createCounts } from './counts.ts';
import type { Defect } from './defect.ts';
import type { Weather } from './plan.ts';
import { seedOf } from './random.ts';
import { runWorld, type WorldOrder, type WorldResult } from './world.ts';

/** Two days: long enough for what needs time, short enough for many seeds. */
const WORLD_HOURS = 48;

export type Campaign = {
  readonly hours: number;
  readonly worlds: number;
  readonly events: number;
  /** Equal for two runs in which exactly the same happened. */
  readonly hash: string;
  readonly counts: Counts;
  readonly worldsByWeather: ReadonlyMap<string, number>;
  /** The world in which an invariant broke, and how to run it again; null when none did. */
  readonly broken: { readonly order: WorldOrder; readonly result: WorldResult } | null;
};

export type CampaignOrder = {
  readonly hours: number;
  readonly seed: number;
  readonly defect?: Defect;
  /** One after the other; without it as the seed has it, calm for the most part. */
  readonly weathers?: readonly Weather[];
};

/** Runs worlds until their hours are enough, or an invariant breaks in one. */
export async function runCampaign(order: CampaignOrder): Promise<Campaign> {
  const counts = createCounts();
  const worldsByWeather = new Map<string, number>();
  let hours = 0;
  let worlds = 0;
  let hash = '';
  let broken: Campaign['broken'] = null;
  while (hours < order.hours && broken === null) {
    const weather = order.weathers?.[worlds % order.weathers.length];
    const world: WorldOrder = {
      seed: seedOf(order.seed, worlds),
      hours: Math.min(WORLD_HOURS, order.hours - hours),
      ...(order.defect && { defect: order.defect }),
      ...(weather && { weather }),
    };
    const result = await runWorld(world);
    worlds += 1;
    hours += result.hours;
    hash = mixed(hash, result.chronicle.hash());
    addCounts(counts, result.counts);
    worldsByWeather.set(result.weather.name, (worldsByWeather.get(result.weather.name) ?? 0) + 1);
    if (result.violation) broken = { order: world, result };
    // Whoever else lives in this process has its turn.
    if (worlds % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const events = counts.deeds.get('events') ?? 0;
  return { hours, worlds, events, hash, counts, worldsByWeather, broken };
}

function mixed(hash: string, more: string): string {
  let sum = 0x811c9dc5;
  for (const letter of hash + more) sum = Math.imul(sum ^ letter.charCodeAt(0), 0x01000193);
  return (sum >>> 0).toString(16).padStart(8, '0');
}
