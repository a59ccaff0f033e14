/** Pixels as they are shown, after the turn a camera noted. */
export type ImageSize = { readonly width: number; readonly height: number };

/**
 * Reads the size from the head of a PNG, JPEG or WebP file without decoding it; null when it cannot be told. Bluesky shows an image whose
 * proportions were not sent cropped to a square.
 */
export function imageSize(bytes: Uint8Array): ImageSize | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const size = sizeOfPng(view) ?? sizeOfWebp(view) ?? sizeOfJpeg(view);
    return size && size.width > 0 && size.height > 0 ? size : null;
  } catch (error) {
    if (error instanceof RangeError) return null; // the file ends before its head does
    throw error;
  }
}

function sizeOfPng(file: Buffer): ImageSize | null {
  if (file.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n' || file.toString('latin1', 12, 16) !== 'IHDR')
    return null;
  return { width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
}

function sizeOfWebp(file: Buffer): ImageSize | null {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WEBP') return null;
  switch (file.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { width: file.readUInt16LE(26) & 0x3fff, height: file.readUInt16LE(28) & 0x3fff };
    case 'VP8L': {
      const bits = file.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { width: file.readUIntLE(24, 3) + 1, height: file.readUIntLE(27, 3) + 1 };
    default:
      return null;
  }
}

function sizeOfJpeg(file: Buffer): ImageSize | null {
  if (file.readUInt16BE(0) !== 0xffd8) return null;
  let isTurned = false;
  for (let at = 2; ; ) {
    const marker = file.readUInt16BE(at);
    const length = file.readUInt16BE(at + 2);
    if (marker === 0xffe1) isTurned = isTurnedByExif(file.subarray(at + 4, at + 2 + length));
    // The frames SOF0 to SOF15 carry the size; 0xC4, 0xC8 and 0xCC between them are other things.
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame) {
      const [height, width] = [file.readUInt16BE(at + 5), file.readUInt16BE(at + 7)];
      return isTurned ? { width: height, height: width } : { width, height };
    }
    if (marker < 0xff01 || length < 2) return null;
    at += 2 + length;
  }
}

/** Orientation 5 to 8 of EXIF is a quarter turn. */
function isTurnedByExif(exif: Buffer): boolean {
  if (exif.toString('latin1', 0, 6) !== 'Exif\0\0') return false;
  const tiff = exif.subarray(6);
  const isLittle = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const start = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  for (let entry = 0; entry < short(start); entry += 1) {
    const at = start + 2 + entry * 12;
    if (short(at) === 0x0112) return short(at + 8) >= 5 && short(at + 8) <= 8;
  }
  return false;
}
