type Tree = { readonly [key: string]: string | Tree };

const NO_BREAK = '\u00a0';
const NARROW_NO_BREAK = '\u202f';

/** French sets a space before : ; ? ! » and after «, and a line never breaks there. Texts are written with plain spaces. */
export function spaceFrench<T extends string | Tree>(text: T): T {
  if (typeof text === 'string')
    return text
      .replace(/ :/gu, `${NO_BREAK}:`)
      .replace(/ ([;?!»%])/gu, `${NARROW_NO_BREAK}$1`)
      .replace(/« /gu, `«${NARROW_NO_BREAK}`) as T;
  return Object.fromEntries(
    Object.entries(text as Tree).map(([key, inner]) => [key, spaceFrench(inner)]),
  ) as T;
}

/** A sentence that main hands over in both languages, as the window sets it. */
export function wordsIn(language: 'en' | 'fr', words: { readonly en: string; readonly fr: string }): string {
  return language === 'fr' ? spaceFrench(words.fr) : words.en;
}
