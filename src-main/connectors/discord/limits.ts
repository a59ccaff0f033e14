import type { Limits } from '../../core/connector.ts';
import { callsNobody } from '../shared/calls-nobody.ts';
import { PLAIN } from '../shared/plain-limits.ts';
import { written } from './written.ts';

const MIB = 1024 * 1024;
/** What a server allows by how far it is boosted (`premium_tier`); 10 MiB everywhere else. */
const BYTES_BY_TIER: Readonly<Record<number, number>> = { 2: 50 * MIB, 3: 100 * MIB };

/** From Discord's reference: create message, attachment object, uploading files. The text counts as it is sent, backslashes too. */
export const LIMITS: Limits = {
  ...PLAIN,
  counting: 'code-point',
  textLength: 2_000,
  written,
  textBytes: null,
  urlLength: null,
  mediaCount: 10,
  mediaBytes: 10 * MIB,
  mediaMimes: [
    'image/jpeg',
    'image/png',
    'image/gif',
    'image/webp',
    'video/mp4',
    'video/webm',
    'video/quicktime',
  ],
  altTextLength: 1_024,
  threads: true,
  further: (content) => callsNobody(content, /@(?:everyone|here)\b|<@&\d+>/u),
};

/** More bytes where the server is known to be boosted. */
export function limitsFrom({ tier }: Readonly<Record<string, string>>): Limits {
  return { ...LIMITS, mediaBytes: BYTES_BY_TIER[Number(tier)] ?? LIMITS.mediaBytes };
}
