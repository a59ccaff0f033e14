import { Temporal } from 'temporal-polyfill';
import type { Language } from '../time.ts';

export type CalendarMode = 'month' | 'week' | 'day' | 'list';

/** A stretch of time as the calendar shows it: a day, or an hour by the clock of the zone. Instants are epoch milliseconds. */
export type Span = {
  readonly from: number;
  readonly to: number;
  /** 'YYYY-MM-DD' in the zone. */
  readonly date: string;
  /** Of an hour: 0 to 23; null for a whole day. */
  readonly hour: number | null;
};

/** 1 is Monday, 7 is Sunday. French weeks begin on Monday; English ones as this computer's region has it, Monday where it says nothing. */
export function firstDayOfWeek(language: Language, locale: string): number {
  if (language === 'fr') return 1;
  try {
    const known = new Intl.Locale(locale) as Intl.Locale & {
      getWeekInfo?: () => { firstDay: number };
      weekInfo?: { firstDay: number };
    };
    return (known.getWeekInfo?.() ?? known.weekInfo)?.firstDay ?? 1;
  } catch {
    return 1;
  }
}

function startOf(date: Temporal.PlainDate, zone: string): number {
  return date.toZonedDateTime(zone).epochMilliseconds;
}

function weekBegin(date: Temporal.PlainDate, firstDay: number): Temporal.PlainDate {
  return date.subtract({ days: (date.dayOfWeek - firstDay + 7) % 7 });
}

function daysFrom(first: Temporal.PlainDate, count: number, zone: string): Span[] {
  return Array.from({ length: count }, (_, index) => {
    const day = first.add({ days: index });
    return {
      from: startOf(day, zone),
      to: startOf(day.add({ days: 1 }), zone),
      date: day.toString(),
      hour: null,
    };
  });
}

/** The whole weeks, 4 to 6, that the month of a date touches. */
export function monthWeeks(date: string, zone: string, firstDay: number): Span[] {
  const first = Temporal.PlainDate.from(date).with({ day: 1 });
  const begin = weekBegin(first, firstDay);
  const end = weekBegin(first.add({ months: 1 }).subtract({ days: 1 }), firstDay).add({ days: 7 });
  return daysFrom(begin, begin.until(end).days, zone);
}

/** The days of the month of a date, and no others. */
export function monthDays(date: string, zone: string): Span[] {
  const first = Temporal.PlainDate.from(date).with({ day: 1 });
  return daysFrom(first, first.daysInMonth, zone);
}

export function weekDays(date: string, zone: string, firstDay: number): Span[] {
  return daysFrom(weekBegin(Temporal.PlainDate.from(date), firstDay), 7, zone);
}

export function oneDay(date: string, zone: string): Span {
  return daysFrom(Temporal.PlainDate.from(date), 1, zone)[0] as Span;
}

/**
 * The 24 hours that a clock on the wall shows on a day. One that the clocks jump over is empty (`from` is `to`); one that they show twice
 * lasts both times.
 */
export function hoursOf(day: Span, zone: string): Span[] {
  const date = Temporal.PlainDate.from(day.date);
  const starts = Array.from({ length: 24 }, (_, hour) => {
    const at = date.toZonedDateTime({ timeZone: zone, plainTime: { hour } }).epochMilliseconds;
    return Math.min(Math.max(at, day.from), day.to);
  });
  return starts.map((from, hour) => ({
    from,
    to: Math.max(from, starts[hour + 1] ?? day.to),
    date: day.date,
    hour,
  }));
}

/** An hour's name for looking something up by it: 'YYYY-MM-DDTHH'. '' for a whole day. */
export function hourKeyOf({ date, hour }: Span): string {
  return hour === null ? '' : `${date}T${String(hour).padStart(2, '0')}`;
}

/** Where a row of spans begins and ends, for a request: each edge once. */
export function edgesOf(spans: readonly Span[]): number[] {
  const last = spans.at(-1);
  return last === undefined ? [] : [...spans.map((span) => span.from), last.to];
}

export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** The date a step away: a month on the same day (or its last), a week, or a day. */
export function stepped(date: string, mode: CalendarMode, by: 1 | -1): string {
  const from = Temporal.PlainDate.from(date);
  switch (mode) {
    case 'month':
    case 'list':
      return from.add({ months: by }).toString();
    case 'week':
      return from.add({ weeks: by }).toString();
    case 'day':
      return from.add({ days: by }).toString();
  }
}

export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days;
}

/** 'YYYY-MM-DDTHH:mm' as a clock in the zone shows an instant. */
export function wallTimeOf(at: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });
}

/** A wall time some days and minutes later, by the clock on the wall. */
export function shiftWallTime(localTime: string, days: number, minutes = 0): string {
  return Temporal.PlainDateTime.from(localTime)
    .add({ days })
    .add({ minutes })
    .toString({ smallestUnit: 'minute' });
}

const LOCALES: Record<Language, string> = { en: 'en-GB', fr: 'fr-FR' };

/** A date in words, whatever zone: `style` 'month' is 'December 2026', 'day' 'Tuesday 1 December 2026', 'short' 'Tue 1 Dec', 'weekday' 'Tue'. */
export function dateWords(
  date: string,
  language: Language,
  style: 'month' | 'day' | 'short' | 'weekday',
): string {
  const options: Record<typeof style, Intl.DateTimeFormatOptions> = {
    month: { month: 'long', year: 'numeric' },
    day: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
    short: { weekday: 'short', day: 'numeric', month: 'short' },
    weekday: { weekday: 'short' },
  };
  return formatOf(language, style, options[style]).format(Date.parse(`${date}T12:00Z`));
}

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(language: Language, style: string, options: Intl.DateTimeFormatOptions) {
  const key = `${language} ${style}`;
  const kept =
    formats.get(key) ?? new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: 'UTC' });
  formats.set(key, kept);
  return kept;
}

/** What a view of a date is called: 'December 2026', '30 November – 6 December 2026', 'Tuesday 1 December 2026'. */
export function titleOf(mode: CalendarMode, date: string, language: Language, firstDay: number): string {
  if (mode === 'day') return capital(dateWords(date, language, 'day'));
  if (mode !== 'week') return capital(dateWords(date, language, 'month'));
  const first = weekBegin(Temporal.PlainDate.from(date), firstDay).toString();
  const format = formatOf(language, 'range', { day: 'numeric', month: 'long', year: 'numeric' });
  return format.formatRange(Date.parse(`${first}T12:00Z`), Date.parse(`${addDays(first, 6)}T12:00Z`));
}

/** French writes days and months small, but not at the head of a page. */
function capital(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
