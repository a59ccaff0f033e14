import type { Limits, Problem } from '../../core/connector.ts';
import type { Content } from '../../core/post.ts';
import { partTexts } from '../shared/part-texts.ts';
import { PLAIN } from '../shared/plain-limits.ts';

/** From X's documentation: counting characters, media best practices (images), media metadata. */
export const LIMITS: Limits = {
  ...PLAIN,
  counting: 'weighted',
  textLength: 280,
  textBytes: null,
  urlLength: 23,
  mediaCount: 4,
  mediaBytes: 5_000_000,
  mediaMimes: ['image/jpeg', 'image/png', 'image/webp'],
  altTextLength: 1_000,
  threads: true,
  further: dearPosts,
};

/** The prices of 20 April 2026, by X's changelog. */
function dearPosts(content: Content): readonly Problem[] {
  if (!partTexts(content, {}).some((text) => /https?:\/\//iu.test(text))) return [];
  return [
    {
      code: 'other',
      level: 'warning',
      message: {
        en: 'With a web address in it, X charges your developer account $0.20 for this post instead of $0.015.',
        fr: 'Avec une adresse web, X facture cette publication 0,20 $ à votre compte développeur au lieu de 0,015 $.',
      },
    },
  ];
}
