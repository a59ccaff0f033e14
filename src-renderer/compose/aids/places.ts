import type { Language } from '../../time.ts';
import type { TextAbout } from './text-about.ts';

/** A place in a template that is filled when the template is inserted, written {name}. */
export type Place = {
  /** As it stands between the braces where it comes first. */
  readonly name: string;
  /** What it is found by: without regard to case. */
  readonly key: string;
  /** What All Stop fills it with by itself; null when it is asked for each time. */
  readonly known: Known | null;
};

type Known = 'brand' | 'date' | 'time' | 'link';

const PLACE = /\{([\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N} _-]{0,39})\}/gu;

const KNOWN: Readonly<Record<string, Known>> = {
  brand: 'brand',
  marque: 'brand',
  date: 'date',
  time: 'time',
  heure: 'time',
  link: 'link',
  lien: 'link',
};

const keyOf = (name: string) => name.trim().toLowerCase();

/** The places of a text in its order, each once. */
export function placesIn(text: string): readonly Place[] {
  const places = new Map<string, Place>();
  for (const [, name = ''] of text.matchAll(PLACE)) {
    const key = keyOf(name);
    if (!places.has(key))
      places.set(key, { name, key, known: Object.hasOwn(KNOWN, key) ? (KNOWN[key] ?? null) : null });
  }
  return [...places.values()];
}

/** The text with its places filled; one without a value stays as it is. */
export function fillPlaces(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(PLACE, (whole, name: string) => values.get(keyOf(name)) || whole);
}

/** What a place is filled with as far as it is known: '' for what nobody knows yet, or for more than one brand. */
export function knownValue(known: Known | null, about: TextAbout, language: Language): string {
  switch (known) {
    case 'brand':
      return about.brands.length === 1 ? (about.brands[0]?.name ?? '') : '';
    case 'date':
      return about.date === '' ? '' : dateWords(about.date, language);
    case 'time':
      return language === 'fr' ? about.time.replace(/^0?(\d+):(\d\d)$/u, hourWords) : about.time;
    case 'link':
      return about.link;
    case null:
      return '';
  }
}

/** '9 h', '9 h 30': never broken over two lines. */
function hourWords(_: string, hours: string, minutes: string): string {
  return `${hours}\u00a0h${minutes === '00' ? '' : `\u00a0${minutes}`}`;
}

/** '1 December', '1er décembre'. */
function dateWords(date: string, language: Language): string {
  const at = Date.parse(`${date}T00:00Z`);
  if (Number.isNaN(at)) return '';
  const locale = language === 'fr' ? 'fr-FR' : 'en-GB';
  const words = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' });
  return words.format(at).replace(/^1 /u, language === 'fr' ? '1er ' : '1 ');
}

/** The hashtags of a text, each once, with a space between. */
export function hashtagsIn(text: string): string {
  const found = text.matchAll(/(?<![\p{L}\p{N}_&/])#[\p{L}\p{M}\p{N}_]*\p{L}[\p{L}\p{M}\p{N}_]*/gu);
  return [...new Set([...found].map(([tag]) => tag))].join(' ');
}
