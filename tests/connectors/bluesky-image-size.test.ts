import { describe, expect, test } from 'vitest';
import { imageSize } from '../../src-main/connectors/bluesky/image-size.ts';
import { PNG } from '../support/sample-content.ts';

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );

/** A JPEG's head: 640 wide, 480 high as it is stored, with what a camera noted about turning it. */
function jpeg(orientation: number | null, isLittle = true): Buffer {
  const u16 = (n: number) => (isLittle ? [n & 255, n >> 8] : [n >> 8, n & 255]);
  const u32 = (n: number) => (isLittle ? [...u16(n), 0, 0] : [0, 0, ...u16(n)]);
  const tiff = bytes(
    isLittle ? 'II' : 'MM',
    u16(42),
    u32(8),
    u16(2),
    [...u16(0x010f), ...u16(2), ...u32(1), ...u32(0)],
    [...u16(0x0112), ...u16(3), ...u32(1), ...u16(orientation ?? 1), 0, 0],
  );
  const exif = bytes('Exif\0\0', [...tiff]);
  return bytes(
    [0xff, 0xd8],
    ...(orientation === null ? [] : [[0xff, 0xe1, 0, exif.length + 2], [...exif]]),
    [0xff, 0xdb, 0, 4, 0, 0],
    [0xff, 0xc4, 0, 4, 0, 0],
    [0xff, 0xc2, 0, 11, 8, 1, 0xe0, 2, 0x80, 1, 0, 0, 0],
  );
}

describe('the size of an image', () => {
  test('of a PNG', () => {
    expect(imageSize(PNG)).toEqual({ width: 1, height: 1 });
  });

  test('of a JPEG, with and without the note of a camera', () => {
    expect(imageSize(jpeg(null))).toEqual({ width: 640, height: 480 });
    expect(imageSize(jpeg(1))).toEqual({ width: 640, height: 480 });
    expect(imageSize(jpeg(3, false))).toEqual({ width: 640, height: 480 });
    expect(imageSize(jpeg(6))).toEqual({ width: 480, height: 640 });
    expect(imageSize(jpeg(8, false))).toEqual({ width: 480, height: 640 });
  });

  test('of the three kinds of WebP', () => {
    const webp = (kind: string, rest: number[]) =>
      bytes('RIFF', [0, 0, 0, 0], 'WEBP', kind, [0, 0, 0, 0], rest);
    const size = { width: 640, height: 480 };
    expect(imageSize(webp('VP8 ', [0, 0, 0, 0x9d, 1, 0x2a, 0x80, 2, 0xe0, 1]))).toEqual(size);
    expect(imageSize(webp('VP8L', [0x2f, 0x7f, 0xc2, 0x77, 0]))).toEqual(size);
    expect(imageSize(webp('VP8X', [0, 0, 0, 0, 0x7f, 2, 0, 0xdf, 1, 0]))).toEqual(size);
  });

  test('of what is none, is cut off, or says nothing of the kind, is not known', () => {
    for (const head of [PNG, jpeg(6), jpeg(null)]) {
      for (let length = 0; length < Math.min(head.length, 18); length += 1) {
        expect(imageSize(head.subarray(0, length))).toBeNull();
      }
    }
    expect(imageSize(jpeg(6).subarray(0, 40))).toBeNull();
    expect(imageSize(bytes('GIF89a', [1, 0, 1, 0, 0, 0, 0, 0, 0, 0]))).toBeNull();
    expect(imageSize(bytes('RIFF', [0, 0, 0, 0], 'WEBPnone', Array(20).fill(0)))).toBeNull();
    expect(imageSize(bytes([0xff, 0xd8, 0xff, 0xda, 0, 2], Array(40).fill(0)))).toBeNull();
  });
});
