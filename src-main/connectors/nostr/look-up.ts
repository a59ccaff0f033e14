import type { ConnectorContext, Found, PublishRequest, Removed } from '../../core/connector.ts';
import type { RemoteRef } from '../../core/post.ts';
import { cleanDetail, failureBeforeSend } from '../shared/answer.ts';
import { type NostrAccount, readAccount } from './account.ts';
import { sign } from './event.ts';
import { bytesOf, encode } from './key.ts';
import { notesOf } from './notes.ts';
import { ask, closeAll, openRelays, type Relay, tell } from './relays.ts';

/** Relays that answer from memory were seen to show for a second what is deleted. */
const CACHED_MS = 1_500;

/**
 * Asks every relay for the ids the parts have. One relay that has a part is a yes for it; 'absent' is only said when every relay of the
 * account said to the end what it has.
 */
export async function find(context: ConnectorContext, request: PublishRequest): Promise<Found> {
  const account = readAccount(context);
  if (account.kind !== 'account') return { kind: 'unclear', detail: account.detail };
  const ids = notesOf(account.keys.publicKey, request.content, request.publishAt).map(({ id }) => id);
  const { open, failed } = await openRelays(context, account.relays);
  try {
    const asked = await Promise.all(open.map((relay) => heldBy(context, account, relay, ids)));
    const held = new Set(asked.flatMap((one) => (one.kind === 'held' ? [...one.ids] : [])));
    const refs = ids.filter((id) => held.has(id)).map(refOf);
    if (refs.length === ids.length) return { kind: 'found', refs };
    if (refs.length > 0) return { kind: 'unclear', detail: `${refs.length} of ${ids.length} parts are out` };
    const unclear = [...failed, ...asked.filter((one) => one.kind === 'unclear')];
    if (unclear.length === 0) return { kind: 'absent' };
    return { kind: 'unclear', detail: unclear.map(({ detail }) => detail).join('; ') };
  } finally {
    closeAll(open);
  }
}

const refOf = (id: string): RemoteRef => ({ id, url: `https://njump.me/${encode('note', bytesOf(id))}` });

type Held =
  | { readonly kind: 'held'; readonly ids: ReadonlySet<string> }
  | { readonly kind: 'unclear'; readonly detail: string };

async function heldBy(
  context: ConnectorContext,
  { keys }: NostrAccount,
  relay: Relay,
  ids: readonly string[],
): Promise<Held> {
  try {
    const answer = await ask(relay, keys.publicKey, { ids });
    if (answer.kind === 'all') return { kind: 'held', ids: new Set(answer.events.map(({ id }) => id)) };
    return { kind: 'unclear', detail: cleanDetail(context, `${relay.host}: ${answer.detail}`) };
  } catch (thrown) {
    return { kind: 'unclear', detail: `${relay.host}: ${failureBeforeSend(context, thrown).detail}` };
  }
}

/**
 * NIP-09: asks every relay to delete, and then looks whether it did. A relay that cannot be reached, or keeps it, is named: there it may
 * still be read.
 */
export async function remove(context: ConnectorContext, refs: readonly RemoteRef[]): Promise<Removed> {
  const account = readAccount(context);
  if (account.kind !== 'account') return { kind: 'failed', detail: account.detail };
  const ids = refs.map(({ id }) => id).filter((id) => /^[0-9a-f]{64}$/u.test(id));
  if (ids.length !== refs.length) return { kind: 'failed', detail: 'one of the parts has no id of Nostr' };
  const { open, failed } = await openRelays(context, account.relays);
  try {
    const before = await Promise.all(open.map((relay) => heldBy(context, account, relay, ids)));
    const hadIt = before.some((one) => one.kind === 'held' && one.ids.size > 0);
    const isClear = failed.length === 0 && before.every((one) => one.kind === 'held');
    if (!hadIt && isClear) return { kind: 'already-gone' };
    const deletion = sign(
      account.keys,
      {
        kind: 5,
        createdAt: Math.floor(context.now() / 1_000),
        tags: [...ids.map((id) => ['e', id]), ['k', '1']],
        content: '',
      },
      context.randomBytes,
    );
    const kept = await Promise.all(
      open.map(async (relay): Promise<string | null> => {
        try {
          const refusal = await tell(relay, deletion);
          if (refusal !== null) return cleanDetail(context, `${relay.host}: ${refusal}`);
          return await stillHeld(context, account, relay, ids);
        } catch (thrown) {
          return `${relay.host}: ${failureBeforeSend(context, thrown).detail}`;
        }
      }),
    );
    const left = [...failed.map(({ detail }) => detail), ...kept.filter((one) => one !== null)];
    return left.length === 0
      ? { kind: 'removed' }
      : { kind: 'failed', detail: `it may still be read at ${left.join('; ')}` };
  } finally {
    closeAll(open);
  }
}

async function stillHeld(
  context: ConnectorContext,
  account: NostrAccount,
  relay: Relay,
  ids: readonly string[],
): Promise<string | null> {
  for (const isLast of [false, true]) {
    const held = await heldBy(context, account, relay, ids);
    if (held.kind === 'unclear') return held.detail;
    if (held.ids.size === 0) return null;
    if (!isLast) await context.wait(CACHED_MS);
  }
  return `${relay.host}: it took the request to delete and still shows the post`;
}
