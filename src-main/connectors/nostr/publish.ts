import type { ConnectorContext, Outcome, PublishRequest } from '../../core/connector.ts';
import type { Failure } from '../shared/answer.ts';
import { firstError } from '../shared/check-content.ts';
import { type PartOutcome, publishParts } from '../shared/publish-parts.ts';
import { readAccount } from './account.ts';
import { sign } from './event.ts';
import { bytesOf, encode } from './key.ts';
import { LIMITS } from './limits.ts';
import { notesOf } from './notes.ts';
import { closeAll, offer, openRelays, type Relay } from './relays.ts';

/**
 * Each part is one event, offered once to every relay that can be reached; it is published when one of them takes it. The parts that follow
 * go to those that took the part before: a reply to what a relay does not have would hang in the air there.
 */
export async function publish(context: ConnectorContext, request: PublishRequest): Promise<Outcome> {
  const error = firstError(request.content, LIMITS);
  if (error !== null) return { kind: 'refused', detail: error };
  const account = readAccount(context);
  if (account.kind !== 'account') return account;
  const notes = notesOf(account.keys.publicKey, request.content, request.publishAt);
  const { open, failed } = await openRelays(context, account.relays);
  let relays = open;
  try {
    return await publishParts(context, notes.length, async (index): Promise<PartOutcome> => {
      const note = notes[index];
      if (!note) throw new Error('there is no such part');
      const event = sign(account.keys, note.draft, context.randomBytes);
      const answers = await Promise.all(relays.map((relay) => offer(context, relay, event)));
      const before = relays;
      relays = before.filter((_, place) => answers[place]?.kind === 'published');
      closeAll(before.filter((relay: Relay) => !relays.includes(relay)));
      const failures = answers.filter((answer): answer is Failure => answer.kind !== 'published');
      if (relays.length === 0) return combine(failures, index === 0 ? failed : []);
      return { kind: 'published', ref: { id: event.id, url: noteUrl(event.id) } };
    });
  } finally {
    closeAll(relays);
  }
}

/** A page of the web that shows a note to people without an app for Nostr. */
const noteUrl = (id: string) => `https://njump.me/${encode('note', bytesOf(id))}`;

/** What it means that no relay said yes. A single one that may have it makes it unconfirmed; refused is only what all refuse. */
function combine(offered: readonly Failure[], notOpened: readonly Failure[]): Failure {
  const failures = [...notOpened, ...offered];
  const detail = failures.map((failure) => failure.detail).join('; ');
  const [first, ...others] = failures;
  if (offered.some(({ kind }) => kind === 'unconfirmed')) return { kind: 'unconfirmed', detail, refs: [] };
  if (first && others.every(({ kind }) => kind === first.kind)) return { ...first, detail };
  if (offered.some(({ kind }) => kind === 'not-sent')) return { kind: 'not-sent', detail };
  return { kind: 'try-later', detail, notBefore: null };
}
