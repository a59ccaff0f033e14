import { describe, expect, it } from 'vitest';
import { spaceFrench, wordsIn } from '../../../src-renderer/i18n/french-spaces.ts';
import { createI18n } from '../../../src-renderer/i18n/i18n.ts';
import { english, french } from '../../../src-renderer/i18n/resources.ts';

type Tree = { readonly [key: string]: string | Tree };

function flatten(tree: Tree, before = ''): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const path = before === '' ? key : `${before}.${key}`;
    if (typeof value === 'string') all.set(path, value);
    else for (const [inner, text] of flatten(value, path)) all.set(inner, text);
  }
  return all;
}

const namesIn = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/gu)].map((match) => match[1]).sort();
const en = flatten(english);
const fr = flatten(french);

describe('the texts of the window', () => {
  it('have the same keys in French as in English, and a "many" beside every plural', () => {
    const wanted = [...en.keys()].flatMap((key) =>
      key.endsWith('_other') ? [key, key.replace(/_other$/u, '_many')] : [key],
    );
    expect([...fr.keys()].sort()).toEqual(wanted.sort());
  });

  it('are never empty', () => {
    const empty = [...en, ...fr].filter(([, text]) => text.trim() === '').map(([key]) => key);
    expect(empty).toEqual([]);
  });

  it('are filled with the same values in both languages', () => {
    const different = [...en]
      .filter(([key, text]) => `${namesIn(text)}` !== `${namesIn(fr.get(key) ?? '')}`)
      .map(([key]) => key);
    expect(different).toEqual([]);
  });

  it('have a singular beside every plural', () => {
    const lonely = [...en.keys()].filter(
      (key) => key.endsWith('_other') && !en.has(key.replace(/_other$/u, '_one')),
    );
    expect(lonely).toEqual([]);
  });

  it('say a million as the language says it', () => {
    const instance = createI18n('fr');
    expect(instance.t('common:posts', { count: 1_000_000, n: '1 000 000' })).toBe(
      '1 000 000 de publications',
    );
    expect(instance.t('common:posts', { count: 1, n: '1' })).toBe('1 publication');
    expect(instance.t('common:posts', { count: 2, n: '2' })).toBe('2 publications');
  });

  it('that main hands over are set like the window’s own', () => {
    const words = { en: 'Free: no cost.', fr: 'Gratuit : rien.' };
    expect(wordsIn('fr', words)).toBe('Gratuit\u00a0: rien.');
    expect(wordsIn('en', words)).toBe(words.en);
  });

  it('never break a line before a French colon or question mark', () => {
    expect(spaceFrench({ a: { b: 'Quoi ? « Non » : rien ; fini !' } })).toEqual({
      a: { b: 'Quoi\u202f? «\u202fNon\u202f»\u00a0: rien\u202f; fini\u202f!' },
    });
    expect(createI18n('fr').t('stop:start.title')).toBe('Commencer à publier\u202f?');
  });
});
