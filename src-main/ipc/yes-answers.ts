import type { AnswerRow } from '../../src-preload/yes-views.ts';
import { contentHashOf } from '../calendar/import-key.ts';
import type { PostId } from '../core/post.ts';
import { ok, refuse } from '../core/result.ts';
import type { JournalEvent } from '../stop/journal.ts';
import { postLines } from '../stop/yes-events.ts';
import type { AnswerEffect } from '../yes/judge-answers.ts';
import { readAnswers } from '../yes/read-answers.ts';
import { type AnswerPorts, judgeAnswers, type ReadFile, stillOpen, takeAnswers } from '../yes/take-up.ts';
import { type Desk, deskChanged, needDesk, type OpenDesk } from './desk.ts';
import type { Handlers } from './serve.ts';

const EXCERPT = 160;

/** What a client answered: looked at first, done as it was shown, taken back once. */
export function createYesAnswers(desk: Desk): Pick<Handlers, 'yes.preview' | 'yes.apply' | 'yes.undo'> {
  let prepared: { readonly id: string; readonly read: ReadFile } | null = null;
  let last: { readonly ids: readonly PostId[]; readonly at: number } | null = null;
  const by = () => desk.settings.read().personName;
  const portsOf = ({ storage }: OpenDesk): AnswerPorts => ({
    storage,
    randomBytes: desk.randomBytes,
    now: desk.clock.now,
  });

  async function record(lines: readonly JournalEvent[]): Promise<void> {
    for (const line of lines) {
      desk.engine.record(line);
      // Each line waits for the disk: others have their turn in between.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  return {
    async 'yes.preview'({ text, file }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      const given = await readAnswers(text);
      if (!given.ok) return given;
      const read = { ...given.value, file };
      const ports = portsOf(open.value);
      const judged = await judgeAnswers(ports, read);
      const names = await open.value.directory.read();
      const rows = judged.map(({ given: one, post, effect }): AnswerRow => {
        // Of what belongs elsewhere nothing is shown: a number alone names another post here.
        const mine = effect === 'unknown' || effect === 'other-desk' ? undefined : post;
        const account = names.accounts.get(mine?.accountId ?? 0);
        const brand = names.brands.get(mine?.brandId ?? 0);
        return {
          postId: one.postId,
          brand: brand?.name ?? '',
          account: account?.name ?? '',
          network: account?.network ?? '',
          text: (mine?.content.parts[0] ?? '').replace(/\s+/gu, ' ').slice(0, EXCERPT),
          publishAt: mine?.publishAt ?? null,
          timeZone: brand?.timeZone ?? 'UTC',
          from: mine?.yes?.from ?? '',
          answer: one.answer,
          remark: one.remark,
          effect,
        };
      });
      const count = (effect: AnswerEffect) => judged.filter((one) => one.effect === effect).length;
      const id = Buffer.from(desk.randomBytes(12)).toString('hex');
      prepared = { id, read };
      return ok({
        previewId: id,
        by: read.name,
        answeredAt: read.answeredAt,
        rows,
        yes: count('yes'),
        no: count('no'),
        otherPerson: count('other-person'),
        open: await stillOpen(ports, read, judged, false),
        openWithOther: await stillOpen(ports, read, judged, true),
        unread: read.unread.map((line) => ({ ...line })),
      });
    },

    async 'yes.apply'({ previewId, alsoOther }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      if (prepared?.id !== previewId)
        return refuse('yes-no-preview', 'These answers are no longer there. Read them again.');
      const { read } = prepared;
      prepared = null;
      const ports = portsOf(open.value);
      // Judged anew: what changed since the preview was shown is left as it is.
      const judged = await judgeAnswers(ports, read);
      const at = desk.clock.now();
      const { done, left, lines } = await takeAnswers(ports, read, judged, { alsoOther, readBy: by(), at });
      if (done.length > 0) last = { ids: done.map(({ post }) => post.id), at };
      await record(lines);
      deskChanged(desk);
      const yes = done.filter(({ answer }) => answer.answer === 'yes').length;
      return ok({ yes, no: done.length - yes, left });
    },

    async 'yes.undo'() {
      const open = needDesk(desk);
      if (!open.ok) return open;
      if (last === null) return refuse('yes-no-undo', 'There are no answers that can be taken back.');
      const { ids, at } = last;
      last = null;
      const { storage } = open.value;
      const restored = await storage.yes.undo(ids, at, desk.clock.now());
      const posts = await storage.posts.readMany(restored);
      await record(postLines('yes.taken-back', posts, contentHashOf, by(), {}));
      deskChanged(desk);
      return ok({ restored: restored.length, left: ids.length - restored.length });
    },
  };
}
