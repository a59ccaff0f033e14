import { connectorFor } from './connectors/index.ts';
import type { Clock } from './core/clock.ts';
import { EVERYTHING } from './core/scope.ts';
import type { Stop } from './core/stop-types.ts';
import type { Storage } from './core/stores.ts';
import { type AccountTrip, createTrips, TRIP_LIMITS, type TripLimits, type Trips } from './core/trips.ts';
import { canFind } from './look-up-posts.ts';
import type { JournalEvent } from './stop/journal.ts';

const nameOf = (network: string) => connectorFor(network)?.name ?? network;
const WEEK_MS = 7 * 24 * 60 * 60_000;

/** The rules of `core/trips.ts` over a real queue: an account that trips is held in the database, a network or everything is stopped by the stop. */
export function createAutomaticTrips(deps: {
  readonly clock: Clock;
  readonly limits: TripLimits | undefined;
  /** Null until the database is open; nothing is sent before. */
  readonly storage: () => Storage | null;
  readonly stop: Pick<Stop, 'engage'>;
  readonly record: (event: JournalEvent) => void;
  readonly onTrip: (trip: AccountTrip) => void;
}): Trips {
  const { clock, storage, record } = deps;

  /** Written once. Where the database fails it is tried again with the next post that is held back. */
  async function hold(trip: AccountTrip): Promise<void> {
    const { accountId, brandId, network, kind, count } = trip;
    const accounts = storage()?.accounts;
    const account = await accounts?.read(accountId);
    if (!accounts || !account || account.heldAt !== null) return;
    await accounts.setHeld(accountId, clock.now(), `${kind} ${count}`);
    record({
      event: 'trip.account-held',
      control: 'trip',
      details: { account: accountId, name: account.name, brand: brandId, network, kind, count },
    });
    deps.onTrip(trip);
  }

  return createTrips({
    clock,
    limits: deps.limits ?? TRIP_LIMITS,
    countWeek: async (accountId) =>
      (await storage()?.posts.countPublished(accountId, clock.now() - WEEK_MS)) ?? 0,
    canFind,
    onUnconfirmed(trip) {
      const isOne = trip.kind === 'network';
      deps.stop.engage({
        scope: isOne ? { kind: 'network', network: trip.network } : EVERYTHING,
        control: 'trip',
        by: '',
        reason: isOne
          ? `${trip.count} posts to ${nameOf(trip.network)} became unconfirmed within a quarter of an hour. Look them up in Review before this network is released.`
          : `${trip.count} posts on ${trip.networks} networks became unconfirmed within a quarter of an hour: the way to the networks does not work as it should. Look them up in Review before publishing goes on.`,
        widenedFrom: '',
      });
    },
    onTrip: (trip) => void hold(trip).catch(() => {}),
  });
}
