import type { WordAt } from './words-in.ts';

/** Where words that were found in a text stand after it was changed in one place; what was touched itself is left out until it is looked up again. */
export function shiftWords(before: string, now: string, words: readonly WordAt[]): readonly WordAt[] {
  if (before === now) return words;
  const least = Math.min(before.length, now.length);
  let head = 0;
  while (head < least && before[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < least - head && before[before.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  const by = now.length - before.length;
  return words.flatMap((one) => {
    if (one.end < head || (one.end === head && !/^[\p{L}\p{M}\p{N}'’-]/u.test(now.slice(head)))) return [one];
    const isBehind = one.start > before.length - tail;
    return isBehind ? [{ ...one, start: one.start + by, end: one.end + by }] : [];
  });
}
