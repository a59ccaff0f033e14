import { describe, expect, it } from 'vitest';
import {
  countdownOf,
  dayOf,
  dayTimeOf,
  exactTimeOf,
  placedTimeOf,
  relativeOf,
  timeOf,
  zoneNameOf,
  zoneWordsOf,
} from '../../src-renderer/time.ts';

/** Languages set different unbreakable spaces. */
const plain = (text: string) => text.replace(/\s/gu, ' ');
const at = Date.UTC(2026, 11, 1, 8, 30, 5);

describe('times as the window writes them', () => {
  it('are in the zone asked for, with 24 hours in both languages', () => {
    expect(timeOf(at, 'en', 'Europe/Paris')).toBe('09:30');
    expect(timeOf(at, 'fr', 'Europe/Paris')).toBe('09:30');
    expect(timeOf(at, 'en', 'America/New_York')).toBe('03:30');
    expect(exactTimeOf(at, 'fr', 'UTC')).toBe('08:30:05');
  });

  it('name the day, and the year only when it is another', () => {
    const now = Date.UTC(2026, 5, 1);
    expect(dayOf(at, 'fr', 'UTC', now)).toBe('mar. 1 déc.');
    expect(dayOf(at, 'en', 'UTC', now)).toMatch(/^Tue,? 1 Dec$/u);
    expect(dayOf(at, 'en', 'UTC', Date.UTC(2027, 0, 1))).toContain('2026');
    expect(dayTimeOf(at, 'fr', 'UTC')).toContain('08:30');
  });

  it('name the zone as people say it, once', () => {
    expect(plain(placedTimeOf(at, 'fr', 'Europe/Paris'))).toMatch(/^mar\. 1 déc\..*, 09:30 \(Paris\)$/u);
    expect(placedTimeOf(at, 'en', 'America/New_York')).toMatch(/, 03:30 \(New York\)$/u);
    expect(zoneWordsOf(at, 'en', 'Europe/Paris')).toBe('Paris, CET');
    expect(zoneWordsOf(at, 'en', 'UTC')).toBe('UTC');
  });

  it('fall back to UTC, and say so, for a zone this computer does not know', () => {
    expect(timeOf(at, 'en', 'Nowhere/Land')).toContain('UTC');
    expect(timeOf(at, 'en', 'Nowhere/Land')).toContain('08:30');
    expect(zoneNameOf(at, 'en', 'UTC')).toBe('UTC');
  });

  it('count down to the second, rounded up, never below nought', () => {
    expect(countdownOf(120_000)).toBe('2:00');
    expect(countdownOf(119_001)).toBe('2:00');
    expect(countdownOf(6_400)).toBe('0:07');
    expect(countdownOf(0)).toBe('0:00');
    expect(countdownOf(-5_000)).toBe('0:00');
    expect(countdownOf(3_723_000)).toBe('1:02:03');
  });

  it('are relative in the largest whole unit', () => {
    expect(relativeOf(1_000_000 + 4 * 60_000 + 59_000, 1_000_000, 'en')).toBe('in 4 min');
    expect(plain(relativeOf(1_000_000 + 30_000, 1_000_000, 'fr'))).toBe('dans 30 s');
    expect(plain(relativeOf(1_000_000 - 7_200_000, 1_000_000, 'fr'))).toBe('il y a 2 h');
  });
});
