import { expect, it } from 'vitest';
import { canCrop, cutName, middleCut, pixelsOf } from '../../../src-renderer/compose/crop.ts';

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
