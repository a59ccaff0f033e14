import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { effectOf } from '../../src-main/yes/judge-answers.ts';
import { MOST_ANSWERS, MOST_CHARACTERS, readAnswers } from '../../src-main/yes/read-answers.ts';
import { yesCode } from '../../src-main/yes/yes-code.ts';
import { AT, postOf } from './sample-asking.ts';

const DESK = 'a1b2c3d4e5f60718';

function fileOf(more: Record<string, unknown> = {}): string {
  return JSON.stringify({
    format: 'all-stop-answers',
    version: 1,
    desk: DESK,
    request: '0123456789abcdef',
    name: 'Camille Roux',
    answeredAt: AT - 1_000,
    answers: [{ post: 12, publishAt: AT, code: 'a'.repeat(64), answer: 'yes', remark: '' }],
    ...more,
  });
}

const codeOf = async (text: string) => {
  const read = await readAnswers(text);
  return read.ok ? '' : read.error.code;
};
/** What is refused, and the line it names. */
const placeOf = async (text: string) => {
  const read = await readAnswers(text);
  return read.ok ? '' : `${read.error.code} ${/\((\d+)\)/u.exec(read.error.message)?.[1] ?? ''}`;
};

describe('a file of answers', () => {
  test('is read as it was written, without signs that hide what it says', async () => {
    expect(await readAnswers(`\uFEFF${fileOf({ name: ' Camille\u202e Roux\u0007' })}`)).toMatchObject({
      ok: true,
      value: { name: 'Camille  Roux', answers: [{ postId: 12, answer: 'yes' }] },
    });
  });

  test('is refused with a reason when it is something else, too long, newer, empty, or names nobody', async () => {
    expect(await codeOf('{')).toBe('answers-unreadable');
    expect(await codeOf('[1]')).toBe('answers-none');
    expect(await codeOf(fileOf({ format: 'other' }))).toBe('answers-unreadable');
    expect(await codeOf(fileOf({ version: 2 }))).toBe('answers-newer');
    expect(await codeOf(fileOf({ answers: [] }))).toBe('answers-none');
    expect(await codeOf(fileOf({ name: '  ' }))).toBe('answers-nobody');
    expect(await codeOf('x'.repeat(MOST_CHARACTERS + 1))).toBe('answers-too-long');
    const answer = { post: 1, code: 'a'.repeat(64), answer: 'yes', remark: '' };
    expect(await codeOf(fileOf({ answers: Array(MOST_ANSWERS + 1).fill(answer) }))).toBe(
      'answers-unreadable',
    );
    expect(await codeOf(fileOf({ answers: [{ ...answer, answer: 'maybe' }] }))).toBe('answers-unreadable');
    expect(await codeOf(fileOf({ answers: [{ ...answer, post: -1 }] }))).toBe('answers-unreadable');
  });

  test('whatever the text, there is an answer or a refusal', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' })), async (text) => {
        const read = await readAnswers(text);
        if (read.ok) expect(read.value.answers.length).toBeGreaterThan(0);
      }),
    );
  });
});

test('what cannot be read is refused with its line', async () => {
  const lines = (one: string) => one.split(',').join(',\n');
  const answer = { post: 1, code: 'a'.repeat(64), answer: 'yes', remark: '' };
  expect(await placeOf(lines(fileOf()).replace('"version"', 'version'))).toBe('answers-unreadable 2');
  const maybe = lines(fileOf({ answers: [answer, { ...answer, answer: 'maybe' }] }));
  expect(await placeOf(maybe)).toBe(
    `answers-unreadable ${maybe.slice(0, maybe.indexOf('maybe')).split('\n').length}`,
  );
  expect(await placeOf('\n\nName: Camille\n#12-3f2a9c0b1d perhaps')).toBe('answers-unreadable 4');
});

test('of an e-mail, lines that begin like an answer and are none are named beside those that are', async () => {
  const text =
    'Hello,\n> #1-aaaaaaaaaa yes\n#2-3f2a9c0b1d ok for me\n#3-3f2a9c0b1\n#2026-christmas is near\n#4-3F2A9C0B oui\nName: C';
  expect(await readAnswers(text)).toMatchObject({
    value: { answers: [{ postId: 1 }], unread: [{ line: 3, text: '#2-3f2a9c0b1d ok for me' }, { line: 6 }] },
  });
});

// Each of these kept main's loop for a quarter of a second or much longer when it was read in one step.
const HUGE: readonly [string, string][] = [
  ...['\n', '\r\n', '\u2028', ' \n', '> \n', '#1-0\n'].map((line): [string, string] => [
    `lines ${JSON.stringify(line)}`,
    `x${line.repeat(3_999_998 / line.length)}x`,
  ]),
  ['brackets', `{"a":${'['.repeat(3_999_990)}`],
  ['objects', `{"answers":[${'{},'.repeat(1_300_000)}{}]}`],
  ['members', `{${Array.from({ length: 250_000 }, (_, n) => `"k${n}":1`).join(',')}}`],
];
test.each(HUGE)('four megabytes of %s are refused without holding others up', async (_, text) => {
  let [turns, isOver] = [0, false];
  const turn = () => {
    turns += 1;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  expect(await readAnswers(text)).toMatchObject({
    ok: false,
    error: { code: text.startsWith('{') ? 'answers-too-long' : 'answers-none' },
  });
  isOver = true;
  // What is refused by its shape is refused at once; many lines are read in steps.
  if (text.split('\n').length > 100_000) expect(turns).toBeGreaterThan(0);
});

describe('what an answer does', () => {
  const given = (more: Partial<Parameters<typeof effectOf>[1]> = {}) => ({
    postId: 12,
    code: yesCode(postOf(), DESK),
    answer: 'yes' as const,
    remark: '',
    ...more,
  });
  const by = { desk: DESK, name: 'Camille Roux' };
  const now = { deskId: DESK, now: AT - 60_000, isTwice: false };

  test('it is done for the post as it was shown, whole code or copied by hand', () => {
    expect(effectOf(postOf(), given(), by, now)).toBe('yes');
    expect(effectOf(postOf(), given({ answer: 'no' }), by, now)).toBe('no');
    expect(effectOf(postOf(), given({ code: given().code.slice(0, 10) }), { ...by, desk: '' }, now)).toBe(
      'yes',
    );
    expect(effectOf(postOf(), given(), { ...by, name: 'camille  RÒUX' }, now)).toBe('yes');
  });

  test('nothing is done for anything else, and each reason is its own', () => {
    const content = { parts: ['Spring is here!'], link: '', media: [] };
    expect(effectOf(undefined, given(), by, now)).toBe('unknown');
    expect(effectOf(postOf(), given(), { ...by, desk: 'ff' }, now)).toBe('other-desk');
    expect(effectOf(postOf({ content }), given(), by, now)).toBe('changed');
    expect(effectOf(postOf({ publishAt: AT + 60_000 }), given(), by, now)).toBe('changed');
    expect(effectOf(postOf(), given(), by, { ...now, isTwice: true })).toBe('twice');
    expect(effectOf(postOf({ reason: 'said-no' }), given(), by, now)).toBe('answered');
    const agreed = { state: 'scheduled', reason: '', yes: { from: 'Camille Roux', for: AT } } as const;
    expect(effectOf(postOf(agreed), given(), by, now)).toBe('answered');
    expect(effectOf(postOf(), given(), by, { ...now, now: AT })).toBe('past');
    expect(effectOf(postOf({ state: 'missed', reason: 'no-yes' }), given(), by, now)).toBe('past');
    expect(effectOf(postOf({ state: 'canceled', reason: 'by-person' }), given(), by, now)).toBe('gone');
    expect(effectOf(postOf(), given(), { ...by, name: 'Camille' }, now)).toBe('other-person');
    const { yes: _, ...unasked } = postOf();
    expect(effectOf(unasked, given(), by, now)).toBe('not-asked');
  });

  test('any change of words, link, picture, its text, account or time is another code', () => {
    const media = { sha256: 'b'.repeat(64), mime: 'image/png', bytes: 1, name: 'a', altText: 'A vase' };
    const content = { parts: ['a', 'b'], link: 'https://a.example', media: [media] };
    const variants = [
      postOf(),
      postOf({ id: 13 }),
      postOf({ accountId: 4 }),
      postOf({ publishAt: AT + 1 }),
      postOf({ content }),
      postOf({ content: { ...content, parts: ['a b'] } }),
      postOf({ content: { ...content, parts: ['A', 'b'] } }),
      postOf({ content: { ...content, link: '' } }),
      postOf({ content: { ...content, media: [{ ...media, altText: 'A vase.' }] } }),
      postOf({ content: { ...content, media: [{ ...media, sha256: 'c'.repeat(64) }] } }),
    ];
    const codes = [...variants.map((post) => yesCode(post, DESK)), yesCode(postOf(), 'ff')];
    expect(new Set(codes).size).toBe(codes.length);
  });
});
