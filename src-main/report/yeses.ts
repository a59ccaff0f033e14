import type { JournalRecord } from '../stop/journal.ts';
import { lineOf, list, text } from './record-fields.ts';
import type { PostYes } from './report-model.ts';

const KINDS: Readonly<Record<string, PostYes['kind']>> = {
  'yes.given': 'yes',
  'yes.refused': 'no',
  'posts.without-yes': 'without',
};

/** Every event that tells of a yes: who said it, and whether it still stands. */
export const YES_EVENTS: readonly string[] = [...Object.keys(KINDS), 'yes.taken-back', 'posts.need-yes'];

/**
 * What people said of the posts `posts`, the last that stands. `publishAt` and `contentHash`, where they are known, are what it must have been
 * said of: an answer is to exactly that.
 */
export function createYeses(
  posts: ReadonlyMap<number, { readonly publishAt: number | null; readonly contentHash: string }>,
) {
  const said = new Map<number, PostYes>();
  return {
    take(record: JournalRecord): void {
      const { event, details } = record;
      if (!YES_EVENTS.includes(event)) return;
      const [times, hashes] = [list(details, 'publishAt'), list(details, 'hashes')];
      const kind = KINDS[event];
      const answeredAt = Date.parse(text(details, 'answeredAt'));
      list(details, 'posts').forEach((id, index) => {
        const post = posts.get(Number(id));
        if (!post) return;
        // Asked anew, or taken back: what was said before stands no more.
        if (kind === undefined) {
          said.delete(Number(id));
          return;
        }
        if (post.publishAt !== null && times[index] !== post.publishAt) return;
        if (post.contentHash !== '' && hashes[index] !== post.contentHash) return;
        said.set(Number(id), {
          ...lineOf(record),
          kind,
          who: kind === 'without' ? record.by : text(details, 'who'),
          answeredAt: Number.isNaN(answeredAt) ? null : answeredAt,
        });
      });
    },
    of: (id: number) => said.get(id) ?? null,
  };
}
