import type { Language } from '../time.ts';

/** 1 is Monday. */
export function dayName(day: number, language: Language, weekday: 'short' | 'long'): string {
  // 4 January 2027 was a Monday.
  return new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' }).format(Date.UTC(2027, 0, 3 + day));
}
