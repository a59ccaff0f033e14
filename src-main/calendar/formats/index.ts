import { agorapulse } from './agorapulse.ts';
import { anyTable } from './any-table.ts';
import { ayrshare } from './ayrshare.ts';
import { buffer } from './buffer.ts';
import type { CalendarFormat } from './format.ts';
import { goHighLevel } from './go-high-level.ts';
import { hootsuite } from './hootsuite.ts';
import { magicSync } from './magic-sync.ts';
import { postFast } from './post-fast.ts';
import { publer, publerOld } from './publer.ts';
import { schedulin } from './schedulin.ts';
import { socialBee } from './social-bee.ts';
import { sproutSocial } from './sprout-social.ts';
import { statusbrew } from './statusbrew.ts';

/** Every tool whose calendar files are known, by name; adding one is a file and a line here. */
export const formats: readonly CalendarFormat[] = [
  agorapulse,
  ayrshare,
  buffer,
  goHighLevel,
  hootsuite,
  magicSync,
  postFast,
  publer,
  publerOld,
  schedulin,
  socialBee,
  sproutSocial,
  statusbrew,
];

/** Null for All Stop's own calendar, and for names that are none. */
export function formatOf(id: string): CalendarFormat | null {
  if (id === anyTable.id) return anyTable;
  return formats.find((format) => format.id === id) ?? null;
}
