import type { ConnectorContext, Socket } from '../../core/connector.ts';
import { cleanDetail, type Failure, failureBeforeSend, failureOfSend } from '../shared/answer.ts';
import { readSocketUrl } from '../shared/server-url.ts';
import { type NostrEvent, readEvent } from './event.ts';

const OPEN_MS = 8_000;
const ANSWER_MS = 10_000;
const MOST_RELAYS = 10;
const SUBSCRIPTION = 'all-stop';

/** One relay of the account, by the host a person knows it by. */
export type Relay = { readonly host: string; readonly socket: Socket };

/** The addresses as they are connected to, each once; null when one may not be used, or there is none, or more than ten. */
export function readRelays(text: string | undefined): readonly string[] | null {
  const given = (text ?? '').split(/[\s,;]+/u).filter((word) => word !== '');
  const urls = given.map((word) => readSocketUrl(word)?.href ?? null);
  const relays = [...new Set(urls)].filter((url) => url !== null);
  if (urls.includes(null) || relays.length === 0 || relays.length > MOST_RELAYS) return null;
  return relays;
}

/** Opens all beside each other. What could not be opened says why, and never 'unconfirmed': nothing was said yet. */
export async function openRelays(
  context: ConnectorContext,
  urls: readonly string[],
): Promise<{ readonly open: readonly Relay[]; readonly failed: readonly Failure[] }> {
  const open: Relay[] = [];
  const failed: Failure[] = [];
  await Promise.all(
    urls.map(async (url) => {
      const { host } = new URL(url);
      try {
        open.push({ host, socket: await context.openSocket(url, OPEN_MS) });
      } catch (thrown) {
        failed.push(named(host, failureBeforeSend(context, thrown)));
      }
    }),
  );
  return { open, failed };
}

export function closeAll(relays: readonly Relay[]): void {
  for (const { socket } of relays) socket.close();
}

/** The same failure with the relay's name before its words. */
function named<F extends Failure>(host: string, failure: F): F {
  return { ...failure, detail: `${host}: ${failure.detail}` };
}

/** NIP-01's prefixes of a no by which an event was certainly not taken. 'error:' is none of them: what happened is not said. */
const REFUSED = ['blocked', 'invalid', 'pow', 'restricted', 'mute', 'auth-required'];

/** Offers one event through the gate, and waits for this relay's word on just this event. */
export async function offer(
  context: ConnectorContext,
  { host, socket }: Relay,
  event: NostrEvent,
): Promise<{ readonly kind: 'published' } | Failure> {
  try {
    await socket.send(JSON.stringify(['EVENT', event]));
    const [isTaken, words] = await socket.until((text) => readOk(text, event.id), ANSWER_MS);
    if (isTaken || words.startsWith('duplicate:')) return { kind: 'published' };
    const detail = cleanDetail(context, `${host}: ${words || 'refused without a reason'}`);
    const prefix = words.split(':')[0] ?? '';
    if (prefix === 'rate-limited') return { kind: 'try-later', detail, notBefore: null };
    return REFUSED.includes(prefix) ? { kind: 'refused', detail } : { kind: 'unconfirmed', detail, refs: [] };
  } catch (thrown) {
    return named(host, failureOfSend(context, thrown));
  }
}

/** Says an event that makes nothing public; null once it is taken, else why not. Throws like `Socket`. */
export async function tell(relay: Relay, event: NostrEvent): Promise<string | null> {
  relay.socket.say(JSON.stringify(['EVENT', event]));
  const [isTaken, words] = await relay.socket.until((text) => readOk(text, event.id), ANSWER_MS);
  return isTaken || words.startsWith('duplicate:') ? null : words || 'refused without a reason';
}

/**
 * What of these the relay has now, true and signed; 'unclear' when it closed the question instead of ending its answer. Throws like `Socket`.
 */
export async function ask(
  { socket }: Relay,
  publicKey: string,
  filter: Readonly<Record<string, unknown>>,
): Promise<
  | { readonly kind: 'all'; readonly events: readonly NostrEvent[] }
  | { readonly kind: 'unclear'; readonly detail: string }
> {
  const events: NostrEvent[] = [];
  socket.say(JSON.stringify(['REQ', SUBSCRIPTION, filter]));
  const closed = await socket.until((text) => {
    const [type, subscription, value] = readMessage(text);
    if (subscription !== SUBSCRIPTION) return undefined;
    if (type === 'CLOSED') return { why: typeof value === 'string' ? value : 'refused' };
    if (type === 'EOSE') return { why: null };
    const event = type === 'EVENT' ? readEvent(value, publicKey) : null;
    if (event) events.push(event);
    return undefined;
  }, ANSWER_MS);
  socket.say(JSON.stringify(['CLOSE', SUBSCRIPTION]));
  return closed.why === null ? { kind: 'all', events } : { kind: 'unclear', detail: closed.why };
}

/** A relay's answer about one event: ["OK", id, taken, words]. Undefined for every other message. */
function readOk(text: string, id: string): readonly [boolean, string] | undefined {
  const [type, about, isTaken, words] = readMessage(text);
  if (type !== 'OK' || about !== id || typeof isTaken !== 'boolean') return undefined;
  return [isTaken, typeof words === 'string' ? words : ''];
}

function readMessage(text: string): readonly unknown[] {
  try {
    const message: unknown = JSON.parse(text);
    return Array.isArray(message) ? message : [];
  } catch {
    return [];
  }
}
