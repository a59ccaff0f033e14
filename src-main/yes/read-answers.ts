import { z } from 'zod';
import { createPacer } from '../calendar/pacer.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { lineAt, outlineOf } from './json-shape.ts';
import { SHORT_DIGITS } from './yes-code.ts';

/** Characters of a file of answers, or of an e-mail; more is not read. */
export const MOST_CHARACTERS = 4_000_000;
export const MOST_ANSWERS = 5_000;
const MOST_REMARK = 2_000;

/** One answer as it stands in the file. `code` is whole, or as much of it as a person copied by hand. */
export type GivenAnswer = {
  readonly postId: number;
  readonly code: string;
  readonly answer: 'yes' | 'no';
  readonly remark: string;
};

/** A line of an e-mail that begins like an answer and is none. `line` from 1. */
export type UnreadLine = { readonly line: number; readonly text: string };

/** What a client sent back. `desk` is '' where the lines do not say it, `answeredAt` null likewise. */
export type GivenAnswers = {
  readonly desk: string;
  readonly request: string;
  readonly name: string;
  readonly answeredAt: number | null;
  readonly answers: readonly GivenAnswer[];
  /** Only of an e-mail, at most a hundred. */
  readonly unread: readonly UnreadLine[];
};

const MOST_UNREAD = 100;
const hex = (most: number) => z.string().regex(new RegExp(`^[0-9a-f]{1,${most}}$`, 'u'));

const file = z.object({
  format: z.literal('all-stop-answers'),
  version: z.literal(1),
  desk: hex(64),
  request: hex(64),
  name: z.string().max(200),
  answeredAt: z.number().int().min(0).max(8.64e15),
  answers: z
    .array(
      z.object({
        post: z.number().int().positive().max(Number.MAX_SAFE_INTEGER),
        code: z.string().regex(/^[0-9a-f]{64}$/u),
        answer: z.enum(['yes', 'no']),
        remark: z.string().max(MOST_REMARK),
      }),
    )
    .max(MOST_ANSWERS),
});

/**
 * Reads a file of answers, or the lines of an e-mail with whatever stands around them, in steps between which others have their turn. Whoever
 * wrote it is not trusted: it says what somebody answers, and nothing else. Refuses 'answers-too-long', 'answers-newer', 'answers-unreadable'
 * (naming the line in brackets), 'answers-none', 'answers-nobody'.
 */
export async function readAnswers(text: string): Promise<Result<GivenAnswers>> {
  if (text.length > MOST_CHARACTERS)
    return refuse('answers-too-long', 'This is too long to be a file of answers.');
  const whole = text.replace(/^\uFEFF/u, '');
  const given = /^\s*\{/u.test(whole) ? await fromFile(whole) : await fromLines(whole);
  if (!given.ok) return given;
  const { answers, unread, name } = given.value;
  // Lines that could not be understood are told with the others that could; alone they are what is wrong.
  if (answers.length === 0 && unread[0] !== undefined) return unreadable(unread[0].line);
  if (answers.length === 0)
    return refuse('answers-none', 'No answer was found in this. Nothing was changed.');
  if (name === '')
    return refuse('answers-nobody', 'These answers name nobody: ask who gave them, and for the name.');
  return given;
}

function unreadable(line: number): Result<never> {
  return refuse('answers-unreadable', `This is no answer that can be read (${line}). Nothing was changed.`);
}

async function fromFile(text: string): Promise<Result<GivenAnswers>> {
  const items = await outlineOf(text, createPacer(null));
  if (items === null) return refuse('answers-too-long', 'This is too long to be a file of answers.');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const position = /\bposition (\d+)/u.exec((error as Error).message)?.[1];
    return unreadable(lineAt(text, position === undefined ? text.length : Number(position)));
  }
  const { format, version } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  if (format === 'all-stop-answers' && typeof version === 'number' && version > 1)
    return refuse('answers-newer', 'These answers come from a newer version. Update All Stop first.');
  const parsed = file.safeParse(value);
  if (!parsed.success)
    return unreadable(lineAt(text, placeOf(parsed.error.issues[0]?.path ?? [], text, items)));
  const { desk, request, name, answeredAt, answers } = parsed.data;
  return ok({
    desk,
    request,
    name: cleaned(name),
    answeredAt,
    answers: answers.map(({ post, code, answer, remark }) => ({
      postId: post,
      code,
      answer,
      remark: cleaned(remark),
    })),
    unread: [],
  });
}

/** Where what is wrong stands: its member, else the object it is missing from. */
function placeOf(path: readonly PropertyKey[], text: string, items: readonly number[]): number {
  const [first, index] = path;
  const isInAnswer = first === 'answers' && typeof index === 'number';
  const from = isInAnswer ? (items[index] ?? 0) : 0;
  const to = isInAnswer ? (items[index + 1] ?? text.length) : text.length;
  const member = path.at(-1);
  const at = typeof member === 'string' ? text.indexOf(`"${member}"`, from) : -1;
  return at >= 0 && at < to ? at : from;
}

const HEAD = /All Stop ([0-9a-f]{8,64})-([0-9a-f]{8,64})/u;
// Each is asked of one line, of which no more than the beginning is looked at.
const NAME = /^[>\p{Zs}\t]*(?:Name|Nom)[\p{Zs}\t]*:[ \t]*(\S.*)$/iu;
const DATE = /^[>\p{Zs}\t]*Date:[ \t]*(\d{4}-\d\d-\d\dT[\d:.]+Z)/iu;
const LINE = new RegExp(
  `^[>\\s]*#(\\d{1,15})-([0-9a-f]{${SHORT_DIGITS}})\\b[ \\t]+(YES|OUI|NO|NON)\\b[ \\t]*[:.,;–-]*[ \\t]*(.*)$`,
  'iu',
);

/** One that begins with a code, perhaps a misspelt one, and says something after it. */
const LIKE_AN_ANSWER = /^[>\s]*#\d{1,15}-(?=[a-z]*\d)[0-9a-z]{8,12}\b\s*\S/iu;
const LOOKED_AT = MOST_REMARK + 200;

/** The lines may be quoted, and anything may stand between them. */
async function fromLines(text: string): Promise<Result<GivenAnswers>> {
  const pace = createPacer(null);
  const answers: GivenAnswer[] = [];
  const unread: UnreadLine[] = [];
  let [head, name, date]: (RegExpExecArray | null)[] = [null, null, null];
  let line = 0;
  for (let from = 0; from <= text.length; line += 1) {
    const turn = line % 256 === 0 ? pace() : undefined;
    if (turn) await turn;
    const end = text.indexOf('\n', from);
    const upTo = end < 0 ? text.length : end;
    const said = text.slice(from, Math.min(upTo, from + LOOKED_AT)).replace(/\r$/u, '');
    from = upTo + 1;
    if (said === '') continue;
    head ??= HEAD.exec(said);
    name ??= NAME.exec(said);
    date ??= DATE.exec(said);
    const found = LINE.exec(said);
    if (!found) {
      if (unread.length < MOST_UNREAD && LIKE_AN_ANSWER.test(said))
        unread.push({ line: line + 1, text: cleaned(said).slice(0, 120) });
      continue;
    }
    const [, post = '', code = '', word = '', remark = ''] = found;
    if (answers.length === MOST_ANSWERS)
      return refuse('answers-too-long', 'This is too long to be a file of answers.');
    answers.push({
      postId: Number(post),
      code: code.toLowerCase(),
      answer: /^(?:yes|oui)$/iu.test(word) ? 'yes' : 'no',
      remark: cleaned(remark).slice(0, MOST_REMARK),
    });
  }
  const answeredAt = Date.parse(date?.[1] ?? '');
  return ok({
    desk: head?.[1] ?? '',
    request: head?.[2] ?? '',
    name: cleaned(name?.[1] ?? '').slice(0, 200),
    answeredAt: Number.isFinite(answeredAt) ? answeredAt : null,
    answers,
    unread,
  });
}

/** Without control characters and what turns the direction of writing round; line breaks stay. */
function cleaned(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be kept
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu, ' ').trim();
}
