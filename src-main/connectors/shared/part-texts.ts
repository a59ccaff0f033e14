import type { Limits } from '../../core/connector.ts';
import type { Content } from '../../core/post.ts';

/**
 * The text of each part as it is sent: the link stands under the first part, unless the part already says it or the network
 * shows it as a card (`linkInText`).
 */
export function partTexts(content: Content, limits: Pick<Limits, 'linkInText'>): readonly string[] {
  const [first = '', ...rest] = content.parts;
  if (linkPlace(content, limits) !== 'text') return content.parts;
  return [first.trim() === '' ? content.link : `${first}\n\n${content.link}`, ...rest];
}

/** Where the link is seen: added to the first part's text, as a card beside it, or nowhere but where the part says it. */
export function linkPlace(
  { parts, link, media }: Content,
  { linkInText }: Pick<Limits, 'linkInText'>,
): 'none' | 'text' | 'card' {
  if (link === '') return 'none';
  if (linkInText === false || (linkInText === 'with-media' && media.length === 0)) return 'card';
  return (parts[0] ?? '').includes(link) ? 'none' : 'text';
}

/** How long this part may be, counted as `countText` does. */
export function partLength(
  { media }: Pick<Content, 'media'>,
  index: number,
  { textLength, captionLength }: Pick<Limits, 'textLength' | 'captionLength'>,
): number {
  return index === 0 && media.length > 0 ? (captionLength ?? textLength) : textLength;
}
