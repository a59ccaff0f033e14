import type { Bridge } from '../../src-preload/contract.ts';
import type { LargePicture } from '../../src-preload/yes-views.ts';
import { ask } from '../api.ts';

/** The longer side of a picture on a client's page, in pixels: enough to judge it by. */
const SIDE = 1_600;
const QUALITY = 0.85;

/**
 * Makes pictures that are too large for a client's page small, one after the other, and hands them to main. One that cannot be drawn is left:
 * the page names it then.
 */
export async function makeSmall(bridge: Bridge, pictures: readonly LargePicture[]): Promise<void> {
  for (const { sha256 } of pictures) {
    try {
      const { bytes, mime } = await ask(bridge, 'media.read', { sha256 });
      const small = await shrink(new Blob([bytes as BlobPart], { type: mime }));
      await ask(bridge, 'yes.smallPicture', { sha256, bytes: small });
    } catch {
      // Named on the page, and in what is said of it once it is saved.
    }
  }
}

async function shrink(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  const picture = await createImageBitmap(file);
  try {
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = new OffscreenCanvas(
      Math.max(1, Math.round(picture.width * scale)),
      Math.max(1, Math.round(picture.height * scale)),
    );
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    // JPEG has no see-through parts: they are white, as on the page.
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingQuality = 'high';
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    picture.close();
  }
}
