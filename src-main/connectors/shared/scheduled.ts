import { type ConnectorContext, GateClosed, type HttpAnswer, NoAnswer } from '../../core/connector.ts';
import {
  type Cancellation,
  type ScheduledItem,
  type ScheduledList,
  soonestFirst,
} from '../../core/scheduled-elsewhere.ts';
import { failureBeforeSend, retryAt, wordsOf } from './answer.ts';

const MOST_SIGNS = 280;

/** The first words of what waits, on one line. */
export function firstWords(value: unknown): string {
  const line = typeof value === 'string' ? value.replace(/\s+/gu, ' ').trim() : '';
  const signs = [...line.slice(0, 2 * MOST_SIGNS + 2)];
  return signs.length > MOST_SIGNS ? `${signs.slice(0, MOST_SIGNS).join('')}…` : line;
}

/** ISO 8601 with its zone, or null: a time that could be any zone's is none. */
export function instantOf(value: unknown): number | null {
  if (typeof value !== 'string' || !/(?:Z|[+-]\d\d:?\d\d)$/u.test(value)) return null;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : at;
}

type Listed = Extract<ScheduledList, { kind: 'listed' }>;
type Answered = Exclude<ScheduledList, { kind: 'listed' | 'cannot-tell' }>;

/** What an answer means, to a list or to a cancellation, that is neither its yes nor its no. Nothing was done for 'signed-out' and 'try-later'. */
export function refusalOf(context: Pick<ConnectorContext, 'secrets' | 'now'>, answer: HttpAnswer): Answered {
  const detail = wordsOf(context, answer);
  if (answer.status === 401 || answer.status === 403) return { kind: 'signed-out', detail };
  if (answer.status === 429) return { kind: 'try-later', detail, notBefore: retryAt(answer, context.now()) };
  const isOdd = answer.status < 400;
  return { kind: 'unclear', detail: isOdd ? `${detail}, but not the service’s answer` : detail };
}

/** Runs `read`; what the network did instead of answering becomes 'unclear'. */
export async function askedOr<T>(
  context: ConnectorContext,
  read: () => Promise<T>,
): Promise<T | Extract<ScheduledList, { kind: 'unclear' }>> {
  try {
    return await read();
  } catch (thrown) {
    return unclearBy(context, thrown);
  }
}

function unclearBy(context: ConnectorContext, thrown: unknown): Extract<ScheduledList, { kind: 'unclear' }> {
  const isUnsent = thrown instanceof GateClosed || (thrown instanceof NoAnswer && !thrown.sent);
  const { detail } = failureBeforeSend(context, thrown);
  return { kind: 'unclear', detail, ...(isUnsent && { isUnsent }) };
}

/** What one page of a list holds, and what the next is asked by; null when it was the last. */
export type Page<Cursor> = { readonly items: readonly ScheduledItem[]; readonly next: Cursor | null };

const MOST_ITEMS = 2_000;

/**
 * Reads page after page until there is no next one. What moves while it is read is counted once, and a list that leads in a circle or is
 * too long is said not to be whole.
 */
export async function readPages<Cursor>(
  read: (cursor: Cursor | null) => Promise<Page<Cursor> | Exclude<ScheduledList, { kind: 'listed' }>>,
  mostPages = 25,
): Promise<ScheduledList> {
  const found = new Map<string, ScheduledItem>();
  const listed = (isWhole: boolean): Listed => ({
    kind: 'listed',
    items: soonestFirst([...found.values()]),
    isWhole,
  });
  let cursor: Cursor | null = null;
  for (let page = 0; page < mostPages && found.size < MOST_ITEMS; page += 1) {
    const answer = await read(cursor);
    if ('kind' in answer) {
      // What was read before it failed is waiting there all the same. One that asks to be left alone is not to be asked again for the rest.
      if (found.size === 0 || answer.kind === 'signed-out') return answer;
      const list = listed(false);
      return answer.kind === 'try-later' ? { ...list, notBefore: answer.notBefore } : list;
    }
    const before = found.size;
    for (const item of answer.items) found.set(item.id, item);
    if (answer.next === null) return listed(true);
    if (found.size === before || answer.next === cursor) return listed(false);
    cursor = answer.next;
  }
  return listed(false);
}

/** What was said to a cancellation: 'yes', 'none' when it was not there, 'unknown' when nobody knows whether it was done; a refusal did nothing. */
export type Said = 'yes' | 'none' | 'unknown' | Extract<Cancellation, { kind: 'try-later' | 'signed-out' }>;

/** What reading it back found. 'out': it was sent, or is being sent. */
export type Back = 'there' | 'absent' | 'out' | { readonly unclear: string };

/**
 * Cancels one thing and reads it back, which alone decides: a yes is no proof that it is gone, and a lost answer none that it is not.
 * `cancel` is called once.
 */
export async function cancelAndReadBack(
  context: ConnectorContext,
  steps: {
    readonly cancel: () => Promise<HttpAnswer>;
    readonly said: (answer: HttpAnswer) => Said;
    readonly readBack: () => Promise<Back>;
  },
): Promise<Cancellation> {
  let said: Said;
  let words: string;
  try {
    const answer = await steps.cancel();
    said = steps.said(answer);
    words = wordsOf(context, answer);
  } catch (thrown) {
    const failure = failureBeforeSend(context, thrown);
    if (failure.kind === 'not-sent') return unclearBy(context, thrown);
    said = 'unknown';
    words = failure.detail;
  }
  if (typeof said === 'object') return said;
  const back = await steps.readBack().catch(
    (thrown: unknown): Back => ({
      unclear: failureBeforeSend(context, thrown).detail,
    }),
  );
  if (back === 'there') return { kind: 'still-there', detail: words };
  if (back === 'out') return { kind: 'out' };
  if (back === 'absent') return { kind: said === 'yes' ? 'canceled' : 'gone' };
  return { kind: 'unclear', detail: back.unclear };
}
