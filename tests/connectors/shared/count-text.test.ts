import { describe, expect, test } from 'vitest';
import { countBytes, countText } from '../../../src-main/connectors/shared/count-text.ts';
import { PLAIN } from '../../../src-main/connectors/shared/plain-limits.ts';

const grapheme = { ...PLAIN, counting: 'grapheme', urlLength: null } as const;

test.each([
  ['', 0],
  ['plain', 5],
  ['é', 1],
  ['e\u0301', 1],
  ['a\r\nb', 3],
  ['a\nb', 3],
  ['👩‍👩‍👧‍👦', 1],
  ['🇫🇷🇧🇪', 2],
  ['👍🏽', 1],
  ['नमस्ते', 3],
  ['\u00a0«\u202fà\u202f»', 6],
])('%j is %i characters to a person', (text, length) => {
  expect(countText(text, grapheme)).toBe(length);
});

test('the same text is longer in code points and longest in UTF-16', () => {
  const text = '👩‍👩‍👧‍👦!';
  expect(countText(text, grapheme)).toBe(2);
  expect(countText(text, { ...PLAIN, counting: 'code-point', urlLength: null })).toBe(8);
  expect(countText(text, { ...PLAIN, counting: 'utf16', urlLength: null })).toBe(12);
  expect(countBytes(text)).toBe(26);
});

describe('where every address counts the same', () => {
  const limits = { ...PLAIN, counting: 'grapheme', urlLength: 23 } as const;
  test.each([
    ['https://a.b', 23],
    [`https://example.com/${'a'.repeat(500)}?x=1#y`, 23],
    ['see https://example.com.', 4 + 23 + 1],
    ['(https://example.com/a)', 1 + 23 + 1],
    ['« https://example.com/été »', 4 + 23],
    ['http://a.example and https://b.example', 23 + 5 + 23],
    ['HTTPS://EXAMPLE.COM', 23],
    ['example.com', 11],
    ['ftp://example.com', 17],
    ['https:// nothing', 16],
  ])('%j is %i', (text, length) => {
    expect(countText(text, limits)).toBe(length);
  });
});

test('what is written otherwise is counted as it is sent, on both sides of an address', () => {
  const written = (text: string) => text.replaceAll('&', '&amp;');
  const limits = { ...PLAIN, written, counting: 'utf16', urlLength: null } as const;
  expect(countText('a & b', limits)).toBe(9);
  expect(countText('& https://a.b/?x=1&y=2 &', { ...limits, urlLength: 10 })).toBe(5 + 1 + 10 + 1 + 5);
});
