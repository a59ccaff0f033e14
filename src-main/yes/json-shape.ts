type Pace = () => Promise<void> | undefined;

/** Characters looked at between two turns of others. */
const STEP = 65_536;
/** The signs of a file of answers with every answer in it, and then some; deeper than this it never goes. */
const MOST_SIGNS = 60_000;
const DEEPEST = 3;

/**
 * Looks over JSON without reading it: a parser has no pause, and is kept for a quarter of a second by some megabytes of brackets or of
 * members. Null when it has more of them than a file of answers may; else where each object inside a list begins.
 */
export async function outlineOf(text: string, pace: Pace): Promise<readonly number[] | null> {
  const items: number[] = [];
  let [depth, signs, isText] = [0, 0, false];
  for (let index = 0; index < text.length; index += 1) {
    if (index % STEP === 0) {
      const turn = pace();
      if (turn) await turn;
    }
    const code = text.charCodeAt(index);
    if (isText) {
      if (code === BACKSLASH) index += 1;
      else if (code === QUOTE) isText = false;
      continue;
    }
    if (code === QUOTE) isText = true;
    else if (code === COMMA || code === COLON) signs += 1;
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      depth += 1;
      signs += 1;
      if (depth === DEEPEST && code === OPEN_OBJECT) items.push(index);
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth -= 1;
    if (signs > MOST_SIGNS || depth > DEEPEST) return null;
  }
  return items;
}

const [QUOTE, BACKSLASH, COMMA, COLON] = [34, 92, 44, 58];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];

/** The line an offset is in, from 1. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
