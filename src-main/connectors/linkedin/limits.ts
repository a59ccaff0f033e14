import type { Limits } from '../../core/connector.ts';
import { PLAIN } from '../shared/plain-limits.ts';
import { written } from './little-text.ts';

/** From LinkedIn's documentation of the Posts and Images APIs; what little text escapes counts as it is sent, which is never too few. */
export const LIMITS: Limits = {
  ...PLAIN,
  counting: 'utf16',
  textLength: 3_000,
  textBytes: null,
  urlLength: null,
  written,
  mediaCount: 20,
  mediaBytes: 8_000_000,
  mediaMimes: ['image/jpeg', 'image/png'],
  altTextLength: 4_086,
  threads: false,
};
