import type { Content, Post } from '../core/post.ts';
import type { JournalEvent } from './journal.ts';

const POSTS_A_LINE = 200;

/** What happened to these posts, told with what each says (its SHA-256, whole) and when: a yes is for exactly that. */
export function postLines(
  event: string,
  posts: readonly Post[],
  hashOf: (content: Content) => string,
  by: string,
  details: JournalEvent['details'],
): JournalEvent[] {
  const lines: JournalEvent[] = [];
  for (let from = 0; from < posts.length; from += POSTS_A_LINE) {
    const some = posts.slice(from, from + POSTS_A_LINE);
    lines.push({
      event,
      by,
      details: {
        ...details,
        posts: some.map(({ id }) => id),
        publishAt: some.map(({ publishAt }) => publishAt),
        hashes: some.map(({ content }) => hashOf(content)),
      },
    });
  }
  return lines;
}
