import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../core/clock.ts';

/** What a wall time in a zone means. A gap or an overlap is told, never guessed. */
export type ResolvedLocalTime =
  | { readonly kind: 'one'; readonly at: Instant }
  /** The clocks jump over it: the nearest times that exist, counted by the offset after and before the jump. */
  | { readonly kind: 'gap'; readonly before: WallTime; readonly after: WallTime }
  /** The clocks show it twice. */
  | { readonly kind: 'twice'; readonly first: Instant; readonly second: Instant }
  | { readonly kind: 'invalid'; readonly message: string };

/** `localTime` is 'YYYY-MM-DDTHH:mm'. */
export type WallTime = { readonly at: Instant; readonly localTime: string };

export type Language = 'en' | 'fr';

const WALL_TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?$/u;
const ZONE = /^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/u;
/** No offset is further from UTC than 26 hours, nor does a change of offset jump further. */
const FURTHEST_MS = 26 * 3_600_000;
const FOR_EVER = Number.POSITIVE_INFINITY;

/** A stretch of time between two changes of a zone's offset. */
type Stretch = { readonly from: Instant; readonly until: Instant; readonly offsetMs: number };

/** Facts about zones, kept because asking costs 10 µs and a calendar asks hundreds of thousands of times. */
const stretches = new Map<string, Stretch[]>();
const zoneNames = new Map<string, string | null>();

/**
 * The instant a wall time ('YYYY-MM-DDTHH:mm', seconds allowed) means in an IANA zone, or why it means none or two. About 1 µs
 * away from changes of offset, 10 µs on their days.
 */
export function resolveLocalTime(
  localTime: string,
  zone: string,
  language: Language = 'en',
): ResolvedLocalTime {
  const wall = wallMs(localTime);
  if (wall === null) return { kind: 'invalid', message: says.time[language](localTime) };
  const name = zoneName(zone);
  if (name === null) return { kind: 'invalid', message: says.zone[language](zone) };
  const stretch = stretchAround(name, wall);
  if (
    wall - stretch.offsetMs - FURTHEST_MS > stretch.from &&
    wall - stretch.offsetMs + FURTHEST_MS < stretch.until
  ) {
    return { kind: 'one', at: wall - stretch.offsetMs };
  }
  return resolveNearChange(localTime, name);
}

function resolveNearChange(localTime: string, zone: string): ResolvedLocalTime {
  const plain = Temporal.PlainDateTime.from(localTime);
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = plain.toZonedDateTime(zone, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds) {
    return { kind: 'one', at: earlier.epochMilliseconds };
  }
  if (earlier.toPlainDateTime().equals(plain)) {
    return { kind: 'twice', first: earlier.epochMilliseconds, second: later.epochMilliseconds };
  }
  const told = (at: Instant): WallTime => ({ at, localTime: localTimeOf(at, zone) });
  return { kind: 'gap', before: told(earlier.epochMilliseconds), after: told(later.epochMilliseconds) };
}

/** The zone's name in its usual letters ('europe/paris' gives 'Europe/Paris'), or null when this machine knows no such zone. */
export function zoneName(zone: string): string | null {
  const known = zoneNames.get(zone);
  if (known !== undefined) return known;
  const name = ZONE.test(zone) ? askZoneName(zone) : null;
  if (zoneNames.size < 5_000) zoneNames.set(zone, name);
  return name;
}

function askZoneName(zone: string): string | null {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId;
  } catch {
    return null;
  }
}

/** 'YYYY-MM-DDTHH:mm' as a clock in that zone shows it. `zone` must be known, see `zoneName`. */
export function localTimeOf(at: Instant, zone: string): string {
  return new Date(at + offsetAt(at, zone)).toISOString().slice(0, 16);
}

/** ISO 8601 with the zone's offset and no more digits than needed, for instance '2026-10-25T02:30:00+01:00'. */
export function isoTimeOf(at: Instant, zone: string): string {
  const offset = offsetAt(at, zone);
  // Offsets of old times have seconds, which ISO 8601 cannot write.
  if (offset % 60_000 !== 0) return new Date(at).toISOString();
  const wall = new Date(at + offset).toISOString().slice(0, at % 1_000 === 0 ? 19 : 23);
  const minutes = Math.abs(offset) / 60_000;
  const two = (n: number) => String(n).padStart(2, '0');
  return `${wall}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function offsetAt(at: Instant, zone: string): number {
  const name = zoneName(zone) ?? 'UTC';
  return (stretches.get(name)?.find((s) => s.from <= at && at < s.until) ?? askStretch(name, at)).offsetMs;
}

/** The stretch in which `wall` lies if it lies safely in one; one near it otherwise. */
function stretchAround(zone: string, wall: number): Stretch {
  const known = stretches.get(zone)?.find((s) => s.from <= wall - s.offsetMs && wall - s.offsetMs < s.until);
  return known ?? askStretch(zone, wall);
}

function askStretch(zone: string, at: Instant): Stretch {
  const there = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const next = there.getTimeZoneTransition('next');
  // 'previous' looks strictly before: a moment later, so that a change at `at` itself is found.
  const previous = there.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
  const stretch = {
    from: previous?.epochMilliseconds ?? -FOR_EVER,
    until: next?.epochMilliseconds ?? FOR_EVER,
    offsetMs: there.offsetNanoseconds / 1_000_000,
  };
  const kept = stretches.get(zone);
  if (kept === undefined) stretches.set(zone, [stretch]);
  else if (kept.length < 200 && !kept.some((s) => s.from === stretch.from)) kept.push(stretch);
  return stretch;
}

/** The wall time read as if it were UTC; null when there is no such day or minute. */
function wallMs(localTime: string): number | null {
  const found = WALL_TIME.exec(localTime);
  if (found === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1)
    .map((digits) => Number(digits ?? 0));
  if (year < 1970 || month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return null;
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  return new Date(ms).getUTCDate() === day && day > 0 ? ms : null;
}

const says = {
  time: {
    en: (given: string) => `“${given}” is not a day and time.`,
    fr: (given: string) => `« ${given} » n’est pas un jour et une heure.`,
  },
  zone: {
    en: (given: string) => `There is no time zone “${given}”.`,
    fr: (given: string) => `Le fuseau horaire « ${given} » n’existe pas.`,
  },
} as const;
