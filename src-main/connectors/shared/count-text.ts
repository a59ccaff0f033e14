import type { Limits } from '../../core/connector.ts';
import { countWeighted, weightOf } from './count-weighted.ts';

const URLS = /https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]}…]/giu;

let segmenter: Intl.Segmenter | null = null;

/** Below U+0300 nothing combines but the line break of two characters. */
function isPlain(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 0x300 || code === 0x0d) return false;
  }
  return true;
}

/** What a person sees as one character counts once, by Unicode's rules and not by a language's. */
function countGraphemes(text: string): number {
  if (isPlain(text)) return text.length;
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  let count = 0;
  for (const _ of segmenter.segment(text)) count += 1;
  return count;
}

function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function count(text: string, counting: Limits['counting']): number {
  switch (counting) {
    case 'grapheme':
      return countGraphemes(text);
    case 'code-point':
      return countCodePoints(text);
    case 'utf16':
      return text.length;
    case 'weighted':
      return weightOf(text);
  }
}

/**
 * How long a network says a text is: as it is sent, counted its way, with every web address counted as `urlLength` where it
 * has one.
 */
export function countText(text: string, limits: Pick<Limits, 'counting' | 'urlLength' | 'written'>): number {
  if (limits.urlLength === null) return count(limits.written(text), limits.counting);
  if (limits.counting === 'weighted') return countWeighted(limits.written(text), limits.urlLength);
  let addresses = 0;
  const rest = text.replace(URLS, () => {
    addresses += 1;
    return '';
  });
  return count(limits.written(rest), limits.counting) + addresses * limits.urlLength;
}

export function countBytes(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}
