import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';

const dir = join(import.meta.dirname, '../../resources/icons');

/** Reads the pictures our own script writes: 8 bits a channel, RGBA, no row filter. */
function readPng(name: string): { size: number; pixels: Buffer } {
  const file = readFileSync(join(dir, name));
  expect(file.subarray(1, 4).toString()).toBe('PNG');
  const size = file.readUInt32BE(16);
  const parts: Buffer[] = [];
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(file.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const rows = inflateSync(Buffer.concat(parts));
  const pixels = Buffer.alloc(size * size * 4);
  for (let y = 0; y < size; y += 1)
    rows.copy(pixels, y * size * 4, y * (size * 4 + 1) + 1, (y + 1) * (size * 4 + 1));
  return { size, pixels };
}

/** The picture without its colours: per pixel 0 nothing, 1 dark, 2 light. */
function shapeOf(name: string): number[] {
  const { size, pixels } = readPng(name);
  return Array.from({ length: size * size }, (_, index) => {
    const [red = 0, green = 0, blue = 0, alpha = 0] = pixels.subarray(index * 4, index * 4 + 4);
    if (alpha < 128) return 0;
    return red * 0.3 + green * 0.59 + blue * 0.11 > 200 ? 2 : 1;
  });
}

const states = ['publishing', 'idle', 'stopped', 'alert'];

test.each([16, 20, 22, 24, 32, 48])(
  'at %i pixels every state has a shape of its own, without its colour',
  (size) => {
    const shapes = states.map((state) => shapeOf(`tray-${state}-${size}.png`));
    for (const [one, first] of shapes.entries()) {
      expect(first).toHaveLength(size * size);
      for (const second of shapes.slice(one + 1)) {
        const different = first.filter((value, at) => value !== second[at]).length;
        expect(different / first.length).toBeGreaterThan(0.08);
      }
    }
  },
);

test('on macOS the shapes differ by what they cover alone', () => {
  for (const size of [16, 32]) {
    const covers = states.map((state) =>
      shapeOf(`template-${state}-${size}.png`)
        .map((value) => Math.min(value, 1))
        .join(''),
    );
    expect(new Set(covers).size).toBe(states.length);
  }
});

test('every picture is the one its name says', () => {
  for (const name of readdirSync(dir).filter((one) => one.endsWith('.png'))) {
    expect(name).toContain(`-${readPng(name).size}.png`);
  }
});
