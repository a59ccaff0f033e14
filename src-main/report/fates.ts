import type { JournalRecord } from '../stop/journal.ts';
import type { Fate } from './report-model.ts';

/** Of many posts at once, by their ids in `posts`. */
const MANY: Readonly<Record<string, Fate['kind']>> = {
  'posts.kept-back': 'missed',
  'posts.to-draft': 'draft',
  'posts.canceled': 'canceled',
  // What takes its place on the other account is another post.
  'posts.to-account': 'canceled',
  'posts.set-back': 'missed',
  'posts.held': 'held',
  'posts.resumed': 'resumed',
};
/** Of one post, by its id in `post`. */
const ONE: Readonly<Record<string, Fate['kind']>> = {
  'post.published': 'published',
  'post.failed': 'failed',
  'post.unconfirmed': 'unconfirmed',
  'post.missed': 'missed',
  'post.scheduled': 'not-sent',
  'post.held': 'held',
};

/** Every event that tells of plans or of what became of a post. */
export const FATE_EVENTS: readonly string[] = [
  ...Object.keys(MANY),
  ...Object.keys(ONE),
  'posts.planned',
  'posts.settled',
  'post.looked-up',
  'post.taken-down',
];

const SETTLED_AS: Readonly<Record<string, Fate['kind']>> = {
  published: 'published',
  missed: 'missed',
  failed: 'failed',
};

const nothing: Fate = { kind: 'unknown', at: null, by: '', urls: [], publishAt: null, isTakenDown: false };

/** Follows the posts `ids` through the journal. What stands before the line `stopSeq` only tells their addresses. */
export function createFates(ids: ReadonlySet<number>, stopSeq: number) {
  const fates = new Map<number, Fate>();

  function set(id: unknown, record: JournalRecord, kind: Fate['kind'], more: Partial<Fate> = {}): void {
    if (typeof id !== 'number' || !ids.has(id)) return;
    const before = fates.get(id);
    const urls = more.urls?.length ? more.urls : (before?.urls ?? []);
    const at = Date.parse(record.at);
    fates.set(id, { ...nothing, kind, at, by: record.by, ...more, urls });
  }

  const numbers = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
  const urlsOf = ({ details }: JournalRecord) =>
    numbers(details.urls)
      .map(String)
      .filter((url) => url !== '');

  return {
    take(record: JournalRecord): void {
      const { event, details } = record;
      const isAfter = record.seq > stopSeq;
      const one = ONE[event];
      if (one && (isAfter || event === 'post.published' || event === 'post.unconfirmed'))
        set(details.post, record, one, { urls: urlsOf(record) });
      if (event === 'post.looked-up')
        set(details.post, record, details.found === true ? 'published' : 'missed', { urls: urlsOf(record) });
      if (event === 'post.taken-down' && ['removed', 'already-gone'].includes(String(details.outcome))) {
        const known = typeof details.post === 'number' ? fates.get(details.post) : undefined;
        if (known) fates.set(details.post as number, { ...known, isTakenDown: true });
      }
      if (event === 'posts.settled') {
        const kind = SETTLED_AS[String(details.as)];
        if (kind) for (const id of numbers(details.posts)) set(id, record, kind);
      }
      if (!isAfter) return;
      const many = MANY[event];
      if (many) for (const id of numbers(details.posts)) set(id, record, many);
      if (event === 'posts.planned' && details.how === 'rescheduled') {
        const times = numbers(details.publishAt);
        numbers(details.posts).forEach((id, index) => {
          set(id, record, 'rescheduled', { publishAt: Number(times[index]) });
        });
      }
    },

    /** Of a post the stop kept back. One of which nothing is told is still kept back, or waits for its time, or is not known. */
    of(id: number, publishAt: number, isReleased: boolean, now: number): Fate {
      const known = fates.get(id);
      if (known) return known;
      if (publishAt <= now) return nothing;
      return { ...nothing, kind: isReleased ? 'waiting' : 'kept-back' };
    },

    ofSent: (id: number): Fate => fates.get(id) ?? nothing,
  };
}
