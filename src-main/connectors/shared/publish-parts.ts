import type { ConnectorContext, Outcome } from '../../core/connector.ts';
import type { RemoteRef } from '../../core/post.ts';
import type { Failure } from './answer.ts';

export type PartOutcome = { readonly kind: 'published'; readonly ref: RemoteRef } | Failure;

/**
 * Publishes the parts of a thread one after the other, each by exactly one `send` inside `publishPart`, and stops at the first that
 * is no clear yes. Once a part is public the whole is never tried again: it is 'cut', or 'unconfirmed' when the failing part is.
 */
export async function publishParts(
  context: Pick<ConnectorContext, 'onPart'>,
  count: number,
  publishPart: (index: number, before: readonly RemoteRef[]) => Promise<PartOutcome>,
): Promise<Outcome> {
  const refs: RemoteRef[] = [];
  for (let index = 0; index < count; index += 1) {
    const outcome = await publishPart(index, refs);
    if (outcome.kind === 'published') {
      refs.push(outcome.ref);
      if (count > 1) context.onPart(outcome.ref);
      continue;
    }
    if (outcome.kind === 'unconfirmed') return { ...outcome, refs };
    if (refs.length === 0) return outcome;
    return { kind: 'cut', refs, detail: `part ${index + 1} of ${count}: ${outcome.detail}` };
  }
  return { kind: 'published', refs };
}
