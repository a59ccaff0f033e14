/**
 * Draws every icon of the app as PNG files beside this script: `node resources/icons/draw-icons.ts`. The pictures are kept in
 * the repository; run it again after a change here.
 */
import { writeFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';

type Colour = readonly [red: number, green: number, blue: number];
/** A shape answers whether a point of the unit square (0 to 1, y downwards) lies inside it. */
type Shape = (x: number, y: number) => boolean;
/** Painted one over the other; `null` cuts out. */
type Layer = { readonly shape: Shape; readonly colour: Colour | null };

const GREEN: Colour = [22, 128, 72];
const RED: Colour = [206, 32, 41];
const AMBER: Colour = [255, 190, 11];
const GREY: Colour = [128, 134, 142];
const WHITE: Colour = [255, 255, 255];
const BLACK: Colour = [16, 16, 16];

const disc =
  (radius: number): Shape =>
  (x, y) =>
    Math.hypot(x - 0.5, y - 0.5) <= radius;
const box =
  (left: number, top: number, right: number, bottom: number): Shape =>
  (x, y) =>
    x >= left && x <= right && y >= top && y <= bottom;
const octagon =
  (radius: number): Shape =>
  (x, y) => {
    const dx = Math.abs(x - 0.5);
    const dy = Math.abs(y - 0.5);
    return dx <= radius && dy <= radius && dx + dy <= radius * Math.SQRT2;
  };
/** Points to the right, as on a play button. */
const triangle: Shape = (x, y) => x >= 0.38 && x <= 0.76 && Math.abs(y - 0.5) <= (0.76 - x) * 0.62;

const SHAPES: Readonly<Record<string, readonly Layer[]>> = {
  publishing: [
    { shape: disc(0.5), colour: WHITE },
    { shape: disc(0.46), colour: GREEN },
    { shape: triangle, colour: WHITE },
  ],
  idle: [
    { shape: disc(0.48), colour: GREY },
    { shape: disc(0.31), colour: null },
  ],
  stopped: [
    { shape: octagon(0.5), colour: WHITE },
    { shape: octagon(0.46), colour: RED },
    { shape: box(0.3, 0.3, 0.7, 0.7), colour: WHITE },
  ],
  alert: [
    { shape: octagon(0.5), colour: BLACK },
    { shape: octagon(0.44), colour: AMBER },
    { shape: box(0.43, 0.2, 0.57, 0.58), colour: BLACK },
    { shape: box(0.43, 0.66, 0.57, 0.8), colour: BLACK },
  ],
};

/** The same for macOS: one colour, and what was white is cut out. */
const TEMPLATES: Readonly<Record<string, readonly Layer[]>> = {
  publishing: [
    { shape: disc(0.48), colour: BLACK },
    { shape: disc(0.4), colour: null },
    { shape: triangle, colour: BLACK },
  ],
  idle: [
    { shape: disc(0.48), colour: BLACK },
    { shape: disc(0.38), colour: null },
  ],
  stopped: [
    { shape: octagon(0.48), colour: BLACK },
    { shape: box(0.3, 0.3, 0.7, 0.7), colour: null },
  ],
  alert: [
    { shape: octagon(0.48), colour: BLACK },
    { shape: box(0.43, 0.2, 0.57, 0.58), colour: null },
    { shape: box(0.43, 0.66, 0.57, 0.8), colour: null },
  ],
};

const SAMPLES = 6;

/** RGBA rows of one square picture; edges are smoothed by looking at 36 points of every pixel. */
function paint(layers: readonly Layer[], size: number): Buffer {
  const pixels = Buffer.alloc(size * size * 4);
  for (let index = 0; index < size * size; index += 1) {
    const sum = [0, 0, 0];
    let covered = 0;
    for (let sample = 0; sample < SAMPLES * SAMPLES; sample += 1) {
      const x = ((index % size) + ((sample % SAMPLES) + 0.5) / SAMPLES) / size;
      const y = (Math.floor(index / size) + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES) / size;
      const colour = colourAt(layers, x, y);
      if (colour === null) continue;
      covered += 1;
      for (const channel of [0, 1, 2]) sum[channel] = (sum[channel] ?? 0) + (colour[channel] ?? 0);
    }
    for (const channel of [0, 1, 2]) {
      pixels[index * 4 + channel] = covered === 0 ? 0 : Math.round((sum[channel] ?? 0) / covered);
    }
    pixels[index * 4 + 3] = Math.round((covered * 255) / (SAMPLES * SAMPLES));
  }
  return pixels;
}

function colourAt(layers: readonly Layer[], x: number, y: number): Colour | null {
  let colour: Colour | null = null;
  for (const layer of layers) if (layer.shape(x, y)) colour = layer.colour;
  return colour;
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(body.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}

/** PNG, 8 bits a channel, RGBA, one filter byte (none) before every row. */
function png(pixels: Buffer, size: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let row = 0; row < size; row += 1) {
    pixels.copy(rows, row * (size * 4 + 1) + 1, row * size * 4, (row + 1) * size * 4);
  }
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function draw(name: string, layers: readonly Layer[], size: number): void {
  writeFileSync(new URL(`./${name}-${size}.png`, import.meta.url), png(paint(layers, size), size));
}

for (const [name, layers] of Object.entries(SHAPES)) {
  for (const size of [16, 20, 22, 24, 32, 48]) draw(`tray-${name}`, layers, size);
}
for (const [name, layers] of Object.entries(TEMPLATES)) {
  for (const size of [16, 32]) draw(`template-${name}`, layers, size);
}
for (const size of [256, 512]) draw('app', SHAPES.stopped ?? [], size);
