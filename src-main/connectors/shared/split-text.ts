import type { Limits } from '../../core/connector.ts';
import type { Content } from '../../core/post.ts';
import { countBytes, countText } from './count-text.ts';
import { partTexts } from './part-texts.ts';

/** What goes with the first part. */
type Said = Pick<Content, 'link' | 'media'>;

/** Shortenings after which a sentence goes on. */
const SHORTENED =
  /(?:^|[\s(])(?:MM?|Mme|Mlle|Mr|Mrs|Ms|Dr|Pr|Prof|St|Ste|cf|p|pp|art|env|vs|e\.g|i\.e|p\. ?ex|[A-Z])\.\s*$/u;

/**
 * A text as parts that each fit within all of these limits: cut between sentences, where one is too long between words, and where that is too
 * long between characters. The first part leaves room for the link where it is added to the text. Null when that takes more than `most` parts.
 */
export function splitText(
  text: string,
  first: Said,
  limits: readonly Limits[],
  most: number,
): readonly string[] | null {
  const parts: string[] = [];
  let part = '';
  const fits = (candidate: string) =>
    limits.every((one) => fitsIn(candidate.trim(), parts.length, first, one));
  const close = () => {
    if (part.trim() !== '') parts.push(part.trim());
    part = '';
  };
  const take = (piece: string, smaller: ((piece: string) => readonly string[]) | null): void => {
    if (fits(part + piece)) {
      part += piece;
      return;
    }
    if (fits(piece) || smaller === null) {
      close();
      part = piece;
      return;
    }
    for (const one of smaller(piece)) {
      if (parts.length > most) return;
      take(one, smaller === wordsOf ? charactersOf : null);
    }
  };
  for (const sentence of sentencesOf(text)) {
    if (parts.length > most) return null;
    take(sentence, wordsOf);
  }
  close();
  return parts.length > most ? null : parts;
}

function fitsIn(text: string, place: number, { link, media }: Said, limits: Limits): boolean {
  const [said = ''] = place > 0 ? [text] : partTexts({ parts: [text], link, media }, limits);
  return (
    countText(said, limits) <= limits.textLength &&
    (limits.textBytes === null || countBytes(said) <= limits.textBytes)
  );
}

function sentencesOf(text: string): readonly string[] {
  const sentences: string[] = [];
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(text)) {
    const last = sentences.at(-1);
    if (last !== undefined && SHORTENED.test(last)) sentences[sentences.length - 1] = last + segment;
    else sentences.push(segment);
  }
  return sentences;
}

/** Each with the white space that follows it, so that addresses stay whole. */
function wordsOf(text: string): readonly string[] {
  return text.match(/\s*\S+\s*/gu) ?? [];
}

function charactersOf(text: string): readonly string[] {
  return [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].map(
    ({ segment }) => segment,
  );
}
