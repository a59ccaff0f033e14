import { promisify } from 'node:util';
import { deflate } from 'node:zlib';

const WIDTH = 480;
const HEIGHT = 270;
const pack = promisify(deflate);

/** A PNG of 480 × 270: a disc on a gradient of the colour ('#rrggbb'), the same for the same arguments. */
export async function practiceImage(colour: string, discAt: number): Promise<Uint8Array> {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const rows = Buffer.alloc(HEIGHT * (1 + WIDTH * 3));
  const [centreX, centreY, radius] = [WIDTH * (0.2 + 0.6 * discAt), HEIGHT * 0.45, HEIGHT * 0.26];
  let place = 0;
  for (let y = 0; y < HEIGHT; y += 1) {
    place += 1; // Each row begins with its filter: none.
    const light = 1.25 - (0.8 * y) / HEIGHT;
    for (let x = 0; x < WIDTH; x += 1) {
      const isDisc = (x - centreX) ** 2 + (y - centreY) ** 2 < radius ** 2;
      for (const part of [red, green, blue]) {
        const value = (part ?? 0) * light;
        rows[place] = Math.min(255, Math.round(isDisc ? 160 + value * 0.4 : value));
        place += 1;
      }
    }
  }
  const size = Buffer.alloc(13);
  size.writeUInt32BE(WIDTH, 0);
  size.writeUInt32BE(HEIGHT, 4);
  size.set([8, 2, 0, 0, 0], 8); // 8 bits of red, green and blue
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', size),
    chunk('IDAT', await pack(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** CRC-32 as PNG wants it (ISO 3309); zlib offers it only in newer Nodes than Electron 25 has. */
function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
