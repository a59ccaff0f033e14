/**
 * Works on the database named by the first argument until it is killed, and writes down each thing only after the promise for it has
 * resolved: whatever it wrote must be found afterwards.
 */
import { writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { NewPost } from '../../src-main/core/queue.ts';
import { makePost, NOW, openOrThrow } from './sample-posts.ts';

export type Report =
  | { readonly kind: 'added'; readonly ids: readonly number[] }
  | { readonly kind: 'claimed'; readonly id: number; readonly key: string; readonly attempt: number }
  | { readonly kind: 'drafted'; readonly id: number; readonly parts: readonly string[] }
  | { readonly kind: 'settled'; readonly id: number; readonly url: string }
  | { readonly kind: 'importing' | 'imported'; readonly name: string };

/** Rows of one import, of which all or none must be there. */
export const IMPORT_ROWS = 6_000;

async function work(path: string, round: string): Promise<never> {
  const report = (what: Report) => writeSync(1, `${JSON.stringify(what)}\n`);
  const storage = await openOrThrow(path);
  const accounts = await storage.accounts.list();
  const postFor = (n: number, text: string, importKey: string | null = null): NewPost =>
    makePost(accounts[n % accounts.length]?.id ?? 0, { text, importKey, publishAt: NOW + n });
  async function* rows(name: string) {
    for (let from = 0; from < IMPORT_ROWS; from += 500) {
      yield Array.from({ length: 500 }, (_, n) =>
        postFor(1_000_000 + n, `${name} ${from + n}`, `${name} ${from + n}`),
      );
    }
  }
  for (let turn = 0; ; turn += 1) {
    const { ids } = await storage.posts.add(
      [0, 1, 2, 3].map((n) => postFor(n, `${round} ${turn} ${n}`)),
      NOW,
    );
    report({ kind: 'added', ids });
    const parts = [`${round} ${turn}`];
    const draft = await storage.drafts.save(
      {
        content: { parts, link: '', media: [] },
        variants: [],
        label: '',
        accountIds: [],
        localTime: '',
        timeZone: '',
      },
      (await storage.drafts.list())[0]?.id ?? null,
      NOW + turn,
    );
    report({ kind: 'drafted', id: draft.id, parts });
    const name = `import ${round} ${turn}`;
    report({ kind: 'importing', name });
    const importing = storage.posts.importAll(rows(name), NOW, () => undefined);
    for (let claim = 0; claim < 3; claim += 1) {
      const claims = await storage.posts.claimDue({
        now: NOW + 10,
        limit: 4,
        perAccount: 1,
        epoch: 1,
        stopped: [],
        floors: [],
        newKey: () => `key ${Math.random()}`,
      });
      for (const { post, key, attempt } of claims) report({ kind: 'claimed', id: post.id, key, attempt });
      const refs = (id: number) => [{ id: `${id}`, url: `https://example.org/${id}` }];
      await storage.posts.settle(
        claims.map(({ post, attempt }) => ({
          postId: post.id,
          attempt,
          state: 'published',
          reason: '',
          detail: '',
          refs: refs(post.id),
          retryAt: null,
          at: NOW,
        })),
      );
      for (const { post } of claims)
        report({ kind: 'settled', id: post.id, url: refs(post.id)[0]?.url ?? '' });
    }
    await importing;
    report({ kind: 'imported', name });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await work(process.argv[2] ?? '', process.argv[3] ?? '');
}
