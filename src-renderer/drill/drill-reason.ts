import { english } from '../i18n/resources.ts';

/** Why a drill failed or was broken off, as far as this window has words for it. */
export type DrillReason = keyof typeof english.drill.why;

export function isDrillReason(reason: string): reason is DrillReason {
  return Object.hasOwn(english.drill.why, reason);
}
