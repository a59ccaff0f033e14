import type { DateOrder } from './formats/format.ts';
import { quoted, type Said, say } from './said.ts';

/** A day and time as somebody's spreadsheet has them, before it is known in which order day and month stand. */
export type WrittenTime =
  | { readonly kind: 'empty' }
  | { readonly kind: 'unreadable' }
  /** ISO 8601 with its own offset: no zone is asked for. */
  | { readonly kind: 'instant'; readonly text: string }
  /** Year first, or the month in letters: there is one way to read it. */
  | { readonly kind: 'plain'; readonly day: Day; readonly time: string }
  /** Three numbers such as 03/04/2026; `time` is '' when there is none. */
  | {
      readonly kind: 'numbers';
      readonly numbers: readonly [number, number, number];
      readonly isShort: boolean;
      readonly time: string;
    };

type Day = { readonly year: number; readonly month: number; readonly day: number };

const INSTANT =
  /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?) ?(Z|UTC|GMT|[+-]\d\d(?::?[0-5]\d)?)$/iu;
const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/u;
const NUMBERS = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/u;
const DAY_MONTH = /^(\d{1,2})(?:st|nd|rd|th|er)?[ -](\p{L}{3,9})\.?,?[ -](\d{4})(?!\d)/iu;
const MONTH_DAY = /^(\p{L}{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)/iu;
const WEEKDAY =
  /^(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim)[a-z]*\.?,? (?=\d|\p{L}{3,9}\.? \d)/iu;
const CLOCK = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?(?: ?([ap])\.? ?m\.?)?$/iu;
const HOUR_ONLY = /^(\d{1,2}) ?([ap])\.? ?m\.?$/iu;
const FRENCH_CLOCK = /^(\d{1,2}) ?h(?: ?(\d\d))?$/iu;

const MONTHS: readonly (readonly string[])[] = [
  ['january', 'janvier'],
  ['february', 'février', 'fevrier'],
  ['march', 'mars'],
  ['april', 'avril'],
  ['may', 'mai'],
  ['june', 'juin'],
  ['july', 'juillet'],
  ['august', 'août', 'aout'],
  ['september', 'septembre'],
  ['october', 'octobre'],
  ['november', 'novembre'],
  ['december', 'décembre', 'decembre'],
];

/** Reads one cell, or a day and its time from two. Decides nothing that a person must decide. */
export function readWrittenTime(dayCell: string, timeCell = ''): WrittenTime {
  const text = `${dayCell} ${timeCell}`.replace(/[\s\u00a0\u2007\u202f]+/gu, ' ').trim();
  if (dayCell.trim() === '') return { kind: text === '' ? 'empty' : 'unreadable' };
  const instant = INSTANT.exec(text);
  if (instant !== null) {
    const [, day, time, offset = 'Z'] = instant;
    return { kind: 'instant', text: `${day}T${time}${/^[+-]/u.test(offset) ? offset : 'Z'}` };
  }
  const found = readDay(text) ?? readDay(text.replace(WEEKDAY, ''));
  if (found === null) return { kind: 'unreadable' };
  const time = readClock(found.rest.replace(/^(?:,? ?(?:at |à )|T|, ?| )/iu, '').trim());
  if (time === null) return { kind: 'unreadable' };
  return 'day' in found
    ? { kind: 'plain', day: found.day, time }
    : { kind: 'numbers', numbers: found.numbers, isShort: found.isShort, time };
}

type FoundDay =
  | { readonly day: Day; readonly rest: string }
  | { readonly numbers: readonly [number, number, number]; readonly isShort: boolean; readonly rest: string };

function readDay(text: string): FoundDay | null {
  const rest = (found: RegExpExecArray) => text.slice(found[0].length);
  const first = YEAR_FIRST.exec(text);
  if (first !== null) {
    return {
      day: { year: Number(first[1]), month: Number(first[3]), day: Number(first[4]) },
      rest: rest(first),
    };
  }
  const three = NUMBERS.exec(text);
  if (three !== null) {
    const [, a, , b, c = ''] = three;
    return {
      numbers: [Number(a), Number(b), Number(c)],
      isShort: c.length === 2,
      rest: rest(three),
    };
  }
  const named = DAY_MONTH.exec(text);
  const month = named === null ? 0 : monthOf(named[2] ?? '');
  if (named !== null && month > 0)
    return { day: { year: Number(named[3]), month, day: Number(named[1]) }, rest: rest(named) };
  const english = MONTH_DAY.exec(text);
  const leading = english === null ? 0 : monthOf(english[1] ?? '');
  if (english !== null && leading > 0)
    return {
      day: { year: Number(english[3]), month: leading, day: Number(english[2]) },
      rest: rest(english),
    };
  return null;
}

/** 1 to 12, by its name or what it begins with; 0 for no month or for two. */
function monthOf(written: string): number {
  const name = written.toLowerCase();
  const fits = MONTHS.flatMap((names, index) =>
    names.some((one) => one.startsWith(name)) ? [index + 1] : [],
  );
  return fits.length === 1 ? (fits[0] ?? 0) : 0;
}

/** 'HH:MM:SS'; '' when there is none, null when it cannot be read. */
function readClock(text: string): string | null {
  if (text === '') return '';
  const [found, half] = clockParts(text);
  if (found === null) return null;
  let [hour] = found;
  if (half !== '') {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half === 'p' ? 12 : 0);
  }
  if (hour > 23 || found[1] > 59 || found[2] > 59) return null;
  return [hour, found[1], found[2]].map(two).join(':');
}

function clockParts(text: string): readonly [readonly [number, number, number] | null, string] {
  const clock = CLOCK.exec(text);
  if (clock !== null)
    return [[Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0)], (clock[4] ?? '').toLowerCase()];
  const hour = HOUR_ONLY.exec(text);
  if (hour !== null) return [[Number(hour[1]), 0, 0], (hour[2] ?? '').toLowerCase()];
  const french = FRENCH_CLOCK.exec(text);
  return [french === null ? null : [Number(french[1]), Number(french[2] ?? 0), 0], ''];
}

/** 'YYYY-MM-DD HH:MM:SS' as `readPublishAt` takes it; null when the day is none in this order, or there is no time of day. */
export function wallTimeOf(
  written: WrittenTime & { kind: 'plain' | 'numbers' },
  order: DateOrder,
): string | null {
  const day = written.kind === 'plain' ? written.day : orderedDay(written, order);
  if (day === null || written.time === '' || !exists(day)) return null;
  return `${day.year}-${two(day.month)}-${two(day.day)} ${written.time}`;
}

function orderedDay(written: WrittenTime & { kind: 'numbers' }, order: DateOrder): Day | null {
  const [a, b, c] = written.numbers;
  const full = (year: number) => (written.isShort ? 2_000 + year : year);
  switch (order) {
    case 'dmy':
      return { day: a, month: b, year: full(c) };
    case 'mdy':
      return { day: b, month: a, year: full(c) };
    case 'ymd':
      return written.isShort ? { day: c, month: b, year: full(a) } : null;
  }
}

function exists({ year, month, day }: Day): boolean {
  const at = new Date(Date.UTC(year, month - 1, day));
  return month >= 1 && month <= 12 && day >= 1 && at.getUTCDate() === day && year >= 1970;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** Why a cell is no time. */
export function noTime(written: WrittenTime, text: string): Said {
  const given = quoted(text);
  if (written.kind === 'empty')
    return say(
      'There is no time. Another tool may choose one; here it must be written.',
      'Il n’y a pas d’heure. Un autre outil peut en choisir une ; ici, elle doit être écrite.',
    );
  if (written.kind === 'numbers' || written.kind === 'plain')
    return written.time === ''
      ? say(`${given.en} has no time of day.`, `${given.fr} n’a pas d’heure.`)
      : say(
          `There is no such day as ${given.en}, read in the order chosen.`,
          `Ce jour n’existe pas, lu dans l’ordre choisi : ${given.fr}.`,
        );
  return say(
    `${given.en} is not a day and time that can be read. Write it as 2026-12-01 09:30.`,
    `${given.fr} n’est pas un jour et une heure lisibles. Écrivez par exemple 2026-12-01 09:30.`,
  );
}
