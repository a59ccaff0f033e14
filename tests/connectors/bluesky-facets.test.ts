import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { facetsOf, mentionedHandles } from '../../src-main/connectors/bluesky/facets.ts';

/** What a text shows as more than text: the stretch itself, and where it leads. */
function shown(text: string, didOf: Readonly<Record<string, string>> = {}): [string, string][] {
  const bytes = Buffer.from(text);
  return facetsOf(text, new Map(Object.entries(didOf))).map(({ index, features: [feature] }) => [
    bytes.subarray(index.byteStart, index.byteEnd).toString(),
    feature && 'uri' in feature
      ? feature.uri
      : feature && 'tag' in feature
        ? `#${feature.tag}`
        : (feature?.did ?? ''),
  ]);
}

describe('the facets of a text', () => {
  test.each<[string, string[]]>([
    ['See https://example.com.', ['https://example.com']],
    ['(https://example.com/a_(b))', ['https://example.com/a_(b)']],
    ['[https://example.com/a]', ['https://example.com/a']],
    ['https://example.com/?q=1&r=2#here, then', ['https://example.com/?q=1&r=2#here']],
    ['« https://example.com » et “https://example.org”', ['https://example.com', 'https://example.org']],
    ['HTTP://EXAMPLE.COM/A!', ['HTTP://EXAMPLE.COM/A']],
    ['one\nhttps://a.example\nhttps://b.example…', ['https://a.example', 'https://b.example']],
    ['ahttps://example.com and xhttp://', []],
    ['example.com is not written as a link', []],
    ['https:// leads nowhere', []],
  ])('links in %j', (text, links) => {
    expect(shown(text).map(([stretch]) => stretch)).toEqual(links);
  });

  test('a link with other letters leads to its address in plain letters', () => {
    expect(shown('→ https://exämple.fr/é')).toEqual([
      ['https://exämple.fr/é', 'https://xn--exmple-cua.fr/%C3%A9'],
    ]);
  });

  test.each<[string, string[]]>([
    ['#one #two,#three', ['#one', '#two']],
    ['#Noël! (#fête) d’#Avent', ['#Noël', '#fête', '#Avent']],
    ['#2026 #1er #№', ['#1er', '#№']],
    ['a#b ##c #', []],
    ['#️⃣ and #🎄', ['#🎄']],
    ['https://example.com/#part', ['https://example.com/#part']], // a link
  ])('hashtags in %j', (text, tags) => {
    expect(shown(text).map(([stretch]) => stretch)).toEqual(tags);
  });

  test('a hashtag of 65 characters is none', () => {
    expect(shown(`#${'é'.repeat(64)}`)).toHaveLength(1);
    expect(shown(`#${'é'.repeat(65)}`)).toEqual([]);
  });

  test('only the mentions that were resolved are more than text', () => {
    const text = 'With @Brand.test, (@other.example.com). Mail me@brand.test or @nobody';
    expect(mentionedHandles(`${text} @brand.test`)).toEqual(['brand.test', 'other.example.com']);
    expect(shown(text, { 'brand.test': 'did:plc:1' })).toEqual([['@Brand.test', 'did:plc:1']]);
  });

  test('two stretches within a link are the link’s alone', () => {
    const text = 'https://a.example/(@brand.test(#one';
    expect(shown(text, { 'brand.test': 'did:plc:1' })).toEqual([[text, text]]);
  });

  test('whatever the text, facets lie within it, in order, apart, and on whole characters', () => {
    const word = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('https://a.example/é(', '#été', '@brand.test', '\n', ' ', '🧑‍🚒', '(', ')'),
    );
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const text = words.join('');
        const bytes = Buffer.from(text);
        const whole = new TextDecoder('utf-8', { fatal: true });
        let end = 0;
        for (const { index } of facetsOf(text, new Map([['brand.test', 'did:plc:1']]))) {
          expect(index.byteStart).toBeGreaterThanOrEqual(end);
          expect(index.byteEnd).toBeGreaterThan(index.byteStart);
          expect(index.byteEnd).toBeLessThanOrEqual(bytes.length);
          expect(() => whole.decode(bytes.subarray(index.byteStart, index.byteEnd))).not.toThrow();
          end = index.byteEnd;
        }
      }),
    );
  });
});
