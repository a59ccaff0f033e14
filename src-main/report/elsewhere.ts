import type { JournalRecord } from '../stop/journal.ts';
import { list, text } from './record-fields.ts';
import type { ElsewherePost, ElsewhereState } from './report-model.ts';

const MOST_TOLD = 5_000;

const STATES: readonly ElsewhereState[] = [
  'later',
  'still-there',
  'unclear',
  'canceled',
  'gone',
  'may-be-out',
];

/** Keeps what the journal tells, under one stop, of a brand's posts in planners and queues outside the app. */
export function createElsewhereReader(brandId: number, isOurs: (stopId: string) => boolean) {
  const posts = new Map<string, ElsewherePost>();
  const unread = new Map<string, { readonly account: string; readonly where: string }>();

  function found({ details }: JournalRecord): void {
    const [texts, channels, times, urls] = ['texts', 'channels', 'planAt', 'urls'].map((key) =>
      list(details, key),
    );
    const brandIds = list(details, 'brandIds');
    list(details, 'items').forEach((item, index) => {
      const key = `${text(details, 'source')} ${String(item)}`;
      if (brandIds[index] !== brandId || posts.size >= MOST_TOLD) return;
      const known = posts.get(key);
      // Found once more under a stop that follows: what became of it before stays, unless it came back.
      if (known && known.state !== 'canceled' && known.state !== 'gone') return;
      posts.set(key, {
        account: text(details, 'account'),
        where: text(details, 'where'),
        channel: String(channels?.[index] ?? ''),
        text: String(texts?.[index] ?? ''),
        planAt: Number(times?.[index] ?? 0) || null,
        url: String(urls?.[index] ?? ''),
        state: 'waiting',
        at: null,
        by: '',
        tickedBy: '',
      });
    });
  }

  return {
    /** Lines after the stop, in their order. */
    take(record: JournalRecord): void {
      const { event, details, at, by } = record;
      if (!event.startsWith('elsewhere.')) return;
      if (event === 'elsewhere.found') {
        if (isOurs(text(details, 'stop'))) found(record);
        return;
      }
      const source = text(details, 'source');
      if (event === 'elsewhere.unread' && isOurs(text(details, 'stop'))) {
        if (list(details, 'brandIds').includes(brandId))
          unread.set(source, { account: text(details, 'account'), where: text(details, 'where') });
        return;
      }
      const key = `${source} ${text(details, 'item')}`;
      const known = posts.get(key);
      if (!known) return;
      const state = STATES.find((one) => one === text(details, 'outcome'));
      if (event === 'elsewhere.outcome' && state) posts.set(key, { ...known, state, at: Date.parse(at), by });
      if (event === 'elsewhere.ticked') posts.set(key, { ...known, tickedBy: by });
      if (event === 'elsewhere.unticked') posts.set(key, { ...known, tickedBy: '' });
    },
    /** The soonest first. */
    posts: (): readonly ElsewherePost[] =>
      [...posts.values()].sort((one, other) => (one.planAt ?? Infinity) - (other.planAt ?? Infinity)),
    /** Planners that could not be read, or not all of the time. */
    unread: () => [...unread.values()],
  };
}
