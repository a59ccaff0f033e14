/** What a number is, by the format of its cell. */
export type NumberKind = 'number' | 'date' | 'time' | 'date-time';

/** Formats that every spreadsheet knows by number (ECMA-376 part 1, 18.8.30); those of East Asia are days too. */
const BUILT_IN: readonly (readonly [number, number, NumberKind])[] = [
  [14, 17, 'date'],
  [18, 21, 'time'],
  [22, 22, 'date-time'],
  [27, 31, 'date'],
  [32, 35, 'time'],
  [36, 36, 'date'],
  [45, 47, 'time'],
  [50, 58, 'date'],
];

const DAY_SECONDS = 86_400;
/** From the day that both systems count from to 1970, in days. */
const EPOCH_1900 = 25_569;
const EPOCH_1904 = 24_107;

export function builtInKind(id: number): NumberKind {
  return BUILT_IN.find(([from, to]) => from <= id && id <= to)?.[2] ?? 'number';
}

/** By the letters of a format such as 'dd/mm/yyyy hh:mm'; what is quoted, escaped or in brackets is no such letter. */
export function kindOfFormat(format: string): NumberKind {
  const [positive = ''] = format.split(';');
  const letters = positive
    .replace(/"[^"]*"|\\.|_.|\*./gu, '')
    .replace(/\[(?![hms]+\])[^\]]*\]/giu, '')
    .replace(/am\/pm|a\/p/giu, 'h')
    .toLowerCase();
  if (/general|[#0?@]/u.test(letters.replace(/[hmsdy:./\-, 0]/gu, ''))) return 'number';
  const hasTime = /[hs]/u.test(letters);
  const hasDay = /[yd]/u.test(letters) || (/m/u.test(letters) && !hasTime);
  if (hasDay) return hasTime ? 'date-time' : 'date';
  return hasTime ? 'time' : 'number';
}

/** A day of a spreadsheet as it is written elsewhere: '2026-12-01', '2026-12-01 09:30:00' or '09:30:00'. */
export function writtenSerial(serial: number, kind: Exclude<NumberKind, 'number'>, is1904: boolean): string {
  const seconds = Math.round(serial * DAY_SECONDS);
  const days = Math.floor(seconds / DAY_SECONDS);
  const time = new Date((seconds - days * DAY_SECONDS) * 1_000).toISOString().slice(11, 19);
  if (days === 0 && kind !== 'date') return time;
  const at = new Date((days - (is1904 ? EPOCH_1904 : EPOCH_1900)) * DAY_SECONDS * 1_000);
  if (Number.isNaN(at.getTime())) return String(serial);
  const day = at.toISOString().slice(0, 10);
  return kind === 'date' && time === '00:00:00' ? day : `${day} ${time}`;
}
