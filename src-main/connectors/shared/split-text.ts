import type { Limits } from '../../core/connector.ts';
import type { Content } from '../../core/post.ts';
import { countBytes, countText } from './count-text.ts';
import { partLength, partTexts } from './part-texts.ts';

/** What goes with the first part. */
type Said = Pick<Content, 'link' | 'media'>;

/** Shortenings after which a sentence goes on. */
const SHORTENED =
  /(?:^|[\s(])(?:MM?|Mme|Mlle|Mr|Mrs|Ms|Dr|Pr|Prof|St|Ste|cf|p|pp|art|env|vs|e\.g|i\.e|p\. ?ex|[A-Z])\.\s*$/u;

const END_LENGTH = 40;

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
  // What the part can grow by for certain: it is counted again only once that is used up, not for each word of a long text.
  let room = 0;
  const roomOf = (candidate: string) =>
    Math.min(...limits.map((one) => roomIn(candidate.trim(), parts.length, first, one)));
  const close = () => {
    if (part.trim() !== '') parts.push(part.trim());
    part = '';
    room = 0;
  };
  const take = (piece: string, smaller: ((piece: string) => readonly string[]) | null): void => {
    if (mostOf(piece.length) <= room) {
      room -= mostOf(piece.length);
      part += piece;
      return;
    }
    const candidate = part + piece;
    const left = roomOf(candidate);
    if (left >= 0) {
      part = candidate;
      // Spaces at its end count as soon as something follows.
      room = left - mostOf(candidate.length - candidate.trim().length);
      return;
    }
    if (roomOf(piece) >= 0 || smaller === null) {
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

/** At most so much is counted for so many more characters: a short address may count as 23, and one may come to be where two pieces meet. */
const mostOf = (length: number) => 6 * length + 32;

/** What is left of the limits, in characters or bytes as they count; below 0 where it does not fit. */
function roomIn(text: string, place: number, { link, media }: Said, limits: Limits): number {
  const [said = ''] = place > 0 ? [text] : partTexts({ parts: [text], link, media }, limits);
  const characters = partLength({ media }, place, limits) - countText(said, limits);
  return limits.textBytes === null
    ? characters
    : Math.min(characters, limits.textBytes - countBytes(limits.written(said)));
}

function sentencesOf(text: string): readonly string[] {
  const sentences: string[] = [];
  let end = '';
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(text)) {
    const last = sentences.at(-1);
    if (last !== undefined && SHORTENED.test(end)) sentences[sentences.length - 1] = last + segment;
    else sentences.push(segment);
    end = (end + segment).slice(-END_LENGTH);
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
