import { jsonOf, type ServerAnswer } from '../../support/fault-server.ts';
import { type FakeScheduler, KEY, type QueuedPost } from './fake-queue.ts';

const STATES: Readonly<Record<string, string>> = { scheduled: 'pending', sent: 'success', gone: 'deleted' };

/** Ayrshare's API in memory, with the parts we use. `takenDown` holds what was public and was deleted all the same. */
export function createAyrshareFake(): FakeScheduler & { readonly takenDown: string[] } {
  const queue: QueuedPost[] = [];
  const strange: string[] = [];
  const takenDown: string[] = [];
  const viewOf = (post: QueuedPost) => ({
    id: post.id,
    post: post.text,
    platforms: post.channel.split(','),
    scheduleDate: new Date(post.at).toISOString(),
    status: STATES[post.status] ?? post.status,
    type: 'scheduled',
  });
  const fake = {
    queue,
    strange,
    takenDown,
    isStuck: false,
    answer(request: Parameters<FakeScheduler['answer']>[0]): ServerAnswer {
      const { pathname, searchParams } = new URL(request.path, 'http://fake');
      if (request.headers.authorization !== `Bearer ${KEY}`)
        return {
          status: 403,
          body: { action: 'authorization', status: 'error', code: 102, message: 'API key' },
        };
      const route = `${request.method} ${pathname}`;
      if (route === 'GET /user') return { body: { activeSocialAccounts: ['instagram'], title: 'Agence' } };
      if (route === 'GET /history') {
        for (const key of searchParams.keys())
          if (!['limit', 'lastDays', 'status', 'platforms', 'type', 'startDate', 'endDate'].includes(key))
            strange.push(key);
        if (Number(searchParams.get('limit')) > 1_000) strange.push('limit');
        const wanted = queue.filter((post) => viewOf(post).status === searchParams.get('status'));
        return wanted.length === 0
          ? { status: 400, body: { history: { action: 'get', status: 'error', code: 221 }, count: 0 } }
          : { body: { history: wanted.map(viewOf), count: wanted.length } };
      }
      const [, id] = /^\/history\/([^/]+)$/u.exec(pathname) ?? [];
      if (request.method === 'GET' && id !== undefined) {
        const one = queue.find((post) => post.id === id);
        return one
          ? { body: viewOf(one) }
          : { status: 404, body: { action: 'history', status: 'error', code: 221 } };
      }
      if (route !== 'DELETE /post') {
        strange.push(route);
        return { status: 404, body: { status: 'error' } };
      }
      const body = jsonOf(request) as { id?: string };
      if (Object.keys(body).join() !== 'id') strange.push(JSON.stringify(body));
      const found = queue.find((post) => post.id === body.id);
      if (!found) return { status: 404, body: { action: 'delete', status: 'error', code: 114 } };
      if (found.status === 'sent') takenDown.push(found.id);
      if (!fake.isStuck) found.status = 'gone';
      return { body: { status: 'success', id: found.id } };
    },
  };
  return fake;
}
