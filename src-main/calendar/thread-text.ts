/*
 * A post's parts in one cell: a line holding only '---' stands between two parts. A part that has such a line itself is written with
 * a backslash before it ('\---'), and what is written so with one more.
 */
const BETWEEN = /^[ \t]*---[ \t]*$/u;
const ESCAPED = /^([ \t]*)\\(\\*---[ \t]*)$/u;
const TO_ESCAPE = /^([ \t]*)(\\*---[ \t]*)$/u;

/** The parts of a cell. A cell without a separating line is one part, an empty one too. */
export function splitParts(cell: string): readonly string[] {
  const parts: string[][] = [[]];
  for (const line of cell.split('\n')) {
    if (BETWEEN.test(line)) parts.push([]);
    else parts.at(-1)?.push(line.replace(ESCAPED, '$1$2'));
  }
  return parts.map((lines) => lines.join('\n'));
}

/** The cell that `splitParts` reads as these parts. Line breaks are '\n' in it. */
export function joinParts(parts: readonly string[]): string {
  const written = (part: string) =>
    part
      .replace(/\r\n?/gu, '\n')
      .split('\n')
      .map((line) => line.replace(TO_ESCAPE, '$1\\$2'))
      .join('\n');
  return parts.map(written).join('\n---\n');
}
