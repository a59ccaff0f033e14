import type { Limits } from '../../core/connector.ts';
import type { Content } from '../../core/post.ts';

/**
 * The text of each part as it is sent: the link stands under the first part, unless the part already says it or the network
 * shows it as a card (`linkInText`).
 */
export function partTexts(content: Content, limits: Pick<Limits, 'linkInText'>): readonly string[] {
  const [first = '', ...rest] = content.parts;
  const { linkInText } = limits;
  const isCard = linkInText === false || (linkInText === 'with-media' && content.media.length === 0);
  if (content.link === '' || isCard || first.includes(content.link)) return content.parts;
  return [first.trim() === '' ? content.link : `${first}\n\n${content.link}`, ...rest];
}
