import { open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ICS_END, icsEvent, icsHead } from '../calendar/calendar-ics.ts';
import { calendarPage } from '../calendar/calendar-page.ts';
import { exportCalendar } from '../calendar/export-calendar.ts';
import { createPacer } from '../calendar/pacer.ts';
import type { ShownPost } from '../calendar/shown-post.ts';
import type { PostFilter } from '../core/queue.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { covers } from '../core/scope.ts';
import { toFilter } from './calendar-handlers.ts';
import { createChosenFiles } from './chosen-files.ts';
import { type Desk, needDesk, type OpenDesk } from './desk.ts';
import { placeOf } from './directory.ts';
import type { Handlers } from './serve.ts';

/** A page of more is read by nobody, and takes longer to print than anybody waits. */
const MOST_PRINTED = 2_000;

/** What the calendar shows, as a file: for other calendars, for spreadsheets, for paper. */
export function createCalendarFiles(desk: Desk): Pick<Handlers, 'calendar.save'> {
  const chosen = createChosenFiles({
    dataDir: desk.dataDir,
    language: desk.language,
    monotonic: desk.clock.monotonic,
    randomBytes: desk.randomBytes,
  });

  /** The posts of a filter with their names, in chunks, by time. */
  async function* shownPosts(
    { storage, directory }: OpenDesk,
    filter: PostFilter,
  ): AsyncGenerator<ShownPost[]> {
    const names = await directory.read();
    const covered = desk.engine.stop.gate
      .covered()
      .filter(({ reason }) => reason === 'stopped')
      .map(({ scope }) => scope);
    for await (const posts of storage.posts.stream(filter))
      yield posts.map((post) => {
        const account = names.accounts.get(post.accountId);
        const place = placeOf(names, post.accountId);
        return {
          post,
          brand: names.brands.get(post.brandId)?.name ?? '',
          account: account?.name ?? '',
          networkName: desk.connectorFor(account?.network ?? '')?.name ?? account?.network ?? '',
          isHeldByStop:
            post.state === 'scheduled' && place !== null && covered.some((scope) => covers(scope, place)),
        };
      });
  }

  async function writeIcs(from: OpenDesk, filter: PostFilter, path: string): Promise<number> {
    const pace = createPacer(null);
    const file = await open(path, 'w');
    let posts = 0;
    try {
      await file.writeFile(icsHead('All Stop'));
      for await (const chunk of shownPosts(from, filter)) {
        let text = '';
        for (const one of chunk) {
          const turn = pace();
          if (turn) await turn;
          text += icsEvent(one, desk.language());
        }
        await file.writeFile(text);
        posts += chunk.length;
      }
      await file.writeFile(ICS_END);
      await file.sync();
    } finally {
      await file.close();
    }
    return posts;
  }

  async function readAll(from: OpenDesk, filter: PostFilter): Promise<Result<ShownPost[]>> {
    const { total } = await from.storage.posts.page(filter, 'soonest', 0, 1);
    if (total > MOST_PRINTED)
      return refuse('too-many-to-print', `More posts than can be printed: ${MOST_PRINTED}`);
    const all: ShownPost[] = [];
    for await (const chunk of shownPosts(from, filter)) all.push(...chunk);
    return ok(all);
  }

  return {
    async 'calendar.save'({ format, timeZone, ...asked }) {
      const opened = needDesk(desk);
      if (!opened.ok) return opened;
      const from = opened.value;
      const filter = { ...toFilter(asked), from: asked.from, to: asked.to };
      const printed = format === 'pdf' ? await readAll(from, filter) : null;
      if (printed && !printed.ok) return printed;
      const day = new Date(filter.from + (filter.to - filter.from) / 2).toISOString().slice(0, 7);
      const picked = await desk.chooseCalendar(format, `all-stop-${day}.${format}`);
      if (picked === null) return ok({ path: null, posts: 0, leftOut: 0 });
      const offered = await chosen.offerExport(picked);
      if (!offered.ok) return offered;
      const taken = chosen.take(offered.value.token, 'export');
      if (!taken.ok) return taken;
      const path = taken.value;
      if (format === 'csv') {
        const done = await exportCalendar(
          { storage: from.storage, mediaDir: join(desk.dataDir, 'media') },
          path,
          { language: desk.language(), signal: null, onProgress: () => {}, filter },
        );
        if (!done.ok) return done;
        const { total } = await from.storage.posts.page(filter, 'soonest', 0, 1);
        return ok({ path, posts: done.value.rows, leftOut: Math.max(0, total - done.value.rows) });
      }
      const temporary = `${path}.new`;
      try {
        let posts = 0;
        if (format === 'ics') posts = await writeIcs(from, filter, temporary);
        else if (printed) {
          const names = await from.directory.read();
          const page = calendarPage(printed.value, {
            from: filter.from,
            to: filter.to,
            zone: timeZone,
            language: desk.language(),
            place: filter.brandId === undefined ? '' : (names.brands.get(filter.brandId)?.name ?? ''),
          });
          await writeFile(temporary, await desk.printPdf(page));
          posts = printed.value.length;
        }
        await rename(temporary, path);
        return ok({ path, posts, leftOut: 0 });
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => {});
        return refuse('calendar-not-saved', `The calendar could not be saved: ${(error as Error).message}`);
      }
    },
  };
}
