import type { MediaView } from '../../src-preload/views.ts';

/** Width by height; null for any. */
export const RATIOS = { free: null, '1:1': 1, '4:5': 4 / 5, '16:9': 16 / 9 } as const;
export type Ratio = keyof typeof RATIOS;

/** In hundredths of the picture's width and height. */
export type Cut = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** What the window can write again. A GIF would lose its movement, and so would what `moves` names. */
const WRITTEN_AS: Readonly<Record<string, string>> = {
  'image/jpeg': 'image/jpeg',
  'image/png': 'image/png',
  'image/webp': 'image/webp',
  'image/avif': 'image/webp',
};
const ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
};
const QUALITY = 0.92;

export function canCrop({ mime }: Pick<MediaView, 'mime'>): boolean {
  return WRITTEN_AS[mime] !== undefined;
}

/** Whether these are the bytes of a PNG, WebP or AVIF with more than one image: a cut would be a still of its first. */
export function moves(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const letters = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (letters(0) === '\u0089PNG') {
    // Chunks of a length, a name, that many bytes and a checksum; what says that there are more images stands before the first.
    for (let at = 8; at + 8 <= bytes.length; at += 12 + view.getUint32(at)) {
      if (letters(at + 4) === 'acTL') return true;
      if (letters(at + 4) === 'IDAT') return false;
    }
    return false;
  }
  if (letters(0) === 'RIFF' && letters(8) === 'WEBP')
    return letters(12) === 'VP8X' && ((bytes[20] ?? 0) & 0b10) !== 0;
  if (letters(4) !== 'ftyp') return false;
  const end = Math.min(view.getUint32(0), bytes.length);
  // The brand, a version, and the brands it may be read as: one of them says that there is a sequence.
  for (let at = 8; at + 4 <= end; at += 4) if (at !== 12 && letters(at) === 'avis') return true;
  return false;
}

/** The name a cut picture has: that of the original, once marked, with the ending of what it is written as. */
export function cutName(name: string, mime: string): string {
  const base = name.replace(/\.[^.]*$/u, '').replace(/-cropped$/u, '');
  return `${base === '' ? 'image' : base}-cropped.${ENDINGS[WRITTEN_AS[mime] ?? ''] ?? 'png'}`;
}

/** The largest cut of a ratio, in the middle; nine tenths of the picture where any ratio will do. */
export function middleCut(ratio: Ratio, width: number, height: number): Cut {
  const wanted = RATIOS[ratio];
  if (wanted === null) return { x: 5, y: 5, width: 90, height: 90 };
  const isWide = width / height > wanted;
  const wide = isWide ? (100 * height * wanted) / width : 100;
  const high = isWide ? 100 : (100 * width) / wanted / height;
  return { x: (100 - wide) / 2, y: (100 - high) / 2, width: wide, height: high };
}

/** The cut in pixels of the picture; at least one each way, never past its edge. */
export function pixelsOf(cut: Cut, width: number, height: number) {
  const x = Math.min(width - 1, Math.max(0, Math.round((cut.x * width) / 100)));
  const y = Math.min(height - 1, Math.max(0, Math.round((cut.y * height) / 100)));
  return {
    x,
    y,
    width: Math.max(1, Math.min(width - x, Math.round((cut.width * width) / 100))),
    height: Math.max(1, Math.min(height - y, Math.round((cut.height * height) / 100))),
  };
}

/** The bytes of the cut, as it is turned on the screen. Rejects where the picture is too large to be written again. */
export async function writeCut(
  image: HTMLImageElement,
  cut: Cut,
  mime: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const { x, y, width, height } = pixelsOf(cut, image.naturalWidth, image.naturalHeight);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.drawImage(image, x, y, width, height, 0, 0, width, height);
  const blob = await new Promise<Blob | null>((resolve) =>
    canvas.toBlob(resolve, WRITTEN_AS[mime] ?? 'image/png', QUALITY),
  );
  if (!blob) throw new Error('not written');
  return new Uint8Array(await blob.arrayBuffer());
}
