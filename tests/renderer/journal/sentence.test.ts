import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JournalLine } from '../../../src-preload/views.ts';
import { createI18n } from '../../../src-renderer/i18n/i18n.ts';
import { postWords, readable, sentenceOf } from '../../../src-renderer/journal/sentence.ts';
import { indexDesk } from '../../../src-renderer/ui/use-desk.ts';
import { sampleBrands } from '../fixture/sample-desk.ts';

const desk = indexDesk(sampleBrands());
/** When the line was written. */
const AT = Date.UTC(2026, 10, 13, 20, 30);

function say(event: string, details: JournalLine['details'] = {}, language: 'en' | 'fr' = 'en') {
  const i18n = createI18n(language);
  const t = i18n.getFixedT(null, ['journal', 'common']);
  const line: JournalLine = { seq: 1, at: AT, event, control: '', by: '', details, hash: '' };
  const reason = (code: string) =>
    i18n.exists(`common:reason.${code}`) ? i18n.t(`common:reason.${code}` as 'common:reason.late') : code;
  return sentenceOf(line, { t: t as never, language, desk, reason }, (key) => i18n.exists(key));
}

/** Every event that main's own code names when it records something. */
function eventsInMain(): string[] {
  const root = resolve(import.meta.dirname, '../../../src-main');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const named = files.flatMap((file) => {
    const code = readFileSync(join(root, file), 'utf8');
    return [
      ...code.matchAll(/event: '([a-z]+\.[a-z-]+)'/gu),
      ...code.matchAll(/record\('([a-z]+\.[a-z-]+)'/gu),
      // A step over posts is recorded by the name that a table or a function has for it.
      ...code.matchAll(/'(posts\.(?!csv|jsonl)[a-z-]+)'/gu),
    ].map((match) => match[1] as string);
  });
  return [...new Set(named)].sort();
}

describe('a line of the journal', () => {
  it('has a sentence for every event main records, in both languages', () => {
    const events = eventsInMain();
    expect(events).toContain('stop.engaged');
    expect(events).toContain('posts.held');
    expect(events.length).toBeGreaterThan(20);
    for (const language of ['en', 'fr'] as const) {
      const silent = events.filter((event) => say(event, {}, language).main === event);
      expect(silent).toEqual([]);
    }
  });

  it('has a sentence for every state a post is settled in', () => {
    for (const state of ['published', 'failed', 'unconfirmed', 'scheduled', 'missed'])
      expect(say(`post.${state}`, { post: 12 }).main).toMatch(/^Post 12 .+\.$/u);
  });

  it('names what a stop covers and what was in flight', () => {
    const brand = sampleBrands()[1];
    const everything = say('stop.engaged', { scope: 'everything', inFlight: '4, 9', reason: '' });
    expect(everything.main).toBe('Stop engaged: everything.');
    expect(everything.more).toBe('2 posts were in flight.');
    expect(say('stop.engaged', { scope: `brand:${brand?.id}`, inFlight: '' }).main).toBe(
      `Stop engaged: ${brand?.name}.`,
    );
    const [soon, late] = [1_000, 3_600_000].map(
      (ms) => say('stop.engaged', { scope: 'everything', engagedAt: AT - ms }).more,
    );
    expect([soon, late]).toEqual(['', expect.stringMatching(/^Engaged .+\.$/u)]);
    expect(say('stop.engaged', { scope: 'everything', widenedFrom: 'brand:999' }).more).toContain(
      'brand 999',
    );
  });

  it('names a market and a network as they are called', () => {
    expect(say('stop.engaged', { scope: 'market:france' }).main).toBe('Stop engaged: market France.');
    expect(say('stop.engaged', { scope: 'network:mastodon' }).main).toBe('Stop engaged: network Mastodon.');
    expect(say('account.connected', { name: '@lune', network: 'mastodon' }).main).toContain('(Mastodon)');
  });

  it('counts, and names who comes back', () => {
    const [first, second] = sampleBrands();
    expect(say('stop.released', { brands: `${first?.id}, ${second?.id}` }).main).toBe(
      `Released: 2 brands (${first?.name}, ${second?.name}).`,
    );
    expect(say('posts.held', { posts: '1' }).main).toBe('1 post held.');
    expect(say('posts.held', { posts: '1, 2, 3' }).main).toBe('3 posts held.');
    expect(
      say('calendar.imported', { file: 'a.csv', added: 1_000, known: 2, skipped: 0 }, 'fr').main,
    ).toMatch(/^1\s000 publications importées de a\.csv\.$/u);
  });

  it('tells two ends of a look-up and of a take-down apart', () => {
    expect(say('post.looked-up', { post: 3, found: true }).main).toContain('it is published');
    expect(say('post.looked-up', { post: 3, found: false }).main).toContain('it is not published');
    expect(say('post.taken-down', { post: 3, outcome: 'removed' }).main).toContain('was taken down');
    expect(say('post.taken-down', { post: 3, outcome: 'failed' }).main).toContain('could not be taken down');
  });

  it('says a reason in words, and leads to its post', () => {
    const missed = say('post.missed', { post: 12, reason: 'late', detail: 'ENOTFOUND' });
    expect(missed.more).toContain('Its time passed');
    expect(missed.more).toContain('ENOTFOUND');
    expect(missed.postId).toBe(12);
    expect(say('posts.missed', { reason: 'stopped', count: 3 }).more).toBe(
      'Their time came while publishing was stopped.',
    );
    expect(say('posts.missed', { reason: 'countdown', count: 1 }).more).toBe(
      'Its time came during the countdown after a release.',
    );
    expect(say('brand.created', { name: 'x' }).postId).toBeNull();
  });

  it('of a kind unknown here is told by its name and what it holds', () => {
    const unknown = say('drill.finished', { seconds: 12, key: 'machine only', note: '' });
    expect(unknown.main).toBe('drill.finished');
    expect(unknown.more).toBe('seconds: 12');
  });

  it('says when a post was due in the zone of its brand', () => {
    const brand = sampleBrands().find((one) => one.timeZone === 'America/New_York');
    const publishAt = '2026-12-01T14:30:00.000Z';
    const { more } = say('post.attempt', { post: 12, attempt: 1, brand: brand?.name ?? '', publishAt });
    expect(more).toContain('09:30 (New York)');
  });
});

describe('what stands beside a sentence', () => {
  it('names the brand, the account and the first words of a post', () => {
    expect(postWords({ brand: 'Cobalt', account: '@cobalt', parts: ['Open\nagain'] })).toBe(
      'Cobalt · @cobalt · “Open again”',
    );
    const long = postWords({ brand: 'Cobalt', account: '@cobalt', parts: ['word '.repeat(40)] });
    expect(long.endsWith('…”')).toBe(true);
    expect(long.length).toBeLessThan(90);
  });

  it('shows the path of a file without its percent signs, and other addresses as they are', () => {
    expect(readable('file:///home/c/All%20Stop/post.json')).toBe('file:///home/c/All Stop/post.json');
    expect(readable('https://example.org/a%20b')).toBe('https://example.org/a%20b');
    expect(readable('file:///100%')).toBe('file:///100%');
  });
});
