import type { AccountId } from './brand.ts';
import type { Content } from './post.ts';

/** What some accounts say in their own words: parts and link. Media are those of the shared content. No account is in two of them. */
export type Variant = {
  readonly accountIds: readonly AccountId[];
  readonly parts: readonly string[];
  /** '' when none, whatever the shared link is. */
  readonly link: string;
};

/** What each account says: its variant's parts and link where it has one, the shared ones otherwise. */
export function contentsFor(
  shared: Content,
  variants: readonly Variant[],
): (accountId: AccountId) => Content {
  const own = new Map<AccountId, Content>();
  for (const { accountIds, parts, link } of variants) {
    const content = { parts, link, media: shared.media };
    for (const accountId of accountIds) own.set(accountId, content);
  }
  return (accountId) => own.get(accountId) ?? shared;
}
