import { expect, test } from 'vitest';
import { checkContent, firstError } from '../../../src-main/connectors/shared/check-content.ts';
import { partTexts } from '../../../src-main/connectors/shared/part-texts.ts';
import type { Limits } from '../../../src-main/core/connector.ts';
import { sampleContent, samplePng } from '../../support/sample-content.ts';

const limits: Limits = {
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
