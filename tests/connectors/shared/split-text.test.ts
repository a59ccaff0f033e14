import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countText } from '../../../src-main/connectors/shared/count-text.ts';
import { PLAIN } from '../../../src-main/connectors/shared/plain-limits.ts';
import { splitText } from '../../../src-main/connectors/shared/split-text.ts';
import type { Limits } from '../../../src-main/core/connector.ts';
import { samplePng } from '../../support/sample-content.ts';

const limits: Limits = {
  ...PLAIN,
  counting: 'grapheme',
  textLength: 40,
  textBytes: null,
  urlLength: null,
  mediaCount: 4,
  mediaBytes: 1_000_000,
  mediaMimes: ['image/png'],
  altTextLength: 100,
  threads: true,
};
const nothing = { link: '', media: [] };
const split = (text: string, ...more: readonly Limits[]) =>
  splitText(text, nothing, more.length > 0 ? more : [limits], 50);

test('parts end where sentences end, within the tightest limit', () => {
  const text = 'We open at nine. Tea is free all day. Bring a friend? Yes, do! See you there.';
  expect(split(text)).toEqual([
    'We open at nine. Tea is free all day.',
    'Bring a friend? Yes, do! See you there.',
  ]);
  expect(split(text, limits, { ...limits, textLength: 25 })).toEqual([
    'We open at nine.',
    'Tea is free all day.',
    'Bring a friend? Yes, do!',
    'See you there.',
  ]);
  expect(split('Short enough.')).toEqual(['Short enough.']);
});

test('a shortening ends no sentence, in English or French', () => {
  expect(split('The garden is open all day. Ask for Dr. Martin.')).toEqual([
    'The garden is open all day.',
    'Ask for Dr. Martin.',
  ]);
  expect(split('Le jardin est ouvert à tous. Demandez M. Martin.')).toEqual([
    'Le jardin est ouvert à tous.',
    'Demandez M. Martin.',
  ]);
});

test('a sentence that is too long is cut between words, an address is not, and a word only where nothing else is left', () => {
  expect(split('one two three four five six seven eight nine ten eleven')).toEqual([
    'one two three four five six seven eight',
    'nine ten eleven',
  ]);
  const address = 'https://example.com/a/long/path?x=1&y=2';
  expect(split(`Read all about it here: ${address}`)).toEqual(['Read all about it here:', address]);
  expect(split('x'.repeat(95))).toEqual(['x'.repeat(40), 'x'.repeat(40), 'x'.repeat(15)]);
});

test('the first part leaves room for the link where it stands in the text', () => {
  const link = 'https://example.com';
  const text = 'We open at nine. Tea is free. See you there.';
  const first = (rule: Limits, media = nothing.media) => splitText(text, { link, media }, [rule], 50)?.[0];
  expect(first(limits)).toBe('We open at nine.');
  expect(first({ ...limits, linkInText: false })).toBe('We open at nine. Tea is free.');
  const withMedia: Limits = { ...limits, linkInText: 'with-media' };
  expect(first(withMedia)).toBe('We open at nine. Tea is free.');
  expect(splitText(text, { link, media: [samplePng()] }, [withMedia], 50)?.[0]).toBe('We open at nine.');
});

test('more parts than there may be are none', () => {
  expect(splitText('A sentence of some length here. '.repeat(10), nothing, [limits], 5)).toBeNull();
  expect(splitText('word '.repeat(20_000), nothing, [limits], 50)).toBeNull();
});

test('whatever the text, every part fits and no word is lost', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.integer({ min: 5, max: 60 }),
      (text, most) => {
        const parts = split(text, { ...limits, textLength: most }) ?? [];
        const plain = (some: string) => some.replace(/\s+/gu, '');
        expect(plain(parts.join(''))).toBe(plain(text));
        for (const part of parts) expect(countText(part, limits)).toBeLessThanOrEqual(most);
      },
    ),
    { numRuns: 200 },
  );
});

// Counted anew for each piece of a part, these take many seconds, and main's loop with them.
test('a long text of short lines or initials is cut without counting it again and again', () => {
  const large = { ...limits, textLength: 50_000 };
  const lines = 'a\n'.repeat(24_000);
  expect(split(lines, large)).toEqual([lines.trim()]);
  const initials = 'A. '.repeat(16_000);
  expect(split(initials, large)).toEqual([initials.trim()]);
});

test('beside media the first part is as short as a caption, and signs count as they are sent', () => {
  const captioned: Limits = { ...limits, urlLength: null, textLength: 40, captionLength: 12 };
  const media = [samplePng()];
  expect(splitText('One two. Three four five. Six seven.', { link: '', media }, [captioned], 50)).toEqual([
    'One two.',
    'Three four five. Six seven.',
  ]);
  const heavy: Limits = { ...captioned, textLength: 20, written: (text) => text.replaceAll('&', '&amp;') };
  for (const part of splitText('Salt & sea & sand & sun & sky.', nothing, [heavy], 50) ?? [''])
    expect(countText(part, heavy)).toBeLessThanOrEqual(20);
});
