import { open as openFile, rename, rm } from 'node:fs/promises';
import { contentHashOf } from '../calendar/import-key.ts';
import { createPacer } from '../calendar/pacer.ts';
import type { Post } from '../core/post.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { postLines } from '../stop/yes-events.ts';
import { type AskedPost, type Asking, askText, createAskPage } from '../yes/ask-page.ts';
import { deskIdOf } from '../yes/desk-id.ts';
import { createChosenFiles } from './chosen-files.ts';
import { type Desk, needDesk, type OpenDesk } from './desk.ts';
import type { Names } from './directory.ts';
import { createPagePictures } from './page-pictures.ts';
import type { Handlers } from './serve.ts';

type Asked = Parameters<Handlers['yes.save']>[0];

/** Posts of one page: more than anybody answers in one go. */
const MOST_POSTS = 5_000;
/** Posts of a text that somebody pastes into an e-mail. */
const MOST_IN_TEXT = 100;
/** Files that are not on the page, by name. */
const MOST_NAMED = 20;
/** The page, or the text, that a client answers on. */
export function createYesPages(
  desk: Desk,
): Pick<Handlers, 'yes.save' | 'yes.text' | 'yes.largePictures' | 'yes.smallPicture'> {
  const pagePictures = createPagePictures(desk.dataDir);
  const chosen = createChosenFiles({
    dataDir: desk.dataDir,
    language: desk.language,
    monotonic: desk.clock.monotonic,
    randomBytes: desk.randomBytes,
  });

  /** Those that wait for this person and are still to come, by time, at most `most`; and how many there are. */
  async function waitingOf(
    { storage }: OpenDesk,
    { target, from }: Asked,
    most: number,
  ): Promise<{ posts: Post[]; all: number }> {
    const now = desk.clock.now();
    const posts: Post[] = [];
    let all = 0;
    const take = (some: readonly Post[]) => {
      for (const post of some) {
        if (post.reason !== 'needs-yes' || post.yes?.from !== from || post.publishAt <= now) continue;
        all += 1;
        if (posts.length < most) posts.push(post);
      }
    };
    if ('brandId' in target) {
      const filter = { brandId: target.brandId, states: ['held'], yes: 'waiting' } as const;
      for await (const some of storage.posts.stream(filter)) take(some);
    } else {
      const named = await storage.posts.readMany(target.postIds);
      take([...named].sort((a, b) => a.publishAt - b.publishAt || a.id - b.id));
    }
    return { posts, all };
  }

  async function askingOf(open: OpenDesk, asked: Asked, posts: readonly Post[]): Promise<Asking> {
    const names = await open.directory.read();
    const brands = [...new Set(posts.map(({ brandId }) => brandId))].map((id) => names.brands.get(id));
    const request = Buffer.from(desk.randomBytes(8)).toString('hex');
    return {
      brand: brands.map((brand) => brand?.name ?? '').join(', '),
      from: asked.from,
      language: asked.language,
      madeAt: desk.clock.now(),
      timeZone: brands[0]?.timeZone ?? 'UTC',
      deskId: await deskIdOf(open.storage.facts, desk.randomBytes),
      request,
      posts: posts.length,
      answerFile: `${asked.language === 'fr' ? 'reponses' : 'answers'}-${request.slice(0, 6)}.json`,
    };
  }

  const placed = (names: Names, post: Post, pictures: AskedPost['pictures']): AskedPost => {
    const account = names.accounts.get(post.accountId);
    const networkName = desk.connectorFor(account?.network ?? '')?.name ?? account?.network ?? '';
    return { post, account: account?.name ?? '', networkName, pictures };
  };

  async function write(
    open: OpenDesk,
    asking: Asking,
    posts: readonly Post[],
    path: string,
  ): Promise<readonly string[]> {
    const names = await open.directory.read();
    const page = createAskPage(asking);
    const pictures = pagePictures.begin();
    const pace = createPacer(null);
    const file = await openFile(path, 'w');
    try {
      await file.writeFile(page.head());
      for (const [index, post] of posts.entries()) {
        const turn = pace();
        if (turn) await turn;
        await file.writeFile(page.post(placed(names, post, await pictures.of(post.content)), index + 1));
      }
      await file.writeFile(page.end());
      await file.sync();
    } finally {
      await file.close();
    }
    return [...pictures.left.values()];
  }

  async function record(
    { storage }: OpenDesk,
    asking: Asking,
    posts: readonly Post[],
    file: string,
  ): Promise<void> {
    const { brand, from, language, request } = asking;
    await storage.yes.keepAsked(
      request,
      posts.map(({ id }) => id),
    );
    const details = { brand, from, language, request, file };
    for (const line of postLines(
      'yes.asked',
      posts,
      contentHashOf,
      desk.settings.read().personName,
      details,
    )) {
      desk.engine.record(line);
      // Each line waits for the disk: others have their turn in between.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  const nobodyWaits = (): Result<never> =>
    refuse('yes-nobody-waits', 'None of these posts waits for a yes of this person for a time to come.');

  return {
    async 'yes.largePictures'(asked) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      return ok(pagePictures.largeOf((await waitingOf(open.value, asked, MOST_POSTS)).posts));
    },

    async 'yes.smallPicture'({ sha256, bytes }) {
      return ok({ kept: pagePictures.keepSmall(sha256, bytes) });
    },

    async 'yes.save'(asked) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const { posts, all } = await waitingOf(open.value, asked, MOST_POSTS);
      if (posts.length === 0) return nobodyWaits();
      const asking = await askingOf(open.value, asked, posts);
      const picked = await desk.chooseReport('html', fileNameOf(asking));
      if (picked === null) return ok({ path: null, posts: 0, left: 0, pictures: 0, leftOut: [] });
      const offered = await chosen.offerExport(picked);
      if (!offered.ok) return offered;
      const path = chosen.take(offered.value.token, 'export');
      if (!path.ok) return path;
      const temporary = `${path.value}.new`;
      try {
        const leftOut = await write(open.value, asking, posts, temporary);
        await rename(temporary, path.value);
        await record(open.value, asking, posts, offered.value.name);
        return ok({
          path: path.value,
          posts: posts.length,
          left: all - posts.length,
          pictures: leftOut.length,
          leftOut: leftOut.slice(0, MOST_NAMED),
        });
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => {});
        return refuse('yes-not-saved', `The page could not be saved: ${(error as Error).message}`);
      }
    },

    async 'yes.text'(asked) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const { posts, all } = await waitingOf(open.value, asked, MOST_IN_TEXT);
      if (posts.length === 0) return nobodyWaits();
      const asking = await askingOf(open.value, asked, posts);
      const names = await open.value.directory.read();
      const text = askText(
        asking,
        posts.map((post) => placed(names, post, new Map())),
      );
      await record(open.value, asking, posts, '');
      return ok({ text, posts: posts.length, left: all - posts.length });
    },
  };
}

/** 'maison-lune-2026-11-23.html': letters every file system takes. */
function fileNameOf({ brand, madeAt, language }: Asking): string {
  const name = brand
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-+|-+$/gu, '')
    .slice(0, 60);
  const word = language === 'fr' ? 'accord' : 'yes';
  const day = new Date(madeAt).toISOString().slice(0, 10);
  return `${[word, name, day].filter((part) => part !== '').join('-')}.html`;
}
