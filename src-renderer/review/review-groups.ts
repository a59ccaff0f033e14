import type { PostView } from '../../src-preload/views.ts';

/** What waits for a person's decision, and in which order it is shown. */
export const REVIEW_STATES = ['missed', 'unconfirmed', 'held'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

export type BrandGroup = {
  readonly brandId: number;
  readonly name: string;
  readonly posts: readonly PostView[];
};

/** Posts under their brands, brands by name, posts by time. */
export function groupByBrand(posts: readonly PostView[]): readonly BrandGroup[] {
  const groups = new Map<number, { brandId: number; name: string; posts: PostView[] }>();
  for (const post of posts) {
    const group = groups.get(post.brandId) ?? { brandId: post.brandId, name: post.brand, posts: [] };
    group.posts.push(post);
    groups.set(post.brandId, group);
  }
  for (const group of groups.values()) group.posts.sort((a, b) => a.publishAt - b.publishAt || a.id - b.id);
  return [...groups.values()].sort((a, b) => a.name.localeCompare(b.name));
}
