import { useMemo } from 'react';
import type { ResolvedTime } from '../../src-preload/views.ts';
import { useRead } from '../api.ts';

/** A wall time as typed. `date` is 'YYYY-MM-DD', `time` 'HH:mm', '' while not typed. */
export type When = {
  readonly date: string;
  readonly time: string;
  readonly timeZone: string;
  /** Which of two instants is meant, once asked; null otherwise. */
  readonly at: number | null;
};

/** What the wall time means. Only 'ready' may be scheduled. */
export type Resolved =
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'reading' }
  | {
      readonly kind: 'ready';
      readonly at: number;
      readonly wanted: Wanted;
      /** Two equal times, of which one was chosen; null otherwise. */
      readonly question: Extract<ResolvedTime, { kind: 'twice' }> | null;
    }
  | { readonly kind: 'ask'; readonly question: Extract<ResolvedTime, { kind: 'gap' | 'twice' }> }
  | { readonly kind: 'invalid'; readonly message: string };

/** The part of a request that says when. `at` is there only where the wall time exists twice. */
export type Wanted = { localTime: string; timeZone: string; at?: number };

export function localTimeOf(when: When): string {
  return when.date === '' || when.time === '' ? '' : `${when.date}T${when.time}`;
}

export function whenOf(localTime: string, timeZone: string): When {
  const [date = '', time = ''] = localTime.split('T');
  return { date, time, timeZone, at: null };
}

/** Asks main what the wall time means in its zone; a gap or an overlap comes back as a question, never as a guess. */
export function useResolved(when: When): Resolved {
  const localTime = localTimeOf(when);
  const isComplete = localTime !== '' && when.timeZone !== '';
  const read = useRead('time.resolve', { localTime, timeZone: when.timeZone }, { enabled: isComplete });
  return useMemo(() => {
    if (!isComplete) return { kind: 'incomplete' };
    if (read.error) return { kind: 'invalid', message: read.error.message };
    if (read.data === undefined) return { kind: 'reading' };
    const found = read.data;
    const wanted = { localTime, timeZone: when.timeZone };
    switch (found.kind) {
      case 'one':
        return { kind: 'ready', at: found.at, wanted, question: null };
      case 'invalid':
        return { kind: 'invalid', message: found.message };
      case 'gap':
        return { kind: 'ask', question: found };
      case 'twice':
        if (when.at === found.first || when.at === found.second) {
          return { kind: 'ready', at: when.at, wanted: { ...wanted, at: when.at }, question: found };
        }
        return { kind: 'ask', question: found };
    }
  }, [isComplete, read.error, read.data, localTime, when.timeZone, when.at]);
}

/**
 * Reads a date typed by hand: '2026-12-01', '1/12/2026', '1.12.26', '01 12 2026', '1/12' (the next one). Day before month, in
 * both languages; what was understood is always said in words beside the field. Null when it is no date.
 */
export function parseTypedDate(text: string, today: string): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(text.trim());
  if (iso) return dateOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const dmy = /^(\d{1,2})[\s./-](\d{1,2})(?:[\s./-](\d{4}|\d{2}))?$/u.exec(text.trim());
  if (!dmy) return null;
  const [day, month] = [Number(dmy[1]), Number(dmy[2])];
  if (dmy[3] !== undefined) return dateOf(Number(dmy[3].length === 2 ? `20${dmy[3]}` : dmy[3]), month, day);
  const year = Number(today.slice(0, 4));
  const thisYear = dateOf(year, month, day);
  return thisYear !== null && thisYear < today ? dateOf(year + 1, month, day) : thisYear;
}

function dateOf(year: number, month: number, day: number): string | null {
  const made = new Date(Date.UTC(year, month - 1, day));
  if (made.getUTCMonth() !== month - 1 || made.getUTCDate() !== day) return null;
  return made.toISOString().slice(0, 10);
}

/** Today's date in a zone, 'YYYY-MM-DD'. */
export function todayIn(timeZone: string, now: number): string {
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(now);
}
