import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { contentHashOf } from '../calendar/import-key.ts';
import { checkContent } from '../connectors/shared/check-content.ts';
import type { PlannedTime } from '../core/bulk.ts';
import { joinLabels, splitLabels } from '../core/labels.ts';
import type { Content, Media } from '../core/post.ts';
import type { NewPost, PlannedPost } from '../core/queue.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { contentsFor, type Variant } from '../core/variant.ts';
import type { Desk, OpenDesk } from './desk.ts';
import { readMediaFact } from './media-facts.ts';

/** What the window writes: texts, a link, media by their names in the media folder. */
export type WrittenContent = {
  readonly parts: readonly string[];
  readonly link: string;
  readonly media: readonly { readonly sha256: string; readonly altText: string }[];
  /** For accounts that say it in their own words. */
  readonly variants?: readonly Variant[] | undefined;
};

export function toVariants({ variants = [] }: Pick<WrittenContent, 'variants'>): readonly Variant[] {
  return variants.map(({ accountIds, parts, link }) => ({ accountIds, parts, link: link.trim() }));
}

/** Adds what the window does not know of its media: type, size, name. Refuses a file that is not in the folder. */
export async function toContent(
  desk: Desk,
  open: OpenDesk,
  written: WrittenContent,
): Promise<Result<Content>> {
  const media: Media[] = [];
  for (const { sha256, altText } of written.media) {
    const path = join(desk.dataDir, 'media', sha256);
    const file = await stat(path).catch(() => null);
    const fact = await readMediaFact(open.storage.facts, path, sha256).catch(() => null);
    if (!fact || !file)
      return refuse('media-missing', 'A file of this post is no longer there. Add it again.');
    media.push({ sha256, altText, mime: fact.mime, name: fact.name, bytes: file.size });
  }
  return ok({ parts: [...written.parts], link: written.link.trim(), media });
}

/** One post for each account, each with what that account says; all or none. Refused with the first account it does not fit. */
export async function schedulePosts(
  desk: Desk,
  open: OpenDesk,
  request: WrittenContent & {
    readonly accountIds: readonly number[];
    readonly label: string;
    /** Whose yes they need; without, whose each brand asks for. */
    readonly yesFrom?: string | undefined;
  },
  timeOf: (accountId: number) => PlannedTime,
): Promise<Result<readonly PlannedPost[]>> {
  const content = await toContent(desk, open, request);
  if (!content.ok) return content;
  const names = await open.directory.read();
  const contentOf = contentsFor(content.value, toVariants(request));
  const posts: NewPost[] = [];
  for (const accountId of new Set(request.accountIds)) {
    const account = names.accounts.get(accountId);
    const connector = account && desk.connectorFor(account.network);
    if (!account || !connector) return refuse('no-such-account', 'An account is no longer there.');
    const said = contentOf(accountId);
    const error = checkContent(said, connector.limitsOf(account.settings)).find(
      (problem) => problem.level === 'error',
    );
    if (error) return refuse('does-not-fit', `${account.name}: ${error.message[desk.language()]}`);
    posts.push({
      accountId,
      content: said,
      label: joinLabels(splitLabels(request.label)),
      ...timeOf(accountId),
      contentHash: contentHashOf(said),
      importKey: null,
      ...(request.yesFrom && { yesFrom: request.yesFrom }),
    });
  }
  const { ids } = await open.storage.posts.add(posts, desk.clock.now());
  return ok(
    ids.map((id, index) => ({
      id,
      publishAt: posts[index]?.publishAt ?? 0,
      contentHash: posts[index]?.contentHash ?? '',
    })),
  );
}
