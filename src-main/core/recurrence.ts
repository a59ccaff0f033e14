import type { AccountId } from './brand.ts';
import type { Instant } from './clock.ts';
import type { Content } from './post.ts';
import type { Variant } from './variant.ts';

/** On which days. Days of the week are 1 (Monday) to 7; a month without that day takes its last one. */
export type RecurrenceRule =
  | { readonly kind: 'day' }
  | { readonly kind: 'week'; readonly days: readonly number[] }
  | { readonly kind: 'month'; readonly day: number };

export type RecurrenceId = number;

/** What is said again and again. Dates are 'YYYY-MM-DD', `time` is 'HH:mm', both in `timeZone`. */
export type Recurrence = {
  readonly id: RecurrenceId;
  readonly content: Content;
  /** For those of its accounts that say it in their own words. */
  readonly variants: readonly Variant[];
  readonly label: string;
  readonly rule: RecurrenceRule;
  readonly time: string;
  readonly timeZone: string;
  /** Chosen by a person: what is meant where the clocks skip that time, or show it twice. */
  readonly gap: 'before' | 'after' | 'skip';
  readonly twice: 'first' | 'second';
  readonly from: string;
  /** The last date, included; null for none. */
  readonly until: string | null;
  /** How many dates at most; null for no limit. */
  readonly most: number | null;
  readonly createdAt: Instant;
  readonly createdBy: string;
  /** With the last date for which each account's post was made; '' when none was. */
  readonly accounts: readonly { readonly accountId: AccountId; readonly madeUpTo: string }[];
};

/** How far ahead posts are made. */
export const RECURRENCE_DAYS_AHEAD = 60;

/** The dates of a rule from its first to `to`, both included, never more than it has. */
export function datesOf(
  { rule, from, until, most }: Pick<Recurrence, 'rule' | 'from' | 'until' | 'most'>,
  to: string,
): readonly string[] {
  const last = until !== null && until < to ? until : to;
  const dates: string[] = [];
  for (let date = from; date <= last && (most === null || dates.length < most); date = nextDay(date)) {
    if (isOn(rule, date)) dates.push(date);
  }
  return dates;
}

/** Whether no date is left after `date`. */
export function isOver(
  recurrence: Pick<Recurrence, 'rule' | 'from' | 'until' | 'most'>,
  date: string,
): boolean {
  if (recurrence.until !== null && recurrence.until <= date) return true;
  return recurrence.most !== null && datesOf(recurrence, date).length >= recurrence.most;
}

function isOn(rule: RecurrenceRule, date: string): boolean {
  switch (rule.kind) {
    case 'day':
      return true;
    case 'week':
      return rule.days.includes(weekdayOf(date));
    case 'month': {
      const day = new Date(`${date}T00:00:00Z`);
      const inMonth = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
      return day.getUTCDate() === Math.min(rule.day, inMonth);
    }
  }
}

/** 1 (Monday) to 7. */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

function nextDay(date: string): string {
  return plusDays(date, 1);
}

export function plusDays(date: string, days: number): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}
