import { expect, test } from 'vitest';
import { checkContent, firstError } from '../../../src-main/connectors/shared/check-content.ts';
import { partTexts } from '../../../src-main/connectors/shared/part-texts.ts';
import { PLAIN } from '../../../src-main/connectors/shared/plain-limits.ts';
import type { Limits } from '../../../src-main/core/connector.ts';
import { sampleContent, samplePng } from '../../support/sample-content.ts';

const limits: Limits = {
  ...PLAIN,
  counting: 'grapheme',
  textLength: 30,
  textBytes: 60,
  urlLength: 10,
  mediaCount: 2,
  mediaBytes: 1_000_000,
  mediaMimes: ['image/png'],
  altTextLength: 20,
  threads: true,
};
const codes = (...args: Parameters<typeof checkContent>) => checkContent(...args).map(({ code }) => code);

test('what fits has no problem', () => {
  expect(checkContent(sampleContent(['Bonjour'], { media: [samplePng()] }), limits)).toEqual([]);
});

test('what is too long is said with its length, in both languages and for each part', () => {
  const problems = checkContent(sampleContent(['fits', 'é'.repeat(31)]), { ...limits, textBytes: null });
  expect(problems).toEqual([
    {
      code: 'text-too-long',
      level: 'error',
      message: {
        en: 'The text is 31 characters long in part 2; 30 are allowed.',
        fr: 'Le texte compte 31 caractères dans la partie 2 ; 30 sont permis.',
      },
    },
  ]);
});

test('a text can be short in characters and too long in bytes', () => {
  expect(codes(sampleContent(['👩‍👩‍👧‍👦👩‍👩‍👧‍👦']), limits)).toEqual([]);
  expect(codes(sampleContent(['👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦']), limits)).toEqual(['text-too-long']);
});

test('the link counts where it is part of the text, and not where it is a card', () => {
  const content = sampleContent(['a'.repeat(19)], { link: 'https://example.com/a/long/one' });
  expect(codes(content, limits)).toEqual(['text-too-long']);
  expect(codes(content, { ...limits, linkInText: false })).toEqual([]);
  expect(codes(sampleContent(['a'.repeat(18)], { link: content.link }), limits)).toEqual([]);
});

test('the link stands under the first part, and once', () => {
  const link = 'https://example.com';
  expect(partTexts(sampleContent(['One', 'Two'], { link }), limits)).toEqual([`One\n\n${link}`, 'Two']);
  expect(partTexts(sampleContent([`See ${link}!`], { link }), limits)).toEqual([`See ${link}!`]);
  expect(partTexts(sampleContent([' '], { link }), limits)).toEqual([link]);
  expect(partTexts(sampleContent(['One']), limits)).toEqual(['One']);
});

test('nothing is empty that has a picture or a link, but every later part says something', () => {
  expect(codes(sampleContent([' \n']), limits)).toEqual(['text-empty']);
  expect(codes(sampleContent([]), limits)).toEqual(['text-empty']);
  expect(codes(sampleContent([''], { media: [samplePng()] }), limits)).toEqual([]);
  expect(codes(sampleContent([''], { link: 'https://a.b' }), { ...limits, linkInText: false })).toEqual([]);
  expect(codes(sampleContent(['', ''], { media: [samplePng()] }), limits)).toEqual(['text-empty']);
});

test('a network without threads takes one part', () => {
  expect(codes(sampleContent(['One', 'Two']), { ...limits, threads: false })).toEqual(['no-threads']);
});

test('media are checked for number, type, size and description', () => {
  const png = samplePng();
  expect(codes(sampleContent(['x'], { media: [png, png, png] }), limits)).toEqual(['too-many-media']);
  expect(codes(sampleContent(['x'], { media: [{ ...png, mime: 'image/tiff' }] }), limits)).toEqual([
    'media-type',
  ]);
  expect(codes(sampleContent(['x'], { media: [{ ...png, bytes: 1_000_000 }] }), limits)).toEqual([]);
  const [big] = checkContent(sampleContent(['x'], { media: [{ ...png, bytes: 1_000_001 }] }), limits);
  expect(big?.code).toBe('media-too-big');
  expect(big?.message.en).toBe('pixel.png is 1.01 MB; 1 MB are allowed.');
  expect(big?.message.fr).toBe('pixel.png pèse 1,01 Mo ; 1 Mo sont permis.');
  const told = { ...png, altText: 'é'.repeat(21) };
  expect(codes(sampleContent(['x'], { media: [told] }), limits)).toEqual(['alt-too-long']);
});

test('a missing description is said, and keeps nothing back', () => {
  const content = sampleContent(['x'], { media: [samplePng('  ')] });
  expect(checkContent(content, limits)).toMatchObject([{ code: 'alt-missing', level: 'warning' }]);
  expect(firstError(content, limits)).toBeNull();
});

test('beside media a caption has its own length, and only the first part', () => {
  const captioned: Limits = { ...limits, captionLength: 5 };
  expect(codes(sampleContent(['123456']), captioned)).toEqual([]);
  expect(codes(sampleContent(['12345', '123456'], { media: [samplePng()] }), captioned)).toEqual([]);
  const [over] = checkContent(sampleContent(['123456'], { media: [samplePng()] }), captioned);
  expect(over).toMatchObject({ code: 'text-too-long', level: 'error' });
  expect(over?.message.en).toBe('The text is 6 characters long; 5 are allowed beside media.');
});

test('a text that grows when it is written is counted as grown, also where it is short as typed', () => {
  const heavy: Limits = { ...limits, urlLength: null, written: (text) => text.replaceAll('*', '\\*') };
  expect(codes(sampleContent(['*'.repeat(15)]), heavy)).toEqual([]);
  expect(codes(sampleContent(['*'.repeat(16)]), heavy)).toEqual(['text-too-long']);
});

test('where descriptions have no place, a missing one is no matter and a written one is said to be lost', () => {
  const blind: Limits = { ...limits, altTextLength: 0 };
  expect(codes(sampleContent(['x'], { media: [samplePng('')] }), blind)).toEqual([]);
  expect(checkContent(sampleContent(['x'], { media: [samplePng('Grey')] }), blind)).toMatchObject([
    { code: 'alt-unseen', level: 'warning' },
  ]);
});

test('what a network adds of its own is said, too', () => {
  const problem = { code: 'other', level: 'warning', message: { en: 'Long.', fr: 'Long.' } } as const;
  expect(checkContent(sampleContent(['x']), { ...limits, further: () => [problem] })).toEqual([problem]);
});

test('where there is no place for media, that alone is said of them', () => {
  const heavy = { ...samplePng(), mime: 'image/webp', bytes: 2_000_000 };
  const content = sampleContent(['Bonjour'], { media: [heavy, samplePng()] });
  expect(codes(content, { ...limits, mediaCount: 0 })).toEqual(['too-many-media']);
});
