import type { Post } from '../core/post.ts';
import { lacksYes } from '../core/yes.ts';
import type { GivenAnswer, GivenAnswers } from './read-answers.ts';
import { yesCode } from './yes-code.ts';

/** What an answer does: 'yes' and 'no' are done, every other is why nothing is. */
export type AnswerEffect =
  | 'yes'
  | 'no'
  | 'other-person' // somebody else than who was asked; done only when a person says that it counts
  | 'unknown' // there is no such post here
  | 'other-desk' // the page was made from another data folder
  | 'changed' // its words, pictures or time are not those that were shown
  | 'twice' // the file answers it more than once
  | 'not-asked' // it needs no yes
  | 'answered'
  | 'past' // its time has passed
  | 'gone'; // it waits no more for another reason: canceled, or held by a person

/** Decides of one answer; changes nothing. `isTwice`: the file has another one for the same post. */
export function effectOf(
  post: Post | undefined,
  given: GivenAnswer,
  all: Pick<GivenAnswers, 'desk' | 'name'>,
  asked: { readonly deskId: string; readonly now: number; readonly isTwice: boolean },
): AnswerEffect {
  if (all.desk !== '' && all.desk !== asked.deskId) return 'other-desk';
  if (post === undefined) return 'unknown';
  if (!yesCode(post, asked.deskId).startsWith(given.code)) return 'changed';
  if (asked.isTwice) return 'twice';
  if (post.yes === undefined) return 'not-asked';
  if (post.reason === 'said-no' || !lacksYes(post, post.publishAt)) return 'answered';
  if (post.publishAt <= asked.now || post.state === 'missed') return 'past';
  if (post.state !== 'held' || post.reason !== 'needs-yes') return 'gone';
  if (!isSamePerson(post.yes.from, all.name)) return 'other-person';
  return given.answer;
}

/** By the letters alone: 'camille  ROUX' is Camille Roux, and so is 'Camille Roux' with accents encoded apart. */
function isSamePerson(asked: string, answered: string): boolean {
  const fold = (name: string) =>
    name
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  return fold(asked) === fold(answered);
}
