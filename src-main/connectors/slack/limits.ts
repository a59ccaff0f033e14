import type { Limits, Problem } from '../../core/connector.ts';
import type { Content } from '../../core/post.ts';
import { callsNobody } from '../shared/calls-nobody.ts';
import { partTexts } from '../shared/part-texts.ts';
import { PLAIN } from '../shared/plain-limits.ts';
import { written } from './written.ts';

const ADVISED = 4_000;

/**
 * From Slack's reference: chat.postMessage (more than 40,000 characters are cut off), image block, slack file object. Its reference sets no
 * limit for a text beside pictures; 3,000 is what its other blocks of text take. It takes far larger files; 20 MB are ours.
 */
export const LIMITS: Limits = {
  ...PLAIN,
  counting: 'utf16',
  textLength: 40_000,
  captionLength: 3_000,
  written,
  textBytes: null,
  urlLength: null,
  mediaCount: 10,
  mediaBytes: 20_000_000,
  mediaMimes: ['image/jpeg', 'image/png', 'image/gif'],
  altTextLength: 2_000,
  threads: true,
  further: (content) => [
    ...longTexts(content),
    ...callsNobody(content, /@(?:channel|here|everyone)\b|<!(?:channel|here|everyone|subteam)[^>\s]*>/u),
  ],
};

function longTexts(content: Content): readonly Problem[] {
  if (!partTexts(content, {}).some((text) => written(text).length > ADVISED)) return [];
  return [
    {
      code: 'other',
      level: 'warning',
      message: {
        en: 'Slack advises at most 4,000 characters; a longer text is folded or split.',
        fr: 'Slack conseille 4 000 caractères au plus ; un texte plus long est replié ou découpé.',
      },
    },
  ];
}
