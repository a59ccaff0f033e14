import { describe, expect, it } from 'vitest';
import { requests } from '../../../src-preload/contract.ts';
import {
  accountsIn,
  countsIn,
  filterOfRoute,
  isFiltered,
  isOpenOnly,
  NO_FILTER,
  OPEN_STATES,
  type QueueFilter,
  toRequest,
} from '../../../src-renderer/queue/queue-filter.ts';
import { createModel } from '../fixture/model.ts';

const HOUR = 3_600_000;
const ask = (filter: Partial<QueueFilter>, zone = 'Europe/Paris') =>
  toRequest({ ...NO_FILTER, ...filter }, zone, 0, 200);

describe('what the queue is asked for', () => {
  it('is always something main accepts', () => {
    const filters: Partial<QueueFilter>[] = [
      {},
      { states: [] },
      { brandId: 3, accountId: 9, network: 'mastodon', market: 'France', label: ' winter ', search: ' été ' },
      { fromDate: '2026-12-01', toDate: '2026-12-31', order: 'changed' },
    ];
    for (const filter of filters) expect(requests['queue.page'].safeParse(ask(filter)).success).toBe(true);
  });

  it('leaves out what is not narrowed, and the blanks around what is typed', () => {
    expect(ask({ states: [], label: '  ', search: ' winter ' })).toEqual({
      search: 'winter',
      order: 'soonest',
      offset: 0,
      limit: 200,
    });
  });

  it('begins and ends days in the zone, also when the clocks change on them', () => {
    const { from, to } = ask({ fromDate: '2027-03-28', toDate: '2027-03-28' });
    expect(from).toBe(Date.UTC(2027, 2, 27, 23));
    expect((to ?? 0) - (from ?? 0)).toBe(23 * HOUR - 1);
    const autumn = ask({ fromDate: '2027-10-31', toDate: '2027-10-31' });
    expect((autumn.to ?? 0) - (autumn.from ?? 0)).toBe(25 * HOUR - 1);
    expect(ask({ fromDate: '2027-03-28' }, 'America/New_York').from).toBe(Date.UTC(2027, 2, 28, 4));
  });
});

describe('a link to the queue', () => {
  it('shows what is not settled unless it names states', () => {
    expect(filterOfRoute({ brandId: '3' })).toEqual({ ...NO_FILTER, brandId: 3 });
    expect(filterOfRoute({ state: 'failed,missed' })?.states).toEqual(['failed', 'missed']);
  });

  it('that asks for nothing leaves the filter as it was', () => {
    expect(filterOfRoute({})).toBeNull();
    expect(filterOfRoute({ brandId: 'x', state: 'nonsense' })).toBeNull();
  });
});

describe('the counts beside the states', () => {
  const model = createModel('brand-stopped', { language: 'en', theme: 'light' });

  it('are those of the brand, account, network and market that are left', () => {
    const everything = countsIn(accountsIn(NO_FILTER, model.brands)).counts;
    expect(Object.values(everything).reduce((a, b) => a + b)).toBe(model.posts.length);
    const brand = model.brands[0];
    if (!brand) throw new Error('the sample has no brand');
    const inBrand = countsIn(accountsIn({ ...NO_FILTER, brandId: brand.id }, model.brands)).counts;
    expect(inBrand).toEqual(brand.counts);
    const mastodon = accountsIn({ ...NO_FILTER, network: 'mastodon' }, model.brands);
    expect(new Set(mastodon.map((account) => account.network))).toEqual(new Set(['mastodon']));
  });

  it('tell how many of the scheduled a stop covers', () => {
    const stopped = model.brands.filter((brand) => brand.isStopped);
    expect(stopped.length).toBeGreaterThan(0);
    const wanted = stopped.reduce((sum, brand) => sum + brand.counts.scheduled, 0);
    expect(countsIn(accountsIn(NO_FILTER, model.brands)).heldByStop).toBe(wanted);
  });
});

describe('a filter', () => {
  it('counts as one only when it shows something else than the unsettled', () => {
    expect(isFiltered(NO_FILTER)).toBe(false);
    expect(isFiltered({ ...NO_FILTER, order: 'latest' })).toBe(false);
    expect(isFiltered({ ...NO_FILTER, states: [] })).toBe(true);
    expect(isFiltered({ ...NO_FILTER, toDate: '2026-12-01' })).toBe(true);
    expect(isOpenOnly([...OPEN_STATES].reverse())).toBe(true);
    expect(isOpenOnly(OPEN_STATES.slice(1))).toBe(false);
  });
});
