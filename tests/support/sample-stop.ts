import type { EngagedStop, ReleaseOrder } from '../../src-main/core/stop-types.ts';

let made = 0;

/** A stop as it is kept, of everything unless told otherwise. */
export function makeStop(change: Partial<EngagedStop> = {}): EngagedStop {
  made += 1;
  return {
    id: `stop-${made}`,
    epoch: 2,
    scope: { kind: 'everything' },
    control: 'button',
    by: 'Zoé Martin',
    reason: 'Attack in the city',
    widenedFrom: '',
    engagedAt: Date.UTC(2026, 10, 13, 20, 30),
    isDurable: true,
    isSilent: true,
    todo: '',
    inFlight: [],
    ...change,
  };
}

/** What a release says of the brands there are, all of one market, and that it names no stop by its id. */
export function allOf(brandIds: readonly number[]): Pick<ReleaseOrder, 'allBrands' | 'stopIds'> {
  return { allBrands: brandIds.map((brandId) => ({ brandId, market: 'France' })), stopIds: [] };
}
