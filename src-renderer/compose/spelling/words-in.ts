/** A word of a text that may be looked up, and where it stands. */
export type WordAt = { readonly word: string; readonly start: number; readonly end: number };

/**
 * What is no language: addresses, hashtags, mentions, places of a template. An address begins where its letters begin: tried again at each of
 * them, a run of n letters would take n² steps.
 */
const NO_WORDS =
  /https?:\/\/\S+|\bwww\.\S+|(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+|[#＃@][^\s,;!?)»”]+|\{[^{}\n]*\}|(?<![\p{L}\p{N}-])[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?:\/\S*)?/gu;
const WORD = /[\p{L}\p{M}]+(?:['’ʼ·-][\p{L}\p{M}]+)*/gu;
/** Shorter ones in capitals are names of things, such as TVA. */
const SHORTEST_SHOUTED = 6;
/** In letters. What is longer is no word, and looking for what may have been meant takes time with the square of it. */
export const LONGEST_WORD = 60;

/**
 * The words of a text that a dictionary can be asked about. Left out are what is no language, words with digits, short ones in capitals, what is too
 * long for a word, and what `isKnown` says is right.
 */
export function wordsIn(text: string, isKnown: (word: string) => boolean): readonly WordAt[] {
  // As long as it was, so that places stay what they are.
  const plain = text.replace(NO_WORDS, (found) => ' '.repeat(found.length));
  const words: WordAt[] = [];
  for (const match of plain.matchAll(WORD)) {
    const [word] = match;
    const start = match.index;
    const end = start + word.length;
    if (/[\p{N}_]/u.test(plain.slice(Math.max(0, start - 1), start) + plain.slice(end, end + 1))) continue;
    if (word.length > LONGEST_WORD) continue;
    if (word.length === 1 || (word.length < SHORTEST_SHOUTED && word === word.toUpperCase())) continue;
    if (!isKnown(word)) words.push({ word, start, end });
  }
  return words;
}

const keyOf = (word: string) => word.normalize('NFC').replace(/[’ʼ]/gu, "'").toLowerCase();

/** Knows words without regard to case, after an elided article ("l'Instagram") and as parts of one with hyphens. */
export function knowsWords(words: Iterable<string>): (word: string) => boolean {
  const known = new Set([...words].map(keyOf));
  return (word) => {
    const key = keyOf(word);
    if (known.has(key)) return true;
    const bare = key.replace(/^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'|'s$/gu, '');
    return bare !== key && known.has(bare);
  };
}

/** The words a name is made of. */
export function wordsOfName(name: string): readonly string[] {
  return [...name.matchAll(WORD)].flatMap(([word]) => [word, ...word.split(/[-·]/u)]);
}
