import { expect, it } from 'vitest';
import { groupByBrand } from '../../../src-renderer/review/review-groups.ts';
import { sampleBrands } from '../fixture/sample-desk.ts';
import { samplePosts } from '../fixture/sample-posts.ts';

it('posts to review stand under their brand, brands by name, posts by time, none twice and none lost', () => {
  const posts = samplePosts(sampleBrands(), 200, Date.UTC(2026, 10, 23));
  const groups = groupByBrand(posts);
  expect(groups.map((group) => group.name)).toEqual(
    [...new Set(posts.map((post) => post.brand))].sort((a, b) => a.localeCompare(b)),
  );
  for (const group of groups) {
    const times = group.posts.map((post) => post.publishAt);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(new Set(group.posts.map((post) => post.brandId))).toEqual(new Set([group.brandId]));
  }
  expect(groups.flatMap((group) => group.posts.map((post) => post.id)).sort((a, b) => a - b)).toEqual(
    posts.map((post) => post.id).sort((a, b) => a - b),
  );
});
