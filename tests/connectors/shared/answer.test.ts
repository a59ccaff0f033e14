import { expect, test } from 'vitest';
import {
  cleanDetail,
  failureBeforeSend,
  failureOfAnswer,
  failureOfPreparing,
  failureOfSend,
  retryAt,
  wordsOf,
} from '../../../src-main/connectors/shared/answer.ts';
import { GateClosed, type HttpAnswer, NoAnswer } from '../../../src-main/core/connector.ts';

const NOW = Date.UTC(2026, 11, 1, 8, 0);
const aborted = new AbortController();
aborted.abort();
const open = {
  secrets: { token: 'sesame-sesame', pin: '12' },
  signal: new AbortController().signal,
  now: () => NOW,
};
const stopped = { ...open, signal: aborted.signal };
const answer = (
  status: number,
  headers: Record<string, string> = {},
  json: unknown = undefined,
): HttpAnswer => ({
  status,
  headers,
  text: '',
  json,
});
const refusals = { signedOut: [401], refused: [422], tryLater: [429] };

test('only what certainly did not leave may go again', () => {
  expect(failureOfSend(open, new GateClosed('stopped'))).toEqual({ kind: 'not-sent', detail: 'stopped' });
  expect(failureOfSend(open, new NoAnswer('ECONNREFUSED', false))).toEqual({
    kind: 'not-sent',
    detail: 'not reached: ECONNREFUSED',
  });
  expect(failureOfSend(stopped, new NoAnswer('stopped', false)).kind).toBe('not-sent');
  expect(failureOfSend(open, new NoAnswer('reset', true)).kind).toBe('unconfirmed');
  expect(failureOfSend(stopped, new NoAnswer('stopped', true)).kind).toBe('unconfirmed');
});

test('before anything was published nothing is unconfirmed', () => {
  expect(failureBeforeSend(open, new NoAnswer('reset', true)).kind).toBe('try-later');
  expect(failureBeforeSend(open, new NoAnswer('ENOTFOUND', false)).kind).toBe('not-sent');
  expect(failureBeforeSend(stopped, new NoAnswer('stopped', true)).kind).toBe('not-sent');
  expect(failureBeforeSend(open, new GateClosed('stopped')).kind).toBe('not-sent');
  expect(failureOfPreparing(open, answer(500), refusals).kind).toBe('try-later');
  expect(failureOfPreparing(open, answer(422), refusals).kind).toBe('refused');
});

test('a mistake of ours is not taken for a network’s answer', () => {
  expect(() => failureOfSend(open, new TypeError('oops'))).toThrow('oops');
  expect(() => failureBeforeSend(open, new TypeError('oops'))).toThrow('oops');
});

test('every status that is in no list may have published', () => {
  const listed = new Set([401, 422, 429]);
  for (let status = 200; status < 600; status += 1) {
    const { kind } = failureOfAnswer(open, answer(status), refusals);
    expect(kind === 'unconfirmed', String(status)).toBe(!listed.has(status));
  }
});

test.each([
  [{ 'retry-after': '90' }, NOW + 90_000],
  [{ 'retry-after': '0' }, NOW],
  [{ 'retry-after': 'Tue, 01 Dec 2026 08:05:00 GMT' }, NOW + 300_000],
  [{ 'retry-after': 'Tue, 01 Dec 2026 07:00:00 GMT' }, NOW],
  [{ 'x-ratelimit-reset': '2026-12-01T08:10:00.000Z' }, NOW + 600_000],
  [{ 'ratelimit-reset': String(NOW / 1_000 + 60) }, NOW + 60_000],
  [{ 'retry-after': 'soon' }, null],
  [{}, null],
] as const)('%j asks to wait until %s', (headers, at) => {
  expect(retryAt(answer(429, headers), NOW)).toBe(at);
});

test('a detail is one short line without secrets', () => {
  expect(cleanDetail(open, ' refused\n\twith sesame-sesame 12 ')).toBe('refused with … 12');
  expect(cleanDetail(open, 'x'.repeat(1_000))).toHaveLength(301);
  expect(cleanDetail(open, `${'x'.repeat(295)}sesame-sesame`)).not.toContain('ses');
});

test('the network’s own words are kept where it has some', () => {
  expect(wordsOf(open, answer(422, {}, { error: 'Text too long' }))).toBe('HTTP 422: Text too long');
  expect(wordsOf(open, answer(400, {}, { error: 'invalid_grant', error_description: 'Code expired' }))).toBe(
    'HTTP 400: Code expired',
  );
  expect(wordsOf(open, answer(502, {}, ['no', 'object']))).toBe('HTTP 502');
});
