import type { ElsewhereSourceView } from '../../src-preload/elsewhere-views.ts';
import { canCancelNow, type KnownItem } from '../core/elsewhere-list.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import type { KnownSource } from '../watch-elsewhere.ts';
import { type Desk, needDesk } from './desk.ts';
import type { Handlers } from './serve.ts';

type ElsewhereHandlers = Pick<
  Handlers,
  'elsewhere.read' | 'elsewhere.refresh' | 'elsewhere.cancel' | 'elsewhere.tick' | 'elsewhere.optIn'
>;

/** What waits in planners outside this app: seen, cancelled and ticked off, with a stop in force or without. */
export function createElsewhereHandlers(desk: Desk): ElsewhereHandlers {
  const { elsewhere } = desk;

  async function readAll(): Promise<Result<ElsewhereSourceView[]>> {
    const now = desk.clock.now();
    return ok((await elsewhere.read()).map((known) => toSourceView(known, now)));
  }

  /** Who did it last sits there: what follows is journalled under this name. */
  function keepName(by: string): void {
    if (desk.settings.read().personName === by) return;
    desk.settings.keep({ personName: by });
    desk.notify('settings.changed', {});
  }

  return {
    async 'elsewhere.read'() {
      const open = needDesk(desk);
      return open.ok ? await readAll() : open;
    },

    async 'elsewhere.refresh'({ sources }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      await elsewhere.refresh(sources ?? null);
      return await readAll();
    },

    async 'elsewhere.cancel'({ items, by }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      keepName(by);
      await elsewhere.cancel(items, by);
      return await readAll();
    },

    async 'elsewhere.tick'({ item, done, by }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const ticked = await elsewhere.tick(item, done, by);
      if (!ticked.ok) return ticked;
      keepName(by);
      return await readAll();
    },

    async 'elsewhere.optIn'({ sources, on, by }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const known = (await elsewhere.read()).filter(({ source }) => sources.includes(source.key));
      if (known.length < sources.length) return refuse('no-such-planner', 'This planner is no longer there.');
      const wrong = known.find(({ source }) => on && !source.canCancel);
      if (wrong) return refuse('cannot-cancel-there', 'Nothing can be cancelled there from outside.');
      for (const { source } of known) {
        await open.value.storage.elsewhere.setOpted(source.key, on ? desk.clock.now() : null);
        desk.engine.record({
          event: on ? 'elsewhere.opted-in' : 'elsewhere.opted-out',
          by,
          details: { source: source.key, account: source.name, where: source.where },
        });
      }
      keepName(by);
      desk.notify('elsewhere.changed', {});
      return await readAll();
    },
  };
}

function toSourceView({ source, list, isBusy }: KnownSource, now: number): ElsewhereSourceView {
  const [kind, id] = source.key.split(':');
  const { asOf, state, detail, isWhole, notBefore } = list;
  const isAccount = kind === 'account';
  return {
    key: source.key,
    name: source.name,
    where: source.where,
    accountId: isAccount ? Number(id) : null,
    brandId: isAccount ? (source.placeOf({ channel: '' })?.brandId ?? null) : null,
    asOf,
    state,
    detail,
    isWhole,
    lacksPeople: list.lacks === 'people',
    isBusy,
    notBefore,
    canCancel: source.canCancel,
    cancelsSince: source.cancelsSince,
    items: list.items.map((item) => {
      const place = source.placeOf(item);
      return {
        source: source.key,
        id: item.id,
        text: item.text,
        planAt: item.planAt,
        url: item.url,
        brandId: place?.brandId ?? null,
        accountId: place && place.accountId > 0 ? place.accountId : null,
        channel: source.channelName(item.channel),
        goesWith: goesWith(item, list.items),
        state: item.state,
        detail: item.detail,
        at: item.at,
        by: item.by,
        canCancel: source.canCancel && canCancelNow(item, now),
        cancelBefore: item.cancelBefore,
        tick: item.tick && { ...item.tick },
      };
    }),
  };
}

function goesWith(item: KnownItem, items: readonly KnownItem[]): number {
  if (item.group === '') return 0;
  return items.filter(({ id, group }) => id !== item.id && group === item.group).length;
}
