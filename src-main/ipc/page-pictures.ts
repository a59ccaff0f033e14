import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LargePicture } from '../../src-preload/yes-views.ts';
import type { Content, Media, Post } from '../core/post.ts';
import type { PagePicture } from '../yes/ask-page.ts';

/** Pictures go into the page as they are: one larger than this is made small first, or named; so is what is over the sum. */
const MOST_PICTURE_BYTES = 1_500_000;
const MOST_PICTURES_BYTES = 18_000_000;
/** More than this is not handed to the window to be made small. */
const MOST_DRAWN_BYTES = 64_000_000;
const MOST_DRAWN = 200;
const SHOWN = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'];

const isLarge = ({ mime, bytes }: Media) => SHOWN.includes(mime) && bytes > MOST_PICTURE_BYTES;

/** The pictures of a client's page: those that were made small, and those that go in as they are. */
export function createPagePictures(dataDir: string) {
  const small = new Map<string, Uint8Array>();
  let kept = 0;

  return {
    /** Of these posts: pictures too large for the page, each once. What was made small before is forgotten. */
    largeOf(posts: readonly Post[]): LargePicture[] {
      small.clear();
      kept = 0;
      const found = new Map<string, LargePicture>();
      for (const { content } of posts)
        for (const one of content.media)
          if (isLarge(one) && one.bytes <= MOST_DRAWN_BYTES && found.size < MOST_DRAWN)
            found.set(one.sha256, { sha256: one.sha256, name: one.name, bytes: one.bytes });
      return [...found.values()];
    },

    /** Keeps a picture that the window made small until the page is written. False when it is no JPEG, or too large still. */
    keepSmall(sha256: string, bytes: Uint8Array): boolean {
      const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
      if (!isJpeg || bytes.length > MOST_PICTURE_BYTES || kept + bytes.length > MOST_PICTURES_BYTES)
        return false;
      kept += bytes.length - (small.get(sha256)?.length ?? 0);
      small.set(sha256, bytes);
      return true;
    },

    /** For one page; `left` are the names of those that are not in it. */
    begin() {
      let room = MOST_PICTURES_BYTES;
      const left = new Map<string, string>();
      const made = new Map(small);
      small.clear();
      kept = 0;
      return {
        left,
        async of({ media }: Content): Promise<ReadonlyMap<string, PagePicture>> {
          const shown = new Map<string, PagePicture>();
          for (const one of media) {
            const { sha256, mime } = one;
            const scaled = isLarge(one) ? made.get(sha256) : undefined;
            const fits = SHOWN.includes(mime) && one.bytes <= MOST_PICTURE_BYTES && one.bytes <= room;
            const whole = fits ? await readFile(join(dataDir, 'media', sha256)).catch(() => null) : null;
            const file = scaled === undefined ? whole : Buffer.from(scaled);
            if (file === null || file.length > Math.min(MOST_PICTURE_BYTES, room)) {
              left.set(sha256, one.name);
              continue;
            }
            room -= file.length;
            const type = scaled === undefined ? mime : 'image/jpeg';
            const address = `data:${type};base64,${file.toString('base64')}`;
            shown.set(sha256, { address, isSmaller: scaled !== undefined });
          }
          return shown;
        },
      };
    },
  };
}
