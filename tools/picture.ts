import { crc32, deflateSync } from 'node:zlib';

export type Picture = {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue; row by row from the top. */
  readonly pixels: Buffer;
};

/**
 * Reads the framebuffer file of Xvfb: an X window dump (XWD version 7) of 32 bits per pixel, low byte first. Its header is a row of
 * big-endian 32-bit numbers; the colour map lies between it and the pixels.
 */
export function readPicture(dump: Buffer): Picture {
  const word = (index: number) => dump.readUInt32BE(index * 4);
  const [headerSize, version, width, height] = [word(0), word(1), word(4), word(5)];
  const [lowByteFirst, bitsPerPixel, bytesPerLine, colours] = [word(7) === 0, word(11), word(12), word(19)];
  if (version !== 7 || bitsPerPixel !== 32 || !lowByteFirst)
    throw new Error('This is not a framebuffer of Xvfb.');
  const start = headerSize + colours * 12;
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = start + y * bytesPerLine + x * 4;
      const to = (y * width + x) * 3;
      pixels[to] = dump[from + 2] ?? 0;
      pixels[to + 1] = dump[from + 1] ?? 0;
      pixels[to + 2] = dump[from] ?? 0;
    }
  }
  return { width, height, pixels };
}

/** True while there is nothing on the screen but one colour. */
export function isBlank({ pixels }: Picture): boolean {
  for (let at = 3; at < pixels.length; at += 1) if (pixels[at] !== pixels[at - 3]) return false;
  return true;
}

/** The picture as a PNG file. */
export function toPng({ width, height, pixels }: Picture): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8); // 8 bits a channel, true colour, no interlacing
  const rows = Buffer.alloc(height * (width * 3 + 1)); // each row begins with its filter: 0, none
  for (let y = 0; y < height; y += 1) {
    pixels.copy(rows, y * (width * 3 + 1) + 1, y * width * 3, (y + 1) * width * 3);
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), body]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(body.length, 0);
  ends.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}
