import type { Content } from '../../core/post.ts';
import { partTexts } from '../shared/part-texts.ts';
import type { Draft } from './event.ts';
import { idOf } from './event.ts';
import { decode, hexOf } from './key.ts';
import { LIMITS } from './limits.ts';

const HASHTAGS = /(?<![\p{L}\p{N}_&/])#([\p{L}\p{N}_]{1,100})/gu;
const ADDRESSES = /https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]}…]/giu;
const PICTURES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
};
const MENTIONS = /nostr:(npub1[02-9ac-hj-np-z]{58})(?![0-9a-z])/giu;

/**
 * The parts of a post as notes (kind 1), not yet signed, with their ids. All of it comes from what is frozen with the post, so that every
 * attempt, and every look-up, has the same ids: `publishAt` gives the second of the first part, each further one is a second later.
 */
export function notesOf(
  publicKey: string,
  content: Content,
  publishAt: number,
): readonly { readonly id: string; readonly draft: Draft }[] {
  const second = Math.floor(publishAt / 1_000);
  const ids: string[] = [];
  return partTexts(content, LIMITS).map((text, index) => {
    const tags = [...replyTags(publicKey, ids), ...tagsOf(text, publicKey)];
    const draft = { kind: 1, createdAt: second + index, tags, content: text };
    const id = idOf(publicKey, draft);
    ids.push(id);
    return { id, draft };
  });
}

/** NIP-10: a direct reply has only the root; a later one the root and the part before it. */
function replyTags(publicKey: string, before: readonly string[]): readonly (readonly string[])[] {
  const [root] = before;
  const last = before.at(-1);
  if (root === undefined || last === undefined) return [];
  return [
    ['e', root, '', 'root', publicKey],
    ...(last === root ? [] : [['e', last, '', 'reply', publicKey]]),
    ['p', publicKey],
  ];
}

/** NIP-24 for hashtags, NIP-27 for mentions, NIP-92 for addresses of pictures. */
function tagsOf(text: string, publicKey: string): readonly (readonly string[])[] {
  const hashtags = new Set([...text.matchAll(HASHTAGS)].map(([, tag = '']) => tag.toLowerCase()));
  const mentioned = new Set(
    mentionedKeys(text).flatMap((npub) => {
      const bytes = decode('npub', npub);
      return bytes === null ? [] : [hexOf(bytes)];
    }),
  );
  mentioned.delete(publicKey);
  const pictures = new Map(
    [...text.matchAll(ADDRESSES)].flatMap(([address]) => {
      const mime = pictureType(address);
      return mime === null ? [] : [[address, mime] as const];
    }),
  );
  return [
    ...[...hashtags].map((tag) => ['t', tag]),
    ...[...mentioned].map((key) => ['p', key]),
    ...[...pictures].map(([address, mime]) => ['imeta', `url ${address}`, `m ${mime}`]),
  ];
}

function pictureType(address: string): string | null {
  const ending = /\.([a-z]{3,4})$/iu.exec(address.replace(/[?#].*$/u, ''))?.[1] ?? '';
  return PICTURES[ending.toLowerCase()] ?? null;
}

/** The `npub1…` a text mentions, in its order. */
export function mentionedKeys(text: string): readonly string[] {
  return [...text.matchAll(MENTIONS)].flatMap(([, npub = '']) =>
    decode('npub', npub) === null ? [] : [npub.toLowerCase()],
  );
}
