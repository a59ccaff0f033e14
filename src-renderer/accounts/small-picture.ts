/** The longer side of a logo as it is kept, in pixels. */
const SIDE = 128;

/** A picture file made small, as PNG. Throws what the browser says of a file it cannot draw. */
export async function smallPicture(file: File): Promise<{ bytes: Uint8Array<ArrayBuffer>; mime: string }> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (!blob) throw new Error('no picture');
  return { bytes: new Uint8Array(await blob.arrayBuffer()), mime: 'image/png' };
}
