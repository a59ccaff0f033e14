import english from 'emojibase-data/en/compact.json';
import french from 'emojibase-data/fr/compact.json';
import { plainOf } from '../../accounts/desk-rows.ts';
import type { Language } from '../../time.ts';

export type Emoji = {
  readonly unicode: string;
  readonly label: Readonly<Record<Language, string>>;
  /** Its names and tags in both languages, in lower case without accents, each after a space. */
  readonly words: string;
  readonly group: number;
  /** From light to dark; empty where it has no skin. */
  readonly skins: readonly string[];
};

/** Unicode's groups in their order; parts of others (hair, skin) are no emoji of their own. */
export const EMOJI_GROUPS = [0, 1, 3, 4, 5, 6, 7, 8, 9] as const;
const MOST_FOUND = 90;

/** All emoji in Unicode's order. A megabyte of names: imported when it is needed. */
export function readEmoji(): readonly Emoji[] {
  const frenchOf = new Map(french.map((one) => [one.hexcode, one]));
  return english
    .filter(({ group }) => (EMOJI_GROUPS as readonly (number | undefined)[]).includes(group))
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .map(({ hexcode, unicode, label, tags, skins, group }): Emoji => {
      const other = frenchOf.get(hexcode);
      const words = [label, ...(tags ?? []), other?.label ?? '', ...(other?.tags ?? [])];
      return {
        unicode: plainly(unicode),
        label: { en: label, fr: other?.label ?? label },
        words: ` ${wordsOf(words.join(' ')).join(' ')}`,
        group: group ?? 0,
        // Those with two people have a skin for each: only where both are the same.
        skins: skins?.length === 5 ? skins.map((skin) => plainly(skin.unicode)) : [],
      };
    });
}

/** In lower case, without accents, and with œ as people type it. */
function wordsOf(text: string): readonly string[] {
  const plain = plainOf(text).replaceAll('œ', 'oe');
  return plain.split(/[^\p{L}\p{N}+]+/u).filter((word) => word !== '');
}

/** Where a sign is a picture by itself, what asks for the picture would only be counted. */
function plainly(unicode: string): string {
  return unicode.replace(/^(\p{Emoji_Presentation})\uFE0F$/u, '$1');
}

/** Those of which every word typed begins a name or tag, in either language; the ones named so first. */
export function findEmoji(all: readonly Emoji[], search: string, language: Language): readonly Emoji[] {
  const typed = plainOf(search)
    .split(/[^\p{L}\p{N}+]+/u)
    .filter((word) => word !== '');
  if (typed.length === 0) return [];
  const found = all.filter(({ words }) => typed.every((word) => words.includes(` ${word}`)));
  const isNamed = ({ label }: Emoji) =>
    typed.every((word) => ` ${wordsOf(label[language]).join(' ')}`.includes(` ${word}`));
  return [...found.filter(isNamed), ...found.filter((one) => !isNamed(one))].slice(0, MOST_FOUND);
}
