import type { BackupRecord } from './backup-record.ts';

const DAYS = 7;
const WEEKS = 5;

type Dated = Pick<BackupRecord, 'id' | 'madeAt' | 'day'>;

/**
 * Which backups are kept: the newest of each of the last seven days that have one, and the first of each of the last five weeks (from Monday)
 * that have one. The newest of all is always among them.
 */
export function keptBackups(backups: readonly Dated[]): ReadonlySet<string> {
  const oldestFirst = [...backups].sort((a, b) => a.madeAt - b.madeAt);
  const lastOfDay = new Map<string, string>();
  const firstOfWeek = new Map<string, string>();
  for (const { id, day } of oldestFirst) {
    lastOfDay.delete(day);
    lastOfDay.set(day, id);
    const week = weekOf(day);
    if (!firstOfWeek.has(week)) firstOfWeek.set(week, id);
  }
  return new Set([...[...lastOfDay.values()].slice(-DAYS), ...[...firstOfWeek.values()].slice(-WEEKS)]);
}

/** The Monday of the week a day is in. */
function weekOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}
