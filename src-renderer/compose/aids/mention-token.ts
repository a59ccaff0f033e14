import type { MentionView } from '../../../src-preload/aid-views.ts';
import { plainOf } from '../../accounts/desk-rows.ts';

/** What is being typed after an @ just before the caret; null where nobody is being mentioned. */
export type MentionToken = { readonly start: number; readonly typed: string };

export function mentionAt(text: string, caret: number): MentionToken | null {
  const found = /(?:^|[\s(«"'’—])(@[\p{L}\p{N}_.@:-]*)$/u.exec(text.slice(Math.max(0, caret - 200), caret));
  const token = found?.[1];
  return token === undefined ? null : { start: caret - token.length, typed: token.slice(1) };
}

/** Those a few letters mean: of the handle or of the brand, beginnings first; otherwise in the order they came. */
export function findMentions(
  all: readonly MentionView[],
  typed: string,
  most: number,
): readonly MentionView[] {
  const wanted = plainOf(typed.replace(/^@/u, ''));
  const placed = all.flatMap((one) => {
    const handle = plainOf(one.handle).replace(/^@/u, '');
    const brand = plainOf(one.brand);
    if (handle.startsWith(wanted)) return [{ one, rank: 0 }];
    if (brand.startsWith(wanted)) return [{ one, rank: 1 }];
    return `${handle} ${brand}`.includes(wanted) ? [{ one, rank: 2 }] : [];
  });
  return placed
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ one }) => one);
}
