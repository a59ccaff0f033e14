/** As many as a request may carry. */
export const MOST_PARTS = 50;

type Parts = readonly string[];

/** The part cut in two at a place in its text; white space at the cut goes. */
export function cutAt(parts: Parts, index: number, offset: number): Parts {
  const text = parts[index];
  if (text === undefined || parts.length >= MOST_PARTS) return parts;
  return replaced(parts, index, [text.slice(0, offset).trimEnd(), text.slice(offset).trimStart()]);
}

/** The part and the next as one, a blank line between them. */
export function mergedWithNext(parts: Parts, index: number): Parts {
  const [text, next] = [parts[index], parts[index + 1]];
  if (text === undefined || next === undefined) return parts;
  const said = [text.trimEnd(), next.trimStart()].filter((one) => one !== '');
  return [...parts.slice(0, index), said.join('\n\n'), ...parts.slice(index + 2)];
}

/** The part one place up (-1) or down (1). */
export function moved(parts: Parts, index: number, by: -1 | 1): Parts {
  const [text, other] = [parts[index], parts[index + by]];
  if (text === undefined || other === undefined) return parts;
  return parts.map((part, place) => (place === index ? other : place === index + by ? text : part));
}

/** Other parts where one was. */
export function replaced(parts: Parts, index: number, by: Parts): Parts {
  return [...parts.slice(0, index), ...by, ...parts.slice(index + 1)];
}
