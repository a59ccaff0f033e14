import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { isBlank, readPicture, toPng } from '../../tools/picture.ts';

/** A framebuffer file as Xvfb writes it: a header, a colour map of two, padded rows of blue, green, red, unused. */
function dumpOf(rows: readonly (readonly [red: number, green: number, blue: number])[][]): Buffer {
  const width = rows[0]?.length ?? 0;
  const lineBytes = width * 4 + 8;
  const headerSize = 112;
  const dump = Buffer.alloc(headerSize + 2 * 12 + rows.length * lineBytes, 0xee);
  const words: Record<number, number> = {
    0: headerSize,
    1: 7,
    2: 2,
    3: 24,
    4: width,
    5: rows.length,
    7: 0,
    11: 32,
    12: lineBytes,
    19: 2,
  };
  for (const [index, value] of Object.entries(words)) dump.writeUInt32BE(value, Number(index) * 4);
  rows.forEach((row, y) => {
    row.forEach(([red, green, blue], x) => {
      dump.set([blue, green, red, 0], headerSize + 24 + y * lineBytes + x * 4);
    });
  });
  return dump;
}

const red = [255, 0, 0] as const;
const blue = [0, 0, 255] as const;

test('the colours of the screen are read in their order', () => {
  const picture = readPicture(dumpOf([[[...red], [...blue]]]));
  expect({ ...picture, pixels: [...picture.pixels] }).toEqual({
    width: 2,
    height: 1,
    pixels: [...red, ...blue],
  });
});

test('a screen of one colour is blank, whatever the colour', () => {
  expect(
    isBlank(
      readPicture(
        dumpOf([
          [[...blue], [...blue]],
          [[...blue], [...blue]],
        ]),
      ),
    ),
  ).toBe(true);
  expect(
    isBlank(
      readPicture(
        dumpOf([
          [[...blue], [...blue]],
          [[...blue], [...red]],
        ]),
      ),
    ),
  ).toBe(false);
});

test('a file of another kind is refused', () => {
  expect(() => readPicture(Buffer.alloc(200))).toThrow('not a framebuffer');
});

test('the PNG holds the same pixels', () => {
  const png = toPng(readPicture(dumpOf([[[...red], [...blue]]])));
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2, 1]);
  const data = png.indexOf('IDAT');
  const body = png.subarray(data + 4, data + 4 + png.readUInt32BE(data - 4));
  expect([...inflateSync(body)]).toEqual([0, ...red, ...blue]);
});
