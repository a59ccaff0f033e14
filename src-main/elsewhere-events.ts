import type { KnownItem, KnownList } from './core/elsewhere-list.ts';
import type { ElsewhereSource } from './elsewhere-sources.ts';
import type { JournalEvent } from './stop/journal.ts';

const ITEMS_A_LINE = 50;

type BrandName = (brandId: number) => string;

const brandOf = (source: ElsewhereSource, item: Pick<KnownItem, 'channel'>) =>
  source.placeOf(item)?.brandId ?? 0;
const brandNameOf = (brandId: number, name: BrandName) => (brandId === 0 ? '' : name(brandId));

/** What was found waiting elsewhere under a stop, in columns of the same length. `brandIds` has 0 for what nobody has matched to a brand. */
export function foundEvents(
  stopId: string,
  source: ElsewhereSource,
  items: readonly KnownItem[],
  brandName: BrandName,
): JournalEvent[] {
  const events: JournalEvent[] = [];
  for (let from = 0; from < items.length; from += ITEMS_A_LINE) {
    const some = items.slice(from, from + ITEMS_A_LINE);
    const brandIds = some.map((item) => brandOf(source, item));
    events.push({
      event: 'elsewhere.found',
      details: {
        stop: stopId,
        source: source.key,
        account: source.name,
        where: source.where,
        channels: some.map(({ channel }) => source.channelName(channel)),
        items: some.map(({ id }) => id),
        brandIds,
        brands: brandIds.map((id) => brandNameOf(id, brandName)),
        texts: some.map(({ text }) => text),
        planAt: some.map(({ planAt }) => planAt ?? 0),
        urls: some.map(({ url }) => url),
      },
    });
  }
  return events;
}

/** A planner that a stop covers and that could not be read: nothing is known of what waits there. */
export function unreadEvent(
  stopId: string,
  source: ElsewhereSource,
  { state, detail }: Pick<KnownList, 'state' | 'detail'>,
  brandName: BrandName,
): JournalEvent {
  const brandIds = [...new Set(source.places.map((place) => place?.brandId ?? 0))];
  return {
    event: 'elsewhere.unread',
    details: {
      stop: stopId,
      source: source.key,
      account: source.name,
      where: source.where,
      brandIds,
      brands: brandIds.map((id) => brandNameOf(id, brandName)),
      why: state,
      detail,
    },
  };
}

/** An attempt to cancel one thing there, before it is made (`became` is null) and with what it was read back to have become. */
export function canceledEvent(
  line: { source: ElsewhereSource; item: KnownItem; by: string; brandName: BrandName },
  became: KnownItem | null,
): JournalEvent {
  const { source, item } = line;
  const brandId = brandOf(source, item);
  return {
    event: became === null ? 'elsewhere.cancel' : 'elsewhere.outcome',
    by: line.by,
    details: {
      source: source.key,
      item: item.id,
      brandId,
      brand: brandNameOf(brandId, line.brandName),
      account: source.name,
      where: source.where,
      channel: source.channelName(item.channel),
      text: item.text,
      planAt: item.planAt ?? 0,
      url: item.url,
      ...(became && { outcome: became.state, detail: became.detail }),
    },
  };
}
