import type { Instant } from './core/clock.ts';
import type { Connector } from './core/connector.ts';
import type { ElsewhereService } from './core/elsewhere-service.ts';
import type { ChannelMatch, ServiceSignIn } from './core/elsewhere-store.ts';
import { ok, type Result, refuse } from './core/result.ts';
import type { Cancellation, ScheduledItem, ScheduledList } from './core/scheduled-elsewhere.ts';
import type { Place } from './core/scope.ts';
import type { Storage } from './core/stores.ts';
import { type Directory, type Names, placeOf } from './ipc/directory.ts';
import { parcelOf } from './look-up-posts.ts';
import type { LookUps } from './publisher/look-ups.ts';
import type { AccountParcel } from './publisher/protocol.ts';

/** One planner or queue outside this app that can be read. */
export type ElsewhereSource = {
  /** 'account:12', or 'service:3' for a sign-in at another scheduler. */
  readonly key: string;
  readonly name: string;
  /** The network's name, or the service's. */
  readonly where: string;
  readonly canCancel: boolean;
  /** Since when a person lets a stop cancel what waits there; null while nobody does. */
  readonly cancelsSince: Instant | null;
  /** How old a list may be while a stop covers it. */
  readonly renewMs: number;
  /** What one of its channels is called; '' in an account's own planner. */
  readonly channelName: (channel: string) => string;
  /** Where one of its things would go out; null where nobody has said it. */
  readonly placeOf: (item: Pick<ScheduledItem, 'channel'>) => Place | null;
  /** Every place it may post to that is known; null among them stands for what nobody has matched. */
  readonly places: readonly (Place | null)[];
  readonly list: () => Promise<Result<ScheduledList>>;
  readonly cancel: (item: ScheduledItem) => Promise<Result<Cancellation>>;
};

export type SourceDeps = {
  readonly open: { readonly storage: Storage; readonly directory: Directory };
  readonly connectorFor: (network: string) => Connector | null;
  readonly serviceFor: (service: string) => ElsewhereService | null;
  readonly lookUps: LookUps;
};

/** An account's own planner is asked as often as this while a stop covers it. */
const RENEW_MS = 5 * 60_000;

const gone = () => refuse('no-such-account', 'This account is no longer there.');

/** Every planner that can be read now: of accounts whose network has one, and of other schedulers a person signed in to. */
export async function readSources(deps: SourceDeps): Promise<readonly ElsewhereSource[]> {
  const { directory, storage } = deps.open;
  const [names, opted, signIns, matches] = await Promise.all([
    directory.read(),
    storage.elsewhere.opted(),
    storage.elsewhere.services(),
    storage.elsewhere.matches(),
  ]);
  return [
    ...accountSources(deps, names, opted),
    ...signIns.flatMap((signIn) => serviceSource(deps, names, opted, signIn, matches)),
  ];
}

function accountSources(
  { open, connectorFor, lookUps }: SourceDeps,
  names: Names,
  opted: ReadonlyMap<string, Instant>,
): ElsewhereSource[] {
  async function parcel(accountId: number): Promise<Result<AccountParcel>> {
    const { accounts } = open.storage;
    const [account, signIn] = [await accounts.read(accountId), await accounts.readSignIn(accountId)];
    const brand = account && names.brands.get(account.brandId);
    return account && signIn ? ok(parcelOf(account, brand ?? null, signIn)) : gone();
  }

  return [...names.accounts.values()].flatMap((account): ElsewhereSource[] => {
    const connector = connectorFor(account.network);
    if (!connector?.listScheduled) return [];
    const key = `account:${account.id}`;
    const place = placeOf(names, account.id);
    return [
      {
        key,
        name: account.name,
        where: connector.name,
        canCancel: connector.cancelScheduled !== null,
        cancelsSince: opted.get(key) ?? null,
        renewMs: RENEW_MS,
        channelName: () => '',
        placeOf: () => place,
        places: [place],
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

/** What a process needs for one call at another scheduler. */
export function serviceParcel({
  id,
  name,
  service,
  settings,
  sealed,
}: Omit<ServiceSignIn, 'channels'>): AccountParcel {
  return { id, name, brand: '', network: service, settings, sealed, isService: true };
}

function serviceSource(
  { serviceFor, lookUps }: SourceDeps,
  names: Names,
  opted: ReadonlyMap<string, Instant>,
  signIn: ServiceSignIn,
  matches: readonly ChannelMatch[],
): ElsewhereSource[] {
  const service = serviceFor(signIn.service);
  if (!service) return [];
  const key = `service:${signIn.id}`;
  const account = serviceParcel(signIn);
  const channelNames = new Map(signIn.channels.map((channel) => [channel.id, channel.name]));
  const byChannel = new Map(
    matches.filter(({ serviceId }) => serviceId === signIn.id).map((match) => [match.channel, match]),
  );
  const place = ({ channel }: Pick<ScheduledItem, 'channel'>) => placeOfMatch(names, byChannel.get(channel));
  return [
    {
      key,
      name: signIn.name,
      where: service.name,
      canCancel: service.cancelScheduled !== null,
      cancelsSince: opted.get(key) ?? null,
      renewMs: service.renewMs,
      channelName: (channel) => channelNames.get(channel) ?? channel,
      placeOf: place,
      places: signIn.channels.length === 0 ? [null] : signIn.channels.map(({ id }) => place({ channel: id })),
      list: () => lookUps.run({ kind: 'list-scheduled', account }),
      cancel: (item) => lookUps.run({ kind: 'cancel-scheduled', account, item }),
    },
  ];
}

function placeOfMatch(names: Names, match: ChannelMatch | undefined): Place | null {
  if (!match) return null;
  if (match.accountId !== null) return placeOf(names, match.accountId);
  const brand = match.brandId === null ? undefined : names.brands.get(match.brandId);
  return brand ? { accountId: 0, brandId: brand.id, market: brand.market, network: '' } : null;
}
