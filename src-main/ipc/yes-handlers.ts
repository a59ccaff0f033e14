import { contentHashOf } from '../calendar/import-key.ts';
import type { PostId } from '../core/post.ts';
import { ok, refuse } from '../core/result.ts';
import { postLines } from '../stop/yes-events.ts';
import { type Desk, deskChanged, needDesk, type OpenDesk } from './desk.ts';
import type { Handlers } from './serve.ts';

type YesHandlers = Pick<Handlers, 'yes.read' | 'yes.setBrand' | 'yes.require' | 'yes.letGo'>;

/** Whose yes posts need, and letting one go without. The answers of a client are read in `yes-answers.ts`. */
export function createYesHandlers(desk: Desk): YesHandlers {
  const by = () => desk.settings.read().personName;

  async function record(
    { storage }: OpenDesk,
    event: string,
    ids: readonly PostId[],
    who: string,
    details: Record<string, string> = {},
  ): Promise<void> {
    const posts = await storage.posts.readMany(ids);
    for (const line of postLines(event, posts, contentHashOf, who, details)) {
      desk.engine.record(line);
      // Each line waits for the disk: others have their turn in between.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  return {
    async 'yes.read'() {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const [brands, waiting] = await Promise.all([
        open.value.storage.yes.brands(),
        open.value.storage.yes.waiting(),
      ]);
      return ok({
        brands: [...brands].map(([brandId, from]) => ({ brandId, from })),
        waiting: waiting.map((line) => ({ ...line })),
        posts: waiting.reduce((sum, line) => sum + line.posts, 0),
      });
    },

    async 'yes.setBrand'({ brandId, from }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const { storage, directory } = open.value;
      const brand = (await directory.read()).brands.get(brandId);
      if (!brand) return refuse('no-such-brand', 'This brand is no longer there.');
      const was = (await storage.yes.brands()).get(brandId) ?? '';
      if (was === from) return ok({ kept: true });
      await storage.yes.setBrand(brandId, from);
      desk.engine.record({
        event: from === '' ? 'brand.needs-no-yes' : 'brand.needs-yes',
        by: by(),
        details: { brand: brandId, name: brand.name, from: from === '' ? was : from },
      });
      desk.notify('desk.changed', {});
      return ok({ kept: true });
    },

    async 'yes.require'({ postIds, from }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const unique = [...new Set(postIds)];
      const done = await open.value.storage.yes.require(unique, from, desk.clock.now());
      await record(open.value, 'posts.need-yes', done, by(), { from });
      deskChanged(desk);
      return ok({ changed: done.length, left: unique.length - done.length });
    },

    async 'yes.letGo'({ postIds, by: who }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const unique = [...new Set(postIds)];
      const done = await open.value.storage.yes.letGo(unique, who, desk.clock.now());
      await record(open.value, 'posts.without-yes', done, who);
      deskChanged(desk);
      return ok({ changed: done.length, left: unique.length - done.length });
    },
  };
}
