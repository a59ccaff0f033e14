import type { Content } from '../../core/post.ts';
import { type Facet, facetsOf } from './facets.ts';
import type { ImageSize } from './image-size.ts';

export const POST_TYPE = 'app.bsky.feed.post';

/** A file the server has and nothing shows yet, as `uploadBlob` answered. */
export type UploadedImage = { readonly blob: unknown; readonly alt: string; readonly size: ImageSize | null };

/** Names a record of a certain content. */
export type StrongRef = { readonly uri: string; readonly cid: string };

type Embed =
  | {
      readonly $type: 'app.bsky.embed.images';
      readonly images: readonly { image: unknown; alt: string; aspectRatio?: ImageSize }[];
    }
  | {
      readonly $type: 'app.bsky.embed.external';
      readonly external: { uri: string; title: string; description: string };
    };

export type PostRecord = {
  readonly $type: typeof POST_TYPE;
  readonly text: string;
  readonly createdAt: string;
  readonly facets?: readonly Facet[];
  readonly embed?: Embed;
  readonly reply?: { readonly root: StrongRef; readonly parent: StrongRef };
};

/** The record of one part (lexicon `app.bsky.feed.post`). `embed` null and `reply` null leave them out. */
export function postRecord(part: {
  readonly text: string;
  readonly createdAt: number;
  readonly didOf: ReadonlyMap<string, string>;
  readonly embed: Embed | null;
  readonly reply: { readonly root: StrongRef; readonly parent: StrongRef } | null;
}): PostRecord {
  const facets = facetsOf(part.text, part.didOf);
  return {
    $type: POST_TYPE,
    text: part.text,
    createdAt: new Date(part.createdAt).toISOString(),
    ...(facets.length > 0 ? { facets } : {}),
    ...(part.embed ? { embed: part.embed } : {}),
    ...(part.reply ? { reply: part.reply } : {}),
  };
}

/** The text as the server will give it back: line breaks of one character, no half of a surrogate pair. */
export function textAsKept(text: string): string {
  return Buffer.from(text.replace(/\r\n?/gu, '\n'), 'utf8').toString('utf8');
}

/** Images, else the link as a card: a post has room for one of them, and with images the link stands in the text. */
export function embedOf(content: Content, images: readonly UploadedImage[]): Embed | null {
  if (images.length > 0) {
    return {
      $type: 'app.bsky.embed.images',
      images: images.map(({ blob, alt, size }) => ({
        image: blob,
        alt,
        ...(size ? { aspectRatio: size } : {}),
      })),
    };
  }
  if (content.link === '') return null;
  return {
    $type: 'app.bsky.embed.external',
    external: { uri: content.link, title: hostOf(content.link), description: '' },
  };
}

function hostOf(link: string): string {
  try {
    return new URL(link).host.replace(/^www\./u, '');
  } catch {
    return link;
  }
}
