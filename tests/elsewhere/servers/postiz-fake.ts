import type { ServerAnswer } from '../../support/fault-server.ts';
import { type FakeScheduler, KEY, type QueuedPost } from './fake-queue.ts';

const STATES: Readonly<Record<string, string>> = { scheduled: 'QUEUE', sent: 'PUBLISHED', draft: 'DRAFT' };

/** Postiz's public API in memory, with the parts we use: whichever post is named, its whole group is deleted. */
export function createPostizFake(): FakeScheduler {
  const queue: QueuedPost[] = [];
  const strange: string[] = [];
  const notFound: ServerAnswer = { status: 404, body: { msg: 'Post not found' } };
  const fake: FakeScheduler = {
    queue,
    strange,
    isStuck: false,
    answer(request) {
      const { pathname, searchParams } = new URL(request.path, 'http://fake');
      // The key alone, without "Bearer".
      if (request.headers.authorization !== KEY) return { status: 401, body: { msg: 'Invalid API key' } };
      if (request.method === 'GET' && pathname === '/public/v1/integrations')
        return {
          body: [
            {
              id: 'c1',
              name: 'Verrier',
              identifier: 'instagram',
              picture: '',
              disabled: false,
              profile: 'v',
            },
          ],
        };
      if (request.method === 'GET' && pathname === '/public/v1/posts') {
        for (const key of searchParams.keys())
          if (!['startDate', 'endDate', 'customer'].includes(key)) strange.push(key);
        const [from, until] = ['startDate', 'endDate'].map((key) => Date.parse(searchParams.get(key) ?? ''));
        if (Number.isNaN(from) || Number.isNaN(until))
          return { status: 400, body: { message: ['startDate'] } };
        const posts = queue.filter(({ at }) => at >= Number(from) && at <= Number(until));
        return {
          body: {
            posts: posts.map((post) => ({
              id: post.id,
              group: post.group,
              content: `<p>${post.text}</p>`,
              publishDate: new Date(post.at).toISOString(),
              state: STATES[post.status] ?? post.status,
              integration: {
                id: post.channel,
                providerIdentifier: 'instagram',
                name: 'Verrier',
                picture: '',
              },
            })),
          },
        };
      }
      const [, id] = /^\/public\/v1\/posts\/([^/]+)$/u.exec(pathname) ?? [];
      if (request.method !== 'DELETE' || id === undefined || request.body.length > 0) {
        strange.push(`${request.method} ${request.path}`);
        return { status: 404, body: { msg: 'Cannot do that' } };
      }
      const found = queue.find((post) => post.id === decodeURIComponent(id));
      if (!found) return notFound;
      const left = fake.isStuck ? [...queue] : queue.filter(({ group }) => group !== found.group);
      queue.splice(0, queue.length, ...left);
      return { body: { id: found.id } };
    },
  };
  return fake;
}
