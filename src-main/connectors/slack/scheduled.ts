import type { ConnectorContext, HttpAnswer } from '../../core/connector.ts';
import type { Cancellation, ScheduledItem, ScheduledList } from '../../core/scheduled-elsewhere.ts';
import { record } from '../shared/answer.ts';
import {
  askedOr,
  type Back,
  cancelAndReadBack,
  firstWords,
  readPages,
  type Said,
} from '../shared/scheduled.ts';
import { type Access, ask, readAccess } from './access.ts';
import { errorIn, failureOf, isYes } from './answer.ts';

const PAGE = 100;
/** From then on before its time Slack deletes a scheduled message no more. */
const LAST_MS = 60_000;

/** What the app itself scheduled for this channel, by whatever tool. What people schedule in Slack is in no list that an app may read. */
export async function listScheduled(context: ConnectorContext): Promise<ScheduledList> {
  const access = readAccess(context);
  if (access.kind !== 'access') return access;
  const list = await askedOr(context, () => readPages<string>((cursor) => readPage(context, access, cursor)));
  return list.kind === 'listed' ? { ...list, lacks: 'people' } : list;
}

async function readPage(context: ConnectorContext, access: Access, cursor: string | null) {
  const answer = await ask(context, access, 'chat.scheduledMessages.list', {
    channel: access.channel,
    limit: String(PAGE),
    ...(cursor !== null && { cursor }),
  });
  const { scheduled_messages: messages, response_metadata: metadata } = record(answer.json);
  if (!isYes(answer) || !Array.isArray(messages)) return refusalOf(context, answer);
  const { next_cursor: next } = record(metadata);
  return { items: messages.map(readItem), next: typeof next === 'string' && next !== '' ? next : null };
}

function readItem(value: unknown): ScheduledItem {
  const { id, post_at, text } = record(value);
  const planAt = typeof post_at === 'number' ? post_at * 1_000 : null;
  return {
    id: String(id),
    text: firstWords(text),
    planAt,
    url: '',
    channel: '',
    group: '',
    canCancel: true,
    cancelBefore: planAt === null ? null : planAt - LAST_MS,
  };
}

function refusalOf(context: ConnectorContext, answer: HttpAnswer) {
  const failure = failureOf(context, answer);
  if (failure.kind === 'signed-out') return { kind: 'signed-out', detail: failure.detail } as const;
  if (failure.kind === 'try-later')
    return { kind: 'try-later', detail: failure.detail, notBefore: failure.notBefore } as const;
  return { kind: 'unclear', detail: failure.detail } as const;
}

/** Cancels one, then reads the list again. */
export async function cancelScheduled(context: ConnectorContext, item: ScheduledItem): Promise<Cancellation> {
  const access = readAccess(context);
  if (access.kind !== 'access') return access;
  return await cancelAndReadBack(context, {
    cancel: () =>
      ask(context, access, 'chat.deleteScheduledMessage', {
        channel: access.channel,
        scheduled_message_id: item.id,
      }),
    said: (answer) => saidOf(context, answer),
    readBack: () => readBack(context, item.id),
  });
}

function saidOf(context: ConnectorContext, answer: HttpAnswer): Said {
  if (isYes(answer)) return 'yes';
  if (errorIn(answer) === 'invalid_scheduled_message_id') return 'none';
  const refusal = refusalOf(context, answer);
  return refusal.kind === 'unclear' ? 'unknown' : refusal;
}

async function readBack(context: ConnectorContext, id: string): Promise<Back> {
  const list = await listScheduled(context);
  if (list.kind !== 'listed') return { unclear: `read back: ${list.detail}` };
  if (list.items.some((item) => item.id === id)) return 'there';
  return list.isWhole ? 'absent' : { unclear: 'read back: the list is not whole' };
}
