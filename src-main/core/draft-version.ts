import type { Instant } from './clock.ts';
import type { Content, DraftId } from './post.ts';
import type { Variant } from './variant.ts';

/** What a draft held at one moment. */
export type DraftVersion = {
  readonly id: number;
  readonly draftId: DraftId;
  readonly savedAt: Instant;
  readonly content: Content;
  readonly variants: readonly Variant[];
  readonly label: string;
  readonly accountIds: readonly number[];
  readonly localTime: string;
  readonly timeZone: string;
};

type Kept = {
  readonly id: number;
  readonly savedAt: Instant;
  /** Of all its texts. */
  readonly length: number;
};

/** As many versions as a draft has at most. */
export const MOST_VERSIONS = 50;
/** The newest stay, however close together: what was typed by mistake is found before its mistake. */
const NEWEST = 12;
const APART_MS = 60_000;
/** A version after which this share of the text, and at least so many characters, had gone is worth more than its time. */
const CUT_SHARE = 0.2;
const CUT_LENGTH = 20;

/**
 * The versions that may go, of those given from the oldest to the newest: of older ones those less than a minute after the one that stays before
 * them, unless much of the text went right after it; then, while there are too many, those closest to their neighbours for their age.
 */
export function versionsToDrop(versions: readonly Kept[], now: Instant): readonly number[] {
  const drop: number[] = [];
  const recent = versions.slice(-NEWEST);
  const older: Kept[] = [];
  for (const [index, version] of versions.slice(0, -NEWEST).entries()) {
    const before = older.at(-1);
    const isClose = before !== undefined && version.savedAt - before.savedAt < APART_MS;
    if (isClose && !wasCutAfter(version, versions[index + 1])) drop.push(version.id);
    else older.push(version);
  }
  while (older.length + recent.length > MOST_VERSIONS) {
    const goes = leastMissed(older, recent[0], now);
    const [gone] = older.splice(goes, 1);
    if (gone) drop.push(gone.id);
  }
  return drop;
}

function wasCutAfter(version: Kept, next: Kept | undefined): boolean {
  const gone = version.length - (next?.length ?? version.length);
  return gone >= CUT_LENGTH && gone >= version.length * CUT_SHARE;
}

/** The place of the version between whose neighbours least time passed, measured by how long ago that was. Never the first of all. */
function leastMissed(older: readonly Kept[], after: Kept | undefined, now: Instant): number {
  let place = older.length - 1;
  let least = Number.POSITIVE_INFINITY;
  for (let index = 1; index < older.length; index += 1) {
    const [before, next] = [older[index - 1], older[index + 1] ?? after];
    if (!before || !next) continue;
    const weight = (next.savedAt - before.savedAt) / Math.max(1, now - before.savedAt);
    if (weight < least) {
      least = weight;
      place = index;
    }
  }
  return place;
}
