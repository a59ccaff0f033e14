import { parseScopeKey } from '../core/scope.ts';
import type { JournalRecord } from '../stop/journal.ts';
import { type Details, list, text } from './record-fields.ts';

/** The stops that a release left in force, of lines such as 'brand:3=<id>'. */
export function keptOf(details: Details): readonly { readonly scope: string; readonly id: string }[] {
  return list(details, 'kept').map((one) => {
    const kept = String(one);
    const at = kept.lastIndexOf('=');
    return { scope: kept.slice(0, at), id: kept.slice(at + 1) };
  });
}

/**
 * Follows through the journal which stops are in force, to tell when the stop `stopId` came back for the brand, and which others still
 * cover it. A wider stop that was released for other brands goes on for this one as a stop of its own, with another id.
 */
export function createStopsInForce(stopId: string, brandId: number) {
  const own = `brand:${brandId}`;
  /** Scopes by stop. */
  const stops = new Map<string, string>();
  /** The brands each stop covers, where its list says so. */
  const covered = new Map<string, readonly unknown[]>();
  const ours = new Set([stopId]);
  let current = stopId;
  let isReleased = false;

  function release({ details }: JournalRecord): void {
    const kept = keptOf(details);
    const wasIn = stops.has(current);
    const isWide = ['everything', 'market'].includes(parseScopeKey(stops.get(current) ?? '')?.kind ?? '');
    stops.clear();
    for (const { scope, id } of kept) stops.set(id, scope);
    if (isReleased || !wasIn || stops.has(current)) return;
    const left = kept.find(({ scope }) => scope === own);
    const isNamed = list(details, 'brands').map(Number).includes(brandId);
    if (isWide && left && !isNamed) {
      current = left.id;
      ours.add(current);
    } else isReleased = true;
  }

  return {
    take(record: JournalRecord): void {
      const { event, details } = record;
      const id = text(details, 'stop');
      if (event === 'stop.engaged') stops.set(id, text(details, 'scope'));
      if (event === 'stop.inventory-begun') covered.set(id, list(details, 'brandIds'));
      if (event === 'stop.released') release(record);
    },
    isReleased: () => isReleased,
    /** Whether this is the stop, or what the brand kept of it. */
    isOurs: (id: string) => ours.has(id),
    /** The scopes of what else covers the brand at the end. */
    others: (): readonly string[] =>
      [...stops].flatMap(([id, scope]) =>
        !ours.has(id) && (scope === 'everything' || scope === own || covered.get(id)?.includes(brandId))
          ? [scope]
          : [],
      ),
  };
}
