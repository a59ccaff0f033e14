import type { Instant } from '../core/clock.ts';
import { findLines } from '../stop/find-lines.ts';
import type { JournalEvent } from '../stop/journal.ts';
import type { Drill, DrillFigures, DrillOutcome } from './drill-types.ts';

const DAY_MS = 24 * 60 * 60_000;
/** A drill that passed is good for a quarter. */
const GOOD_FOR_MS = 90 * DAY_MS;
/** The first is asked for when publishing has been on for a week: before, there are other things to get to know. */
const FIRST_AFTER_MS = 7 * DAY_MS;

/** What the journal of a data folder tells of drills. */
export type PastDrills = {
  /** Oldest first. */
  readonly drills: readonly Drill[];
  /** When publishing was started for the first time; null when it never was. */
  readonly startedAt: Instant | null;
};

/** The one line the journal of the real folder gets. */
export function drillEvent(by: string, outcome: DrillOutcome): JournalEvent {
  switch (outcome.kind) {
    case 'done':
      return { event: 'drill.done', by, details: { ...outcome.figures, isPassed: outcome.isPassed } };
    case 'failed':
      return { event: 'drill.failed', by, details: { reason: outcome.reason, detail: outcome.detail } };
    case 'canceled':
      return { event: 'drill.canceled', by, details: { reason: outcome.reason } };
  }
}

export async function readPastDrills(journal: string): Promise<PastDrills> {
  const drills: Drill[] = [];
  let startedAt: Instant | null = null;
  for await (const line of findLines(journal, ['"event":"drill.', '"event":"publishing.started"'])) {
    const record = parse(line);
    const at = Date.parse(String(record?.at));
    if (!record || Number.isNaN(at)) continue;
    if (record.event === 'publishing.started') startedAt ??= at;
    const outcome = outcomeOf(record);
    if (outcome) drills.push({ at, by: String(record.by ?? ''), outcome });
  }
  return { drills, startedAt };
}

type Line = { at?: unknown; by?: unknown; event?: unknown; details?: Record<string, unknown> };

function parse(line: string): Line | null {
  try {
    return JSON.parse(line) as Line;
  } catch {
    return null;
  }
}

/** Null for any other line, and for one whose figures are not there: a hand that wrote into the journal is told by its check. */
function outcomeOf({ event, details = {} }: Line): DrillOutcome | null {
  const reason = String(details.reason ?? '');
  switch (event) {
    case 'drill.failed':
      return { kind: 'failed', reason: reason as never, detail: String(details.detail ?? '') };
    case 'drill.canceled':
      return { kind: 'canceled', reason: reason as never };
    case 'drill.done': {
      const { isPassed, ...figures } = details;
      if (typeof figures.shutMs !== 'number' || typeof figures.escaped !== 'number') return null;
      return { kind: 'done', figures: figures as DrillFigures, isPassed: isPassed === true };
    }
    default:
      return null;
  }
}

/** When the next drill is due; null when none is, because nothing was ever published. */
export function dueAtOf({ drills, startedAt }: PastDrills): Instant | null {
  const passed = drills.filter(({ outcome }) => outcome.kind === 'done' && outcome.isPassed).at(-1);
  if (passed) return passed.at + GOOD_FOR_MS;
  return startedAt === null ? null : startedAt + FIRST_AFTER_MS;
}

/** The last drill did not pass, and none has since; one that was broken off says nothing. */
export function hasFailed({ drills }: PastDrills): boolean {
  const last = drills.filter(({ outcome }) => outcome.kind !== 'canceled').at(-1)?.outcome;
  return last !== undefined && !(last.kind === 'done' && last.isPassed);
}
