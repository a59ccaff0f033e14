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

const codeOf = (text: string) => {
  const read = readAnswers(text);
  return read.ok ? '' : read.error.code;
};

describe('a file of answers', () => {
  test('is read as it was written, without signs that hide what it says', () => {
    expect(readAnswers(`\uFEFF${fileOf({ name: ' Camille\u202e Roux\u0007' })}`)).toMatchObject({
      ok: true,
      value: { name: 'Camille  Roux', answers: [{ postId: 12, answer: 'yes' }] },
    });
  });

  test('is refused with a reason when it is something else, too long, newer, empty, or names nobody', () => {
    expect(codeOf('{')).toBe('answers-unreadable');
    expect(codeOf('[1]')).toBe('answers-none');
    expect(codeOf(fileOf({ format: 'other' }))).toBe('answers-unreadable');
    expect(codeOf(fileOf({ version: 2 }))).toBe('answers-newer');
    expect(codeOf(fileOf({ answers: [] }))).toBe('answers-none');
    expect(codeOf(fileOf({ name: '  ' }))).toBe('answers-nobody');
    expect(codeOf('x'.repeat(MOST_CHARACTERS + 1))).toBe('answers-too-long');
    const answer = { post: 1, code: 'a'.repeat(64), answer: 'yes', remark: '' };
    expect(codeOf(fileOf({ answers: Array(MOST_ANSWERS + 1).fill(answer) }))).toBe('answers-unreadable');
    expect(codeOf(fileOf({ answers: [{ ...answer, answer: 'maybe' }] }))).toBe('answers-unreadable');
    expect(codeOf(fileOf({ answers: [{ ...answer, post: -1 }] }))).toBe('answers-unreadable');
  });

  test('whatever the text, there is an answer or a refusal', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' })), (text) => {
        const read = readAnswers(text);
        if (read.ok) expect(read.value.answers.length).toBeGreaterThan(0);
      }),
    );
  });
});

// With expressions that look for a line's beginning in every line after it this takes minutes, and main's loop with it.
test.each(['\n', '\r\n', '\u2028', ' \n', '> \n'])('empty lines by the thousand take no time: %j', (line) => {
  expect(readAnswers(`x${line.repeat(100_000)}x`)).toMatchObject({
    ok: false,
    error: { code: 'answers-none' },
  });
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
