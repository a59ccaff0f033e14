import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

export type Language = 'en' | 'fr';

/** British order and 24 hours in English, so that a time is read the same way in both languages. */
const LOCALES: Record<Language, string> = { en: 'en-GB', fr: 'fr-FR' };

export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === 'fr' ? 'fr' : 'en';
}

/** The zone of this computer, an IANA name. */
export function localZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(
  language: Language,
  zone: string,
  name: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${language} ${zone} ${name}`;
  let format = formats.get(key);
  if (!format) {
    try {
      format = new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: zone });
    } catch {
      // A zone that this Chromium does not know: UTC is shown and named rather than a wrong local time.
      format = new Intl.DateTimeFormat(LOCALES[language], {
        ...options,
        timeZone: 'UTC',
        timeZoneName: 'short',
      });
    }
    formats.set(key, format);
  }
  return format;
}

/** '09:30' in the zone. */
export function timeOf(at: number, language: Language, zone: string): string {
  return formatOf(language, zone, 'time', { hour: '2-digit', minute: '2-digit' }).format(at);
}

/** '09:30:12' in the zone. */
export function exactTimeOf(at: number, language: Language, zone: string): string {
  return formatOf(language, zone, 'exact', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(at);
}

/** 'Tue 1 Dec' in the zone, with the year only when it is not this one. */
export function dayOf(at: number, language: Language, zone: string, now = Date.now()): string {
  const year = formatOf(language, zone, 'year', { year: 'numeric' });
  return formatOf(language, zone, year.format(at) === year.format(now) ? 'day' : 'day-year', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(year.format(at) === year.format(now) ? {} : { year: 'numeric' }),
  }).format(at);
}

/** 'Tue 1 Dec, 09:30' in the zone. */
export function dayTimeOf(at: number, language: Language, zone: string): string {
  return `${dayOf(at, language, zone)}, ${timeOf(at, language, zone)}`;
}

/** 'Tuesday 1 December 2026, 09:30' for '2026-12-01T09:30', wherever that is. */
export function writtenDayOf(localTime: string, language: Language): string {
  const at = Date.parse(`${localTime}Z`);
  return formatOf(language, 'UTC', 'written', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);
}

/** 'Europe/Paris' as people say it: 'Paris'. */
export function placeOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** 'Tue 1 Dec, 09:30 (Paris)': the time of a post where nothing around it says the zone. */
export function placedTimeOf(at: number, language: Language, zone: string): string {
  return `${dayTimeOf(at, language, zone)} (${placeOf(zone)})`;
}

/** 'Paris, CET', and 'UTC' once only. */
export function zoneWordsOf(at: number, language: Language, zone: string): string {
  const [place, name] = [placeOf(zone), zoneNameOf(at, language, zone)];
  return place === name ? place : `${place}, ${name}`;
}

/** 'CET', 'GMT+1'… : the zone's short name at that instant. */
export function zoneNameOf(at: number, language: Language, zone: string): string {
  const parts = formatOf(language, zone, 'zone', { timeZoneName: 'short' }).formatToParts(at);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
}

/** 'in 4 min', '2 hours ago': the two largest honest units are never mixed. */
export function relativeOf(at: number, now: number, language: Language): string {
  const format = new Intl.RelativeTimeFormat(LOCALES[language], { numeric: 'always', style: 'short' });
  const seconds = Math.round((at - now) / 1_000);
  const size = Math.abs(seconds);
  if (size < 60) return format.format(seconds, 'second');
  if (size < 3_600) return format.format(Math.trunc(seconds / 60), 'minute');
  if (size < 86_400) return format.format(Math.trunc(seconds / 3_600), 'hour');
  return format.format(Math.trunc(seconds / 86_400), 'day');
}

/** '2:00', '0:07', '1:02:03' for a duration in milliseconds; '0:00' when it is over. */
export function countdownOf(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** '1,234' or '1 234'. */
export function numberOf(value: number, language: Language): string {
  return value.toLocaleString(LOCALES[language]);
}

/** The present instant, renewed every `everyMs`; stands still while `isRunning` is false. */
export function useNow(everyMs: number, isRunning = true): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isRunning) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, isRunning]);
  return now;
}
