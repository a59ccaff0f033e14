import type { ConnectorContext } from '../../core/connector.ts';
import type { Media } from '../../core/post.ts';
import type { Failure } from './answer.ts';

export type MediaBytes = { readonly media: Media; readonly bytes: Uint8Array };

/** The bytes of every medium, in order; a refusal when one is not to be had, because nothing can be sent without it. */
export async function readAllMedia(
  context: Pick<ConnectorContext, 'readMedia'>,
  media: readonly Media[],
): Promise<{ readonly kind: 'read'; readonly media: readonly MediaBytes[] } | Failure> {
  const read: MediaBytes[] = [];
  for (const one of media) {
    try {
      read.push({ media: one, bytes: await context.readMedia(one.sha256) });
    } catch {
      return { kind: 'refused', detail: `${one.name} is no longer in the data folder` };
    }
  }
  return { kind: 'read', media: read };
}
