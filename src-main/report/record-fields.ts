import type { JournalRecord } from '../stop/journal.ts';
import type { Line } from './report-model.ts';

export type Details = JournalRecord['details'];

/** What stands under `key`, when it is text; '' otherwise. */
export function text(details: Details, key: string): string {
  const value = details[key];
  return typeof value === 'string' ? value : '';
}

/** What stands under `key`, when it is a list; none otherwise. */
export function list(details: Details, key: string): readonly unknown[] {
  const value = details[key];
  return Array.isArray(value) ? value : [];
}

/** When a stop was engaged, of its line: one that another process made is told when the app finds it. */
export function engagedAtOf({ at, details }: JournalRecord): number {
  const { engagedAt } = details;
  return Number.isSafeInteger(engagedAt) ? Number(engagedAt) : Date.parse(at);
}

export const lineOf = ({ seq, at, hash }: JournalRecord): Line => ({ seq, at: Date.parse(at), hash });
