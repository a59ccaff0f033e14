import type { PostFilter } from '../core/queue.ts';

/** A filter as the window sends it, without the members that were not given. */
export function toFilter(asked: Record<string, unknown>): PostFilter {
  return Object.fromEntries(
    Object.entries(asked).filter(([, value]) => value !== undefined && value !== ''),
  ) as PostFilter;
}
