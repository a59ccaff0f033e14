import { Temporal } from 'temporal-polyfill';
import type { Requests } from '../../src-preload/contract.ts';
import type { AccountView, BrandView, Counts, PostState } from '../../src-preload/views.ts';

export type QueueOrder = Requests['queue.page']['order'];

export const ORDERS = [
  'soonest',
  'latest',
  'changed',
  'state',
  'state-back',
  'brand',
  'brand-back',
  'account',
  'account-back',
] as const satisfies readonly QueueOrder[];

/** What the person asked to see. '' and null mean "any". Dates are 'YYYY-MM-DD', both included. */
export type QueueFilter = {
  readonly states: readonly PostState[];
  readonly brandId: number | null;
  readonly accountId: number | null;
  readonly network: string;
  readonly market: string;
  readonly label: string;
  readonly yes: '' | 'waiting' | 'refused';
  readonly search: string;
  readonly fromDate: string;
  readonly toDate: string;
  readonly order: QueueOrder;
};

/** In the order in which they are shown. */
export const STATES: readonly PostState[] = [
  'scheduled',
  'publishing',
  'published',
  'failed',
  'held',
  'missed',
  'unconfirmed',
  'canceled',
];

/** The queue in the strict sense: what is not yet settled. */
export const OPEN_STATES: readonly PostState[] = ['scheduled', 'publishing', 'held', 'missed', 'unconfirmed'];

export const NO_FILTER: QueueFilter = {
  states: OPEN_STATES,
  brandId: null,
  accountId: null,
  network: '',
  market: '',
  label: '',
  yes: '',
  search: '',
  fromDate: '',
  toDate: '',
  order: 'soonest',
};

/** Rows asked for at once: small enough that the table's first paint stays under half a second. */
export const PAGE_SIZE = 100;

/** `zone` is the IANA zone in which the two dates begin and end. */
export function toRequest(
  filter: QueueFilter,
  zone: string,
  offset: number,
  limit: number,
): Requests['queue.page'] {
  const from = filter.fromDate === '' ? null : dayStart(filter.fromDate, zone, 0);
  const afterTo = filter.toDate === '' ? null : dayStart(filter.toDate, zone, 1);
  return {
    ...(filter.states.length > 0 && { states: [...filter.states] }),
    ...(filter.brandId !== null && { brandId: filter.brandId }),
    ...(filter.accountId !== null && { accountId: filter.accountId }),
    ...(filter.network !== '' && { network: filter.network }),
    ...(filter.market !== '' && { market: filter.market }),
    ...(filter.label.trim() !== '' && { label: filter.label.trim() }),
    ...(filter.yes !== '' && { yes: filter.yes }),
    ...(filter.search.trim() !== '' && { search: filter.search.trim() }),
    ...(from !== null && { from }),
    ...(afterTo !== null && { to: afterTo - 1 }),
    order: filter.order,
    offset,
    limit,
  };
}

function dayStart(date: string, zone: string, plusDays: number): number {
  return Temporal.PlainDate.from(date).add({ days: plusDays }).toZonedDateTime(zone).epochMilliseconds;
}

/** True when anything but the order and the states narrows the list: then counts per state are only of its place. */
function narrowsBeyondPlace(filter: QueueFilter): boolean {
  return (
    filter.yes !== '' ||
    filter.label !== '' ||
    filter.search !== '' ||
    filter.fromDate !== '' ||
    filter.toDate !== ''
  );
}

export function isOpenOnly(states: readonly PostState[]): boolean {
  return states.length === OPEN_STATES.length && OPEN_STATES.every((state) => states.includes(state));
}

/** True when something other than the default is shown. */
export function isFiltered(filter: QueueFilter): boolean {
  return (
    !isOpenOnly(filter.states) ||
    filter.brandId !== null ||
    filter.accountId !== null ||
    filter.network !== '' ||
    filter.market !== '' ||
    narrowsBeyondPlace(filter)
  );
}

/** The accounts that the filter's brand, account, network and market leave. */
export function accountsIn(filter: QueueFilter, brands: readonly BrandView[]): readonly AccountView[] {
  return brands
    .filter((brand) => filter.brandId === null || brand.id === filter.brandId)
    .filter((brand) => filter.market === '' || brand.market === filter.market)
    .flatMap((brand) => brand.accounts)
    .filter((account) => filter.accountId === null || account.id === filter.accountId)
    .filter((account) => filter.network === '' || account.network === filter.network);
}

/** Counts per state of those accounts, and how many of the scheduled ones a stop covers. */
export function countsIn(accounts: readonly AccountView[]): { counts: Counts; heldByStop: number } {
  const counts: Counts = {
    scheduled: 0,
    publishing: 0,
    published: 0,
    failed: 0,
    held: 0,
    missed: 0,
    canceled: 0,
    unconfirmed: 0,
  };
  let heldByStop = 0;
  for (const account of accounts) {
    for (const state of Object.keys(counts) as PostState[]) counts[state] += account.counts[state];
    if (account.isStopped) heldByStop += account.counts.scheduled;
  }
  return { counts, heldByStop };
}

/** The filter a link to this view asks for ('state', 'brandId', 'accountId', 'network', 'market', 'search'); null when it asks for none. */
export function filterOfRoute(params: Readonly<Record<string, string>>): QueueFilter | null {
  const id = (key: string) => (Number(params[key]) > 0 ? Number(params[key]) : null);
  const states = STATES.filter((state) => (params.state ?? '').split(',').includes(state));
  const asked: QueueFilter = {
    ...NO_FILTER,
    states: states.length > 0 ? states : NO_FILTER.states,
    brandId: id('brandId'),
    accountId: id('accountId'),
    network: params.network ?? '',
    market: params.market ?? '',
    search: params.search ?? '',
    yes: params.yes === 'waiting' || params.yes === 'refused' ? params.yes : '',
  };
  return isFiltered(asked) ? asked : null;
}
