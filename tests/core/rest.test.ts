import { expect, test } from 'vitest';
import { restAsked } from '../../src-main/core/rest.ts';

const NOW = Date.UTC(2026, 11, 1, 8, 30);
const SECONDS = NOW / 1_000;
const asked = (status: number, headers: Record<string, string>) => {
  const until = restAsked({ status, headers, text: '', json: undefined }, NOW);
  return until === null ? null : until - NOW;
};

test.each<[string, number, Record<string, string>, number | null]>([
  ['nothing', 200, {}, null],
  ['something left', 200, { 'x-ratelimit-remaining': '1', 'x-ratelimit-reset-after': '5' }, null],
  [
    'nothing left, in seconds with fractions',
    200,
    {
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset-after': '1.337',
      'x-ratelimit-reset': `${SECONDS + 9}`,
    },
    1_337,
  ],
  [
    'nothing left, since 1970',
    200,
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${SECONDS + 90}` },
    90_000,
  ],
  [
    'nothing left, as a date',
    201,
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2026-12-01T08:35:00.000Z' },
    300_000,
  ],
  [
    'another spelling',
    201,
    { 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': `${SECONDS + 60}` },
    60_000,
  ],
  [
    'a day’s limit, used up before that of a quarter of an hour',
    201,
    {
      'x-rate-limit-remaining': '7',
      'x-rate-limit-reset': `${SECONDS + 60}`,
      'x-user-limit-24hour-remaining': '0',
      'x-user-limit-24hour-reset': `${SECONDS + 3_600}`,
    },
    3_600_000,
  ],
  [
    'the standard’s spelling, as a wait',
    200,
    { 'ratelimit-remaining': '0', 'ratelimit-reset': '42' },
    42_000,
  ],
  ['too many, for some seconds', 429, { 'retry-after': '120' }, 120_000],
  ['too many, until a date', 429, { 'retry-after': 'Tue, 01 Dec 2026 08:31:00 GMT' }, 60_000],
  [
    'too many, and a limit that lasts longer',
    429,
    { 'retry-after': '1', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': '7' },
    7_000,
  ],
  ['a wait of a refusal that is not for being too many', 503, { 'retry-after': '120' }, null],
  ['what is past', 200, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${SECONDS - 1}` }, null],
  ['what is no time', 200, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'soon' }, null],
  ['a year, which nobody means', 429, { 'retry-after': '31536000' }, 24 * 3_600_000],
])('%s', (_, status, headers, ms) => {
  expect(asked(status, headers)).toBe(ms);
});
