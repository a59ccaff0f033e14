import type { MentionView } from '../../src-preload/aid-views.ts';
import type { Account } from '../core/brand.ts';
import type { Connector, Mentions } from '../core/connector.ts';
import { ok, refuse } from '../core/result.ts';
import { type Desk, needDesk, type OpenDesk } from './desk.ts';
import type { Handlers } from './serve.ts';

type MentionHandlers = Pick<Handlers, 'mention.list' | 'mention.check' | 'mention.keep' | 'mention.remove'>;
type Mentioning = Connector & { readonly mentions: Mentions };

/** How far back earlier posts are read for handles. */
const ACCOUNTS_READ = 12;
const POSTS_READ = 100;

const canMention = (connector: Connector | null): connector is Mentioning =>
  connector !== null && connector.mentions !== null;

/** Whom a text can mention. What a handle looks like is the connectors' to say. */
export function createMentionHandlers(desk: Desk): MentionHandlers {
  async function chosenOf(open: OpenDesk, accountIds: readonly number[]) {
    const names = await open.directory.read();
    const chosen =
      accountIds.length === 0
        ? [...names.accounts.values()]
        : accountIds.flatMap((id) => names.accounts.get(id) ?? []);
    const networks = new Set(chosen.map(({ network }) => network));
    const connectors = new Map<string, Mentioning>();
    for (const network of networks) {
      const connector = desk.connectorFor(network);
      if (canMention(connector)) connectors.set(network, connector);
    }
    return { names, chosen, networks, connectors };
  }

  /** Handles in the newest posts of the accounts, the most frequent first. */
  async function usedBy(
    open: OpenDesk,
    chosen: readonly Account[],
    connectors: ReadonlyMap<string, Mentioning>,
  ): Promise<readonly { network: string; handle: string }[]> {
    const counts = new Map<string, { network: string; handle: string; count: number }>();
    const read = chosen.filter(({ network }) => connectors.has(network)).slice(0, ACCOUNTS_READ);
    for (const { id: accountId, network } of read) {
      const states = ['published', 'scheduled'] as const;
      const { posts } = await open.storage.posts.page({ accountId, states }, 'latest', 0, POSTS_READ);
      for (const post of posts)
        for (const handle of connectors.get(network)?.mentions.find(post.content.parts.join('\n')) ?? []) {
          const key = `${network} ${handle}`;
          counts.set(key, { network, handle, count: (counts.get(key)?.count ?? 0) + 1 });
        }
    }
    return [...counts.values()].sort((a, b) => b.count - a.count);
  }

  return {
    async 'mention.list'({ accountIds }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const { names, chosen, connectors } = await chosenOf(open.value, accountIds);
      const brands = new Set(chosen.map(({ brandId }) => brandId));
      const brandName = (id: number | null) => (id === null ? '' : (names.brands.get(id)?.name ?? ''));
      const all = new Map<string, MentionView>();
      const add = (one: Omit<MentionView, 'networkName'>) => {
        const key = `${one.network} ${one.handle}`;
        const networkName = connectors.get(one.network)?.name;
        if (networkName !== undefined && !all.has(key)) all.set(key, { ...one, networkName });
      };
      for (const { id, brandId, network, handle } of await open.value.storage.handles.list())
        if (brandId === null || accountIds.length === 0 || brands.has(brandId))
          add({ network, handle, from: 'kept', keptId: id, brand: brandName(brandId) });
      const used = accountIds.length === 0 ? [] : await usedBy(open.value, chosen, connectors);
      const accounts = [...names.accounts.values()].flatMap(({ network, name, brandId }) => {
        const handle = connectors.get(network)?.mentions.write(name) ?? null;
        return handle === null ? [] : [{ network, handle, brand: brandName(brandId) }];
      });
      const brandOf = new Map(accounts.map((one) => [`${one.network} ${one.handle}`, one.brand]));
      for (const { network, handle } of used)
        add({
          network,
          handle,
          from: 'used',
          keptId: null,
          brand: brandOf.get(`${network} ${handle}`) ?? '',
        });
      for (const one of accounts.sort((a, b) => a.handle.localeCompare(b.handle)))
        add({ ...one, from: 'account', keptId: null });
      return ok([...all.values()]);
    },

    async 'mention.check'({ accountIds, parts }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      if (accountIds.length === 0) return ok([]);
      const { networks } = await chosenOf(open.value, accountIds);
      const text = parts.join('\n');
      const found = desk.connectors.filter(canMention).flatMap(({ network, mentions }) => {
        const elsewhere = [...networks].filter((other) => other !== network);
        return mentions.find(text).map((handle) => ({ handle, network, elsewhere }));
      });
      return ok(found.filter(({ elsewhere }) => elsewhere.length > 0));
    },

    async 'mention.keep'({ brandId, network, handle }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const connector = desk.connectorFor(network);
      if (!canMention(connector))
        return refuse('handle-no-network', 'Nobody can be mentioned on this network.');
      const written = connector.mentions.write(handle);
      if (written === null) return refuse('handle-invalid', `This is no handle of that network: ${handle}`);
      const kept = await open.value.storage.handles.keep({ brandId, network, handle: written });
      if (!kept.ok) return kept;
      desk.notify('aids.changed', {});
      return ok({ id: kept.value.id, handle: written });
    },

    async 'mention.remove'({ id }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const removed = await open.value.storage.handles.remove(id);
      desk.notify('aids.changed', {});
      return ok({ removed });
    },
  };
}
