import type { Instant } from './core/clock.ts';
import type { Connector } from './core/connector.ts';
import { ok, type Result, refuse } from './core/result.ts';
import type { Cancellation, ScheduledItem, ScheduledList } from './core/scheduled-elsewhere.ts';
import type { Place } from './core/scope.ts';
import type { Storage } from './core/stores.ts';
import { type Directory, placeOf } from './ipc/directory.ts';
import { parcelOf } from './look-up-posts.ts';
import type { LookUps } from './publisher/look-ups.ts';

/** One planner or queue outside this app that can be read. */
export type ElsewhereSource = {
  /** 'account:12' */
  readonly key: string;
  readonly name: string;
  /** The network's name, or the service's. */
  readonly where: string;
  readonly canCancel: boolean;
  /** Since when a person lets a stop cancel what waits there; null while nobody does. */
  readonly cancelsSince: Instant | null;
  /** How old a list may be while a stop covers it. */
  readonly renewMs: number;
  /** Where one of its things would go out; null where nobody has said it. */
  readonly placeOf: (item: Pick<ScheduledItem, 'channel'>) => Place | null;
  readonly list: () => Promise<Result<ScheduledList>>;
  readonly cancel: (item: ScheduledItem) => Promise<Result<Cancellation>>;
};

/** An account's own planner is asked as often as this while a stop covers it. */
const RENEW_MS = 5 * 60_000;

const gone = () => refuse('no-such-account', 'This account is no longer there.');

/** Every planner that can be read now: of accounts whose network has one. */
export async function readSources(deps: {
  readonly open: { readonly storage: Storage; readonly directory: Directory };
  readonly connectorFor: (network: string) => Connector | null;
  readonly lookUps: LookUps;
}): Promise<readonly ElsewhereSource[]> {
  const { open, lookUps } = deps;
  const [names, opted] = await Promise.all([open.directory.read(), open.storage.elsewhere.opted()]);

  async function parcel(accountId: number) {
    const { accounts } = open.storage;
    const [account, signIn] = [await accounts.read(accountId), await accounts.readSignIn(accountId)];
    const brand = account && names.brands.get(account.brandId);
    return account && signIn ? ok(parcelOf(account, brand ?? null, signIn)) : gone();
  }

  return [...names.accounts.values()].flatMap((account): ElsewhereSource[] => {
    const connector = deps.connectorFor(account.network);
    if (!connector?.listScheduled) return [];
    const key = `account:${account.id}`;
    return [
      {
        key,
        name: account.name,
        where: connector.name,
        canCancel: connector.cancelScheduled !== null,
        cancelsSince: opted.get(key) ?? null,
        renewMs: RENEW_MS,
        placeOf: () => placeOf(names, account.id),
        async list() {
          const made = await parcel(account.id);
          return made.ok ? await lookUps.run({ kind: 'list-scheduled', account: made.value }) : made;
        },
        async cancel(item) {
          const made = await parcel(account.id);
          return made.ok ? await lookUps.run({ kind: 'cancel-scheduled', account: made.value, item }) : made;
        },
      },
    ];
  });
}
