import { contentHashOf } from '../calendar/import-key.ts';
import { createPacer } from '../calendar/pacer.ts';
import type { Post } from '../core/post.ts';
import type { Storage } from '../core/stores.ts';
import type { YesAnswer } from '../core/yes.ts';
import type { JournalEvent } from '../stop/journal.ts';
import { postLines } from '../stop/yes-events.ts';
import { deskIdOf } from './desk-id.ts';
import { type AnswerEffect, effectOf } from './judge-answers.ts';
import type { GivenAnswer, GivenAnswers } from './read-answers.ts';

/** Answers with the name of the file they came in; '' where they were pasted. */
export type ReadFile = GivenAnswers & { readonly file: string };
/** An answer, its post as it is now, and what it would do to it. */
export type Judged = {
  readonly given: GivenAnswer;
  readonly post: Post | undefined;
  readonly effect: AnswerEffect;
};
export type AnswerPorts = {
  readonly storage: Pick<Storage, 'posts' | 'yes' | 'facts'>;
  readonly randomBytes: (n: number) => Uint8Array;
  readonly now: () => number;
};

/** What each answer would do; changes nothing. */
export async function judgeAnswers(ports: AnswerPorts, read: GivenAnswers): Promise<readonly Judged[]> {
  const { storage, randomBytes, now } = ports;
  const deskId = await deskIdOf(storage.facts, randomBytes);
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
    const effect = effectOf(post, given, read, { deskId, now: now(), isTwice });
    judged.push({ given, post, effect });
  }
  return judged;
}

const counts = (effect: AnswerEffect, alsoOther: boolean) =>
  effect === 'yes' || effect === 'no' || (alsoOther && effect === 'other-person');

/**
 * Posts of the page these answers come from that wait on, also once what counts of them is done: nobody answered them, or the answer does
 * nothing. `alsoOther`: somebody else's answer than whose was asked for counts, too. Null where the page was not made here.
 */
export async function stillOpen(
  { storage, now }: AnswerPorts,
  read: GivenAnswers,
  judged: readonly Judged[],
  alsoOther: boolean,
): Promise<number | null> {
  if (read.request === '') return null;
  const open = await storage.yes.openOn(read.request, now());
  if (open === null) return null;
  const done = new Set(
    judged.flatMap(({ post, effect }) => (post && counts(effect, alsoOther) ? [post.id] : [])),
  );
  return open.filter((id) => !done.has(id)).length;
}

export type Taken = {
  readonly done: readonly { readonly answer: YesAnswer; readonly post: Post }[];
  /** Answers with which nothing was done. */
  readonly left: number;
  /** For the journal: who answered what, of which words and time, when, and who read it. */
  readonly lines: readonly JournalEvent[];
};

/** Does what counts, to posts that are still as they were judged. `alsoOther`: somebody else's answer than whose was asked for counts, too. */
export async function takeAnswers(
  { storage }: AnswerPorts,
  read: ReadFile,
  judged: readonly Judged[],
  { alsoOther, readBy, at }: { readonly alsoOther: boolean; readonly readBy: string; readonly at: number },
): Promise<Taken> {
  const wanted = judged.flatMap(({ given, post, effect }): { answer: YesAnswer; post: Post }[] => {
    if (!post || !counts(effect, alsoOther)) return [];
    const { answer, remark } = given;
    const answeredAt = read.answeredAt ?? at;
    const said = { answer, remark, by: read.name, answeredAt, publishAt: post.publishAt };
    return [{ answer: { ...said, postId: post.id }, post }];
  });
  const taken = new Set(
    await storage.yes.answer(
      wanted.map(({ answer }) => answer),
      readBy,
      at,
    ),
  );
  const done = wanted.filter(({ post }) => taken.has(post.id));
  const left = judged.length - done.length;
  return { done, left, lines: [...linesOf(read, done, readBy), summaryOf(read, done, left, readBy)] };
}

/** One with a remark has a line of its own. */
function linesOf(read: ReadFile, done: Taken['done'], by: string): readonly JournalEvent[] {
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

function summaryOf({ name: who, request, file }: ReadFile, done: Taken['done'], left: number, by: string) {
  const yes = done.filter(({ answer }) => answer.answer === 'yes').length;
  const details = { who, request, file, yes, no: done.length - yes, left };
  return { event: 'answers.read', by, details } satisfies JournalEvent;
}
