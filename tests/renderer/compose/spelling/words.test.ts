import fc from 'fast-check';
import { expect, it } from 'vitest';
import { languageOf, languageOfBrand } from '../../../../src-renderer/compose/spelling/language.ts';
import { shiftWords } from '../../../../src-renderer/compose/spelling/shift-words.ts';
import { knowsWords, wordsIn, wordsOfName } from '../../../../src-renderer/compose/spelling/words-in.ts';

const words = (text: string, known: readonly string[] = []) =>
  wordsIn(text, knowsWords(known)).map(({ word, start, end }) => {
    expect(text.slice(start, end)).toBe(word);
    return word;
  });

it('addresses, hashtags, mentions, places, numbers and short words in capitals are not looked up', () => {
  const text =
    'Vois https://a.example/été#x www.a.fr a.example/b moi@a.example #Soldes2026 @lune@town.example {marque} 3e H2O TVA B2B à PROMOTION, l’été peut-être';
  expect(words(text)).toEqual(['Vois', 'PROMOTION', 'l’été', 'peut-être']);
});

it('what is longer than a word is left out, and a long run of letters takes time with its length, not with the square of it', () => {
  expect(words(`the ${'a'.repeat(61)} hte ${'b'.repeat(60)}`)).toEqual(['the', 'hte', 'b'.repeat(60)]);
  const timeOf = (text: string) => {
    const begin = performance.now();
    expect(words(text)).toEqual([]);
    return performance.now() - begin;
  };
  const plain = timeOf('aeiou '.repeat(20_000).trim().toUpperCase());
  // Where it was tried again at each letter these took seconds.
  for (const unit of ['a', 'a-', 'a%', 'aé'])
    expect(timeOf(unit.repeat(60_000 / unit.length)), unit).toBeLessThan(Math.max(2_000, plain * 20));
});

it('known words are known in any case, after an elision, and before an ’s', () => {
  expect(
    words('L’Instagram de VERRIER, verrier’s d’autre', ['Instagram', ...wordsOfName('Maison Verrier')]),
  ).toEqual(['de', 'd’autre']);
});

it('a text says its language by its frequent words, a brand by its market and zone', () => {
  expect(languageOf('Les portes de la maison sont ouvertes')).toBe('fr');
  expect(languageOf('The doors of the house are open')).toBe('en');
  expect(languageOf('Bonjour')).toBeNull();
  const zone = 'Europe/Paris';
  expect(languageOfBrand({ market: 'France', timeZone: 'Europe/London' })).toBe('fr');
  expect(languageOfBrand({ market: 'UK', timeZone: zone })).toBe('en');
  expect(languageOfBrand({ market: '', timeZone: zone })).toBe('fr');
  expect(languageOfBrand({ market: '', timeZone: 'Asia/Tokyo' })).toBe('en');
});

it('while the text is changed elsewhere a word found stays where it is, and one that is touched is let go', () => {
  const found = [{ word: 'hte', start: 4, end: 7 }];
  expect(shiftWords('See hte end', 'See hte end.', found)).toEqual(found);
  expect(shiftWords('See hte end', 'I see hte end', found)).toEqual([{ word: 'hte', start: 6, end: 9 }]);
  expect(shiftWords('See hte end', 'See hthe end', found)).toEqual([]);
  expect(shiftWords('See hte', 'See htex', found)).toEqual([]);
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (before, typed, after) => {
      const text = `${before} hte ${after}`;
      const start = before.length + 1;
      const all = [{ word: 'hte', start, end: start + 3 }];
      for (const now of [`${before}${typed} hte ${after}`, `${before} hte ${typed}${after}`])
        for (const one of shiftWords(text, now, all)) expect(now.slice(one.start, one.end)).toBe('hte');
    }),
  );
});
