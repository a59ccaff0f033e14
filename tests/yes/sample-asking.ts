import type { Post } from '../../src-main/core/post.ts';
import type { AskedPost, Asking } from '../../src-main/yes/ask-page.ts';

export const AT = Date.UTC(2027, 2, 1, 9);

export function askingOf(more: Partial<Asking> = {}): Asking {
  return {
    brand: 'Maison Lune',
    from: 'Camille Roux',
    language: 'en',
    madeAt: Date.UTC(2027, 1, 20, 12),
    timeZone: 'Europe/Paris',
    deskId: 'a1b2c3d4e5f60718',
    request: '0123456789abcdef',
    posts: 1,
    answerFile: 'answers-012345.json',
    ...more,
  };
}

export function postOf(more: Partial<Post> = {}): Post {
  return {
    id: 12,
    accountId: 3,
    brandId: 1,
    state: 'held',
    reason: 'needs-yes',
    detail: '',
    content: { parts: ['Spring is here.'], link: '', media: [] },
    label: '',
    publishAt: AT,
    localTime: '2027-03-01T10:00',
    timeZone: 'Europe/Paris',
    attempts: 0,
    refs: [],
    yes: { from: 'Camille Roux', for: null },
    createdAt: 0,
    changedAt: 0,
    ...more,
  };
}

export const asked = (post: Post, pictures: AskedPost['pictures'] = new Map()): AskedPost => ({
  post,
  account: '@lune',
  networkName: 'Mastodon',
  pictures,
});
