import { expect, it } from 'vitest';
import { canCrop, cutName, middleCut, moves, pixelsOf } from '../../../src-renderer/compose/crop.ts';

it('a ratio begins with the largest cut of it, in the middle', () => {
  expect(middleCut('1:1', 400, 200)).toEqual({ x: 25, y: 0, width: 50, height: 100 });
  expect(middleCut('4:5', 400, 1_000)).toEqual({ x: 0, y: 25, width: 100, height: 50 });
  const wide = pixelsOf(middleCut('16:9', 1_920, 1_440), 1_920, 1_440);
  expect(wide).toEqual({ x: 0, y: 180, width: 1_920, height: 1_080 });
});

it('a cut never leaves the picture and is never nothing', () => {
  expect(pixelsOf({ x: 0, y: 0, width: 100, height: 100 }, 3, 5)).toEqual({
    x: 0,
    y: 0,
    width: 3,
    height: 5,
  });
  expect(pixelsOf({ x: 99.9, y: 50, width: 0.1, height: 60 }, 10, 10)).toEqual({
    x: 9,
    y: 5,
    width: 1,
    height: 5,
  });
});

it('a cut picture is named after its original, once, with the ending of what it is written as', () => {
  expect(cutName('door.JPG', 'image/jpeg')).toBe('door-cropped.jpg');
  expect(cutName('door-cropped.jpg', 'image/jpeg')).toBe('door-cropped.jpg');
  expect(cutName('sea.avif', 'image/avif')).toBe('sea-cropped.webp');
  expect(cutName('.png', 'image/png')).toBe('image-cropped.png');
  expect(canCrop({ mime: 'image/gif' })).toBe(false);
  expect(canCrop({ mime: 'video/mp4' })).toBe(false);
});

it('what moves is told apart from a still by its bytes, in a PNG, a WebP and an AVIF', () => {
  const bytes = (...parts: readonly (string | readonly number[])[]) =>
    new Uint8Array(
      parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : part)),
    );
  const size = (n: number) => [0, 0, 0, n];
  const png = (...chunks: readonly string[]) =>
    bytes('\u0089PNG\r\n\u001a\n', ...chunks.flatMap((name) => [size(3), name, 'abc', size(0)]));
  expect(moves(png('IHDR', 'acTL', 'IDAT'))).toBe(true);
  expect(moves(png('IHDR', 'IDAT', 'acTL', 'IEND'))).toBe(false);
  const webp = (kind: string, flags: number) =>
    bytes('RIFF', size(30), 'WEBP', kind, size(10), [flags, 0, 0, 0]);
  expect(moves(webp('VP8X', 0b0001_0010))).toBe(true);
  expect(moves(webp('VP8X', 0b0001_0000))).toBe(false);
  expect(moves(webp('VP8 ', 0b0000_0010))).toBe(false);
  const avif = (brand: string, ...others: readonly string[]) =>
    bytes(size(16 + 4 * others.length), 'ftyp', brand, size(0), ...others, 'avis');
  expect(moves(avif('avis', 'msf1'))).toBe(true);
  expect(moves(avif('avif', 'mif1', 'avis'))).toBe(true);
  expect(moves(avif('avif', 'mif1', 'miaf'))).toBe(false);
  for (const broken of ['', 'x', 'RIFF', '\u0089PNG\r\n\u001a\n\u00ff'])
    expect(moves(bytes(broken)), broken).toBe(false);
});
