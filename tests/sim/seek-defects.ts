import { runCampaign } from './campaign.ts';
import type { SeededDefect } from './defects.ts';
import { WEATHERS } from './plan.ts';

/** Where a defect shows best: mostly in bad weather. */
export const WEATHER_TURNS = [2, 1, 2, 0, 2].flatMap((index) => WEATHERS[index] ?? []);
/** Simulated hours at most. */
export const MOST_HOURS = 12_000;

export type Finding = {
  readonly name: string;
  readonly promise: string;
  /** What broke; null when nothing did. */
  readonly rule: string | null;
  readonly hours: number;
  readonly what: string;
};

/** Runs worlds with the defect in them until an invariant breaks. */
export async function seekDefect(
  { name, promise, defect }: SeededDefect,
  seed: number,
  mostHours = MOST_HOURS,
): Promise<Finding> {
  const { broken, hours } = await runCampaign({ hours: mostHours, seed, defect, weathers: WEATHER_TURNS });
  const violation = broken?.result.violation ?? null;
  return { name, promise, rule: violation?.rule ?? null, hours, what: violation?.what ?? 'NOT FOUND' };
}

export function tellFindings(findings: readonly Finding[]): string {
  return findings
    .map(({ name, promise, rule, hours, what }) =>
      [
        name.padEnd(62),
        promise.padEnd(12),
        (rule ?? '').padEnd(6),
        `${hours.toFixed(1)} h`.padStart(10),
        what,
      ].join('  '),
    )
    .join('\n');
}
