import { z } from 'zod';
import { ok, type Result, refuse } from '../core/result.ts';
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

/** What a client sent back. `desk` is '' where the lines do not say it, `answeredAt` null likewise. */
export type GivenAnswers = {
  readonly desk: string;
  readonly request: string;
  readonly name: string;
  readonly answeredAt: number | null;
  readonly answers: readonly GivenAnswer[];
};

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
 * Reads a file of answers, or the lines of an e-mail with whatever stands around them. Whoever wrote it is not trusted: it says what somebody
 * answers, and nothing else. Refuses 'answers-too-long', 'answers-newer', 'answers-unreadable', 'answers-none', 'answers-nobody'.
 */
export function readAnswers(text: string): Result<GivenAnswers> {
  if (text.length > MOST_CHARACTERS)
    return refuse('answers-too-long', 'This is too long to be a file of answers.');
  const trimmed = text.replace(/^\uFEFF/u, '').trim();
  const given = trimmed.startsWith('{') ? fromFile(trimmed) : fromLines(trimmed);
  if (!given.ok) return given;
  if (given.value.answers.length === 0)
    return refuse('answers-none', 'No answer was found in this. Nothing was changed.');
  if (given.value.name === '')
    return refuse('answers-nobody', 'These answers name nobody: ask who gave them, and for the name.');
  return given;
}

function fromFile(text: string): Result<GivenAnswers> {
  const unreadable = refuse('answers-unreadable', 'This is no file of answers. Nothing was changed.');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return unreadable;
  }
  const { format, version } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  if (format === 'all-stop-answers' && typeof version === 'number' && version > 1)
    return refuse('answers-newer', 'These answers come from a newer version. Update All Stop first.');
  const parsed = file.safeParse(value);
  if (!parsed.success) return unreadable;
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
  });
}

const HEAD = /All Stop ([0-9a-f]{8,64})-([0-9a-f]{8,64})/u;
// HAZARD: what stands before a word stays on its line (`\s` would cross lines): else a file of empty lines is read for hours, and main with it.
const NAME = /^[>\p{Zs}\t]*(?:Name|Nom)[\p{Zs}\t]*:[ \t]*(\S.*)$/imu;
const DATE = /^[>\p{Zs}\t]*Date:[ \t]*(\d{4}-\d\d-\d\dT[\d:.]+Z)/imu;
const LINE = new RegExp(
  `^[>\\s]*#(\\d{1,15})-([0-9a-f]{${SHORT_DIGITS}})\\b[ \\t]+(YES|OUI|NO|NON)\\b[ \\t]*[:.,;–-]*[ \\t]*(.*)$`,
  'iu',
);

/** The lines may be quoted, and anything may stand between them. */
function fromLines(text: string): Result<GivenAnswers> {
  const head = HEAD.exec(text);
  const answers: GivenAnswer[] = [];
  for (const line of text.split(/\r?\n/u)) {
    const found = LINE.exec(line.slice(0, MOST_REMARK + 200));
    if (!found) continue;
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
  const date = Date.parse(DATE.exec(text)?.[1] ?? '');
  return ok({
    desk: head?.[1] ?? '',
    request: head?.[2] ?? '',
    name: cleaned(NAME.exec(text)?.[1] ?? '').slice(0, 200),
    answeredAt: Number.isFinite(date) ? date : null,
    answers,
  });
}

/** Without control characters and what turns the direction of writing round; line breaks stay. */
function cleaned(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be kept
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu, ' ').trim();
}
