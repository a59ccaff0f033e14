import type { Limits } from '../../core/connector.ts';
import { PLAIN } from '../shared/plain-limits.ts';

/**
 * The protocol sets no length; relays commonly take events of 64 KiB, which these characters stay under whatever they are. Pictures are
 * not part of an event: it says where they are.
 */
export const LIMITS: Limits = {
  ...PLAIN,
  counting: 'code-point',
  textLength: 10_000,
  textBytes: null,
  urlLength: null,
  mediaCount: 0,
  mediaBytes: 1,
  mediaMimes: [],
  altTextLength: 0,
  threads: true,
};
