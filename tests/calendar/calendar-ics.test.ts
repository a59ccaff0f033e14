import { expect, test } from 'vitest';
import { icsEvent, icsHead } from '../../src-main/calendar/calendar-ics.ts';
import type { ShownPost } from '../../src-main/calendar/shown-post.ts';
import type { Post } from '../../src-main/core/post.ts';

function shown(more: Partial<Post> = {}, isHeldByStop = false): ShownPost {
  const post: Post = {
    id: 7,
    accountId: 1,
    brandId: 1,
    state: 'scheduled',
    reason: '',
    detail: '',
    content: { parts: ['Bonjour'], link: '', media: [] },
    label: '',
    publishAt: Date.UTC(2026, 11, 1, 8, 30),
    localTime: '2026-12-01T09:30',
    timeZone: 'Europe/Paris',
    attempts: 0,
    refs: [],
    createdAt: 1_700_000_000_000,
    changedAt: Date.UTC(2026, 10, 23, 18, 0, 5),
    ...more,
  };
  return { post, brand: 'Maison Lune', account: 'lune', networkName: 'Practice', isHeldByStop };
}

/** As a reader of such files does it: RFC 5545, 3.1. */
const unfold = (text: string) => text.replaceAll('\r\n ', '').split('\r\n');
const lineOf = (text: string, name: string) => unfold(text).find((line) => line.startsWith(`${name}:`));

test('lines end in CRLF, are at most 75 octets long, and unfold to what was said, whatever its letters', () => {
  const text = `Été 👩‍👩‍👧‍👦 ${'où ça, là; «çà» \\ '.repeat(40)}\r\nfin`;
  const written =
    icsHead('All Stop') + icsEvent(shown({ content: { parts: [text], link: '', media: [] } }), 'fr');
  expect(written.endsWith('END:VEVENT\r\n')).toBe(true);
  expect(written.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u);
  for (const line of written.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  const said = (lineOf(written, 'DESCRIPTION') ?? '').slice('DESCRIPTION:'.length);
  const plain = said.replace(/\\([\\;,n])/gu, (_all, sign: string) => (sign === 'n' ? '\n' : sign));
  expect(plain).toBe(`Programmée\n\nlune (Practice)\n\n${text.replace('\r\n', '\n')}`);
  expect(said).not.toMatch(/(?<!\\)[;,]/u);
});

test('an instant is in UTC, and the same post has the same name after it was moved', () => {
  const before = icsEvent(shown(), 'en');
  const after = icsEvent(shown({ publishAt: Date.UTC(2027, 0, 1), state: 'held', changedAt: 1 }), 'en');
  expect(lineOf(before, 'DTSTART')).toBe('DTSTART:20261201T083000Z');
  expect(lineOf(before, 'DTSTAMP')).toBe('DTSTAMP:20261123T180005Z');
  expect(lineOf(before, 'UID')).toBe(lineOf(after, 'UID'));
  expect(lineOf(before, 'UID')).not.toBe(lineOf(icsEvent(shown({ id: 8 }), 'en'), 'UID'));
});

test('the state is told in the two ways calendars know', () => {
  const told = (more: Partial<Post>, byStop = false) => {
    const event = icsEvent(shown(more, byStop), 'en');
    return [lineOf(event, 'STATUS'), lineOf(event, 'CATEGORIES')];
  };
  expect(told({ label: 'winter, sale' })).toEqual([
    'STATUS:CONFIRMED',
    'CATEGORIES:Scheduled,Maison Lune,winter\\, sale',
  ]);
  expect(told({}, true)).toEqual(['STATUS:TENTATIVE', 'CATEGORIES:Kept back by the stop,Maison Lune']);
  expect(told({ state: 'missed' })[0]).toBe('STATUS:TENTATIVE');
  expect(told({ state: 'canceled' })[0]).toBe('STATUS:CANCELLED');
});

test('nothing a network answered gets into the file as another line', () => {
  const event = icsEvent(
    shown({ state: 'published', refs: [{ id: '1', url: 'https://example.com/\r\nATTENDEE:x' }] }),
    'en',
  );
  expect(lineOf(event, 'URL')).toBeUndefined();
  expect(lineOf(event, 'ATTENDEE')).toBeUndefined();
  const fine = shown({ state: 'published', refs: [{ id: '1', url: 'https://example.com/p/1' }] });
  expect(lineOf(icsEvent(fine, 'en'), 'URL')).toBe('URL:https://example.com/p/1');
});

test('nothing that any reader takes for the end of a line comes from a text', () => {
  const text = 'a\u2028BEGIN:VEVENT\u2029b\u0085c\u000bd\u009be';
  const written = icsEvent(shown({ label: text, content: { parts: [text], link: '', media: [] } }), 'en');
  expect(written).not.toMatch(/[\u2028\u2029\u0080-\u009f\v]/u);
  expect(lineOf(written, 'CATEGORIES')).toContain('a\\nBEGIN:VEVENT\\nb\\nc d e');
});
