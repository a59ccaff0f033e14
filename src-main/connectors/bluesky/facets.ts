/** A stretch of a text that is more than text. Offsets are bytes of UTF-8, the end excluded, as `app.bsky.richtext.facet` wants. */
export type Facet = {
  readonly index: { readonly byteStart: number; readonly byteEnd: number };
  readonly features: readonly Feature[];
};
type Feature =
  | { readonly $type: 'app.bsky.richtext.facet#link'; readonly uri: string }
  | { readonly $type: 'app.bsky.richtext.facet#tag'; readonly tag: string }
  | { readonly $type: 'app.bsky.richtext.facet#mention'; readonly did: string };

const LINK = /(?<![\p{L}\p{N}_@/])https?:\/\/[^\s<>"«»“”]+/giu;
const TAG = /(?<=^|[\s(«"'’—])[#＃]([^\s#＃\p{Cf}]+)/gu;
const MENTION =
  /(?<=^|[\s(«"'’—])@((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?)(?![\p{L}\p{N}_@-])/giu;
const TAG_GRAPHEMES = 64;

/** '@name.example' from a handle with or without its @; null where it is none. */
export function writtenHandle(name: string): string | null {
  const handle = `@${name.trim().replace(/^@/u, '')}`;
  const [found] = mentionedHandles(handle);
  return found !== undefined && `@${found}` === handle.toLowerCase() ? `@${found}` : null;
}

/** The handles a text mentions, without the @, each once. */
export function mentionedHandles(text: string): readonly string[] {
  return [...new Set([...text.matchAll(MENTION)].map((match) => (match[1] ?? '').toLowerCase()))];
}

/**
 * Links (with http or https written out), hashtags, and the mentions whose handle is in `didOf`, in the order of the text. Without a facet
 * the network shows plain text: a link that cannot be followed.
 */
export function facetsOf(text: string, didOf: ReadonlyMap<string, string>): readonly Facet[] {
  const facets: Facet[] = [];
  const add = (start: number, length: number, feature: Feature) => {
    const byteStart = Buffer.byteLength(text.slice(0, start));
    const byteEnd = byteStart + Buffer.byteLength(text.slice(start, start + length));
    facets.push({ index: { byteStart, byteEnd }, features: [feature] });
  };
  for (const match of text.matchAll(LINK)) {
    const written = withoutTail(match[0]);
    const uri = addressOf(written);
    if (uri) add(match.index, written.length, { $type: 'app.bsky.richtext.facet#link', uri });
  }
  for (const match of text.matchAll(TAG)) {
    const tag = (match[1] ?? '').replace(/\p{P}+$/u, '');
    // A keycap (#️⃣) is no tag, and neither is a number.
    if (tag.startsWith('\uFE0F') || !/[^\p{N}\p{P}]/u.test(tag) || graphemes(tag) > TAG_GRAPHEMES) continue;
    add(match.index, tag.length + 1, { $type: 'app.bsky.richtext.facet#tag', tag });
  }
  for (const match of text.matchAll(MENTION)) {
    const handle = match[1] ?? '';
    const did = didOf.get(handle.toLowerCase());
    if (did) add(match.index, handle.length + 1, { $type: 'app.bsky.richtext.facet#mention', did });
  }
  return apart(facets);
}

/** Of stretches that overlap the first stays. */
function apart(facets: readonly Facet[]): readonly Facet[] {
  let end = 0;
  return [...facets]
    .sort((a, b) => a.index.byteStart - b.index.byteStart)
    .filter(({ index }) => {
      const isApart = index.byteStart >= end;
      if (isApart) end = index.byteEnd;
      return isApart;
    });
}

/** A sentence's punctuation is not the link's; a closing bracket is only where the link opened it. */
function withoutTail(link: string): string {
  let text = link;
  for (;;) {
    const last = text.slice(-1);
    const isOpened =
      last === ')' ? count(text, '(') >= count(text, ')') : count(text, '[') >= count(text, ']');
    if (/[.,;:!?'’…*]/u.test(last) || ((last === ')' || last === ']') && !isOpened)) text = text.slice(0, -1);
    else return text;
  }
}

function count(text: string, sign: string): number {
  return text.split(sign).length - 1;
}

function addressOf(written: string): string | null {
  try {
    const url = new URL(written);
    return /^[\x21-\x7e]+$/.test(written) ? written : url.href;
  } catch {
    return null;
  }
}

function graphemes(text: string): number {
  return [...new Intl.Segmenter().segment(text)].length;
}
