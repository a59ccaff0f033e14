import type { AnswerRow } from '../../src-preload/yes-views.ts';
import { contentHashOf } from '../calendar/import-key.ts';
import { createPacer } from '../calendar/pacer.ts';
import type { Post, PostId } from '../core/post.ts';
import { ok, refuse } from '../core/result.ts';
import type { YesAnswer } from '../core/yes.ts';
import type { JournalEvent } from '../stop/journal.ts';
import { postLines } from '../stop/yes-events.ts';
import { type AnswerEffect, effectOf } from '../yes/judge-answers.ts';
import { type GivenAnswer, type GivenAnswers, readAnswers } from '../yes/read-answers.ts';
import { type Desk, deskChanged, needDesk, type OpenDesk } from './desk.ts';
import type { Handlers } from './serve.ts';
import { deskIdOf } from './yes-pages.ts';

type Judged = { readonly given: GivenAnswer; readonly post: Post | undefined; readonly effect: AnswerEffect };
type Read = GivenAnswers & { readonly file: string };

const EXCERPT = 160;

/** What a client answered: looked at first, done as it was shown, taken back once. */
export function createYesAnswers(desk: Desk): Pick<Handlers, 'yes.preview' | 'yes.apply' | 'yes.undo'> {
  let prepared: { readonly id: string; readonly read: Read } | null = null;
  let last: { readonly ids: readonly PostId[]; readonly at: number } | null = null;
  const by = () => desk.settings.read().personName;

  async function judge({ storage }: OpenDesk, read: GivenAnswers): Promise<readonly Judged[]> {
    const deskId = await deskIdOf(storage.facts, desk.randomBytes);
    const times = new Map<number, number>();
    for (const { postId } of read.answers) times.set(postId, (times.get(postId) ?? 0) + 1);
    const found = new Map((await storage.posts.readMany([...times.keys()])).map((post) => [post.id, post]));
    const pace = createPacer(null);
    const judged: Judged[] = [];
    for (const given of read.answers) {
      const turn = pace();
      if (turn) await turn;
      const post = found.get(given.postId);
      const isTwice = (times.get(given.postId) ?? 0) > 1;
      const effect = effectOf(post, given, read, { deskId, now: desk.clock.now(), isTwice });
      judged.push({ given, post, effect });
    }
    return judged;
  }

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
      const given = readAnswers(text);
      if (!given.ok) return given;
      const read = { ...given.value, file };
      const judged = await judge(open.value, read);
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
      });
    },

    async 'yes.apply'({ previewId, alsoOther }) {
      const open = needDesk(desk);
      if (!open.ok) return open;
      if (prepared?.id !== previewId)
        return refuse('yes-no-preview', 'These answers are no longer there. Read them again.');
      const { read } = prepared;
      prepared = null;
      // Judged anew: what changed since the preview was shown is left as it is.
      const judged = await judge(open.value, read);
      const now = desk.clock.now();
      const wanted = judged.flatMap(({ given, post, effect }): { answer: YesAnswer; post: Post }[] => {
        const counts = effect === 'yes' || effect === 'no' || (alsoOther && effect === 'other-person');
        if (!post || !counts) return [];
        const { answer, remark } = given;
        const answeredAt = read.answeredAt ?? now;
        const said = { answer, remark, by: read.name, answeredAt, publishAt: post.publishAt };
        return [{ answer: { ...said, postId: post.id }, post }];
      });
      const taken = new Set(
        await open.value.storage.yes.answer(
          wanted.map(({ answer }) => answer),
          by(),
          now,
        ),
      );
      const done = wanted.filter(({ post }) => taken.has(post.id));
      if (done.length > 0) last = { ids: done.map(({ post }) => post.id), at: now };
      const left = judged.length - done.length;
      await record([...linesOf(read, done, by()), summaryOf(read, done, left, by())]);
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

type Done = { readonly answer: YesAnswer; readonly post: Post };

/** Who answered what, of which words and time, when, and who read it. One with a remark has a line of its own. */
function linesOf(read: Read, done: readonly Done[], by: string): readonly JournalEvent[] {
  const { name: who, request, file } = read;
  const answeredAt = new Date(read.answeredAt ?? 0).toISOString();
  const details = { who, request, file, ...(read.answeredAt !== null && { answeredAt }) };
  const lines: JournalEvent[] = [];
  for (const answer of ['yes', 'no'] as const) {
    const event = answer === 'yes' ? 'yes.given' : 'yes.refused';
    const mine = done.filter((one) => one.answer.answer === answer);
    const plain = mine.filter((one) => one.answer.remark === '').map(({ post }) => post);
    lines.push(...postLines(event, plain, contentHashOf, by, details));
    for (const { post, answer: said } of mine)
      if (said.remark !== '')
        lines.push(...postLines(event, [post], contentHashOf, by, { ...details, remark: said.remark }));
  }
  return lines;
}

function summaryOf({ name: who, request, file }: Read, done: readonly Done[], left: number, by: string) {
  const yes = done.filter(({ answer }) => answer.answer === 'yes').length;
  const details = { who, request, file, yes, no: done.length - yes, left };
  return { event: 'answers.read', by, details } satisfies JournalEvent;
}
