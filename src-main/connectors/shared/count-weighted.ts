/** As twitter-text's configuration 3 gives them: code points that count once. All others count twice. */
const LIGHT: readonly (readonly [number, number])[] = [
  [0, 4_351],
  [8_192, 8_205],
  [8_208, 8_223],
  [8_242, 8_247],
];
const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;
const ADDRESSES = /https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]}…]/giu;
/** Names that become links by themselves. Too many are better than too few: the count never says less than the network's. */
const BARE =
  /(?<![\p{L}\p{N}@#$_./-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|org|net|info|biz|edu|gov|int|mil|eu|fr|uk|de|be|ch|es|it|nl|ca|us|io|co|ai|app|dev|me|tv|be|ly|gl|paris|bzh|shop|store|online|site|blog|news|tech|agency|studio|media|social|events?|live)(?:\/[^\s<>"']*[^\s<>"'.,;:!?)\]}…])?(?![\p{L}\p{N}_-])/giu;

let segmenter: Intl.Segmenter | null = null;

/** How much a text weighs: what is Latin once, what is not twice, an emoji twice however it is made, an address `urlLength`. */
export function countWeighted(text: string, urlLength: number): number {
  let addresses = 0;
  const withoutAddresses = text.replace(ADDRESSES, () => {
    addresses += urlLength;
    return ' ';
  });
  const rest = withoutAddresses.replace(BARE, (name) => {
    addresses += Math.max(urlLength, name.length);
    return ' ';
  });
  // A blank took the place of each address, so that what stood around it does not grow together.
  const blanks = [...text.matchAll(ADDRESSES)].length + [...withoutAddresses.matchAll(BARE)].length;
  return weightOf(rest) + addresses - blanks;
}

/** The same where no address counts as one. */
export function weightOf(text: string): number {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  let weight = 0;
  for (const { segment } of segmenter.segment(text.normalize('NFC'))) {
    if (EMOJI.test(segment)) {
      weight += 2;
      continue;
    }
    for (const sign of segment) {
      const code = sign.codePointAt(0) ?? 0;
      weight += LIGHT.some(([from, to]) => code >= from && code <= to) ? 1 : 2;
    }
  }
  return weight;
}
