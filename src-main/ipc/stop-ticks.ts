import type { TickView } from '../../src-preload/plan-views.ts';
import type { Engine } from '../engine.ts';
import { findLines } from '../stop/find-lines.ts';
import type { JournalRecord } from '../stop/journal.ts';

const EVENTS = { step: 'plan.ticked', tool: 'tool.ticked' } as const;

export type Tick = {
  readonly stopId: string;
  readonly brandId: number;
  readonly brand: string;
  readonly kind: TickView['kind'];
  readonly key: string;
  /** What the step or the tool says now; stays so in the journal. */
  readonly text: string;
  /** For a step who was to do it; for a tool its account. */
  readonly more: string;
  readonly isDone: boolean;
  readonly by: string;
};

export type StopTicks = {
  /** The newest word on each step and tool under any of these stops. */
  read(stopIds: readonly string[]): Promise<readonly TickView[]>;
  /** Durable when it is true; false when the journal cannot be written. */
  add(tick: Tick): boolean;
};

/** What was ticked off during stops. The journal is the only place where it is kept: it is read once, then followed. */
export function createStopTicks(deps: {
  engine: Pick<Engine, 'journal' | 'paths'>;
  now: () => number;
  onChange: () => void;
}): StopTicks {
  const { journal, paths } = deps.engine;
  let known: Promise<Map<string, Map<string, TickView>>> | null = null;
  /** Ticked since reading began; newer than whatever is read. */
  const added: { stopId: string; tick: TickView }[] = [];

  async function readAll(): Promise<Map<string, Map<string, TickView>>> {
    const stops = new Map<string, Map<string, TickView>>();
    const needles = Object.values(EVENTS).map((event) => `"event":"${event}"`);
    for await (const line of findLines(paths.journal, needles)) {
      const record = parse(line);
      if (record) keep(stops, String(record.details.stop), tickOf(record));
    }
    return stops;
  }

  return {
    async read(stopIds) {
      known ??= readAll().catch((error: unknown) => {
        known = null;
        throw error;
      });
      const stops = await known;
      for (const one of added.splice(0)) keep(stops, one.stopId, one.tick);
      const newest = new Map<string, TickView>();
      for (const tick of stopIds.flatMap((id) => [...(stops.get(id)?.values() ?? [])])) {
        const known = newest.get(keyOf(tick));
        if (!known || known.at <= tick.at) newest.set(keyOf(tick), tick);
      }
      return [...newest.values()];
    },
    add({ stopId, brandId, brand, kind, key, text, more, isDone, by }) {
      const isWritten = journal.append({
        event: EVENTS[kind],
        by,
        details: {
          stop: stopId,
          brand: brandId,
          name: brand,
          key,
          text,
          [kind === 'step' ? 'who' : 'account']: more,
          done: isDone,
        },
      });
      if (!isWritten) return false;
      added.push({ stopId, tick: { brandId, kind, key, text, isDone, by, at: deps.now() } });
      deps.onChange();
      return true;
    },
  };
}

/** Null for a line that only quotes such an event, and for one that is none: a hand in the journal is told by its check. */
function parse(line: string): JournalRecord | null {
  try {
    const record = JSON.parse(line) as JournalRecord | null;
    const isOurs = record?.event === EVENTS.step || record?.event === EVENTS.tool;
    return isOurs && typeof record.details === 'object' ? record : null;
  } catch {
    return null;
  }
}

function keep(stops: Map<string, Map<string, TickView>>, stopId: string, tick: TickView): void {
  const ticks = stops.get(stopId) ?? new Map<string, TickView>();
  stops.set(stopId, ticks);
  ticks.set(keyOf(tick), tick);
}

const keyOf = (tick: TickView) => `${tick.brandId} ${tick.kind} ${tick.key}`;

function tickOf({ event, at, by, details }: JournalRecord): TickView {
  return {
    brandId: Number(details.brand),
    kind: event === EVENTS.tool ? 'tool' : 'step',
    key: String(details.key),
    text: String(details.text),
    isDone: details.done === true,
    by,
    at: Date.parse(at),
  };
}
