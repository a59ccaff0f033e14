import { expect, onTestFinished, test } from 'vitest';
import { slack } from '../../src-main/connectors/slack/index.ts';
import type { ScheduledItem } from '../../src-main/core/scheduled-elsewhere.ts';
import { createTestContext } from '../support/connector-context.ts';
import {
  type Fault,
  type SeenRequest,
  type ServerAnswer,
  startFaultServer,
} from '../support/fault-server.ts';
import { CHANNEL, TOKEN } from './servers/slack-fake.ts';
import { faultNamed } from './subject.ts';

const NOON = Date.parse('2026-12-01T12:00:00.000Z');
const HOUR = 3_600_000;

/** Slack's scheduled messages in memory, its requests checked against the published reference. */
function createPlanner() {
  const planner = {
    waiting: [] as { id: string; text: string; at: number }[],
    strange: [] as string[],
    isStuck: false,
    mostPerPage: 100,
    answer(request: SeenRequest): ServerAnswer {
      const fields = Object.fromEntries(new URLSearchParams(request.body.toString('utf8')));
      const known = { list: ['channel', 'limit', 'cursor'], delete: ['channel', 'scheduled_message_id'] };
      if (request.headers.authorization !== `Bearer ${TOKEN}`)
        return { body: { ok: false, error: 'invalid_auth' } };
      if (fields.channel !== CHANNEL) return { body: { ok: false, error: 'invalid_channel' } };
      const isList = request.path === '/api/chat.scheduledMessages.list';
      if (!isList && request.path !== '/api/chat.deleteScheduledMessage') planner.strange.push(request.path);
      for (const key of Object.keys(fields))
        if (!known[isList ? 'list' : 'delete'].includes(key)) planner.strange.push(key);
      if (isList) {
        const from = Number(fields.cursor ?? 0);
        const end = from + Math.min(Number(fields.limit), planner.mostPerPage);
        return {
          body: {
            ok: true,
            scheduled_messages: planner.waiting.slice(from, end).map(({ id, text, at }) => ({
              id,
              channel_id: CHANNEL,
              post_at: at / 1_000,
              date_created: at / 1_000 - 60,
              text,
            })),
            response_metadata: { next_cursor: end < planner.waiting.length ? String(end) : '' },
          },
        };
      }
      const found = planner.waiting.find(({ id }) => id === fields.scheduled_message_id);
      if (!found) return { body: { ok: false, error: 'invalid_scheduled_message_id' } };
      if (!planner.isStuck) planner.waiting.splice(planner.waiting.indexOf(found), 1);
      return { body: { ok: true } };
    },
  };
  return planner;
}

async function open(faultFor: (request: SeenRequest) => Fault | null = () => null) {
  const planner = createPlanner();
  const server = await startFaultServer({ answer: planner.answer, faultFor });
  onTestFinished(() => server.close());
  const context = createTestContext({
    settings: { server: server.origin, channel: CHANNEL },
    secrets: { token: TOKEN },
    mostTimeoutMs: 300,
    now: () => NOON,
  });
  return {
    planner,
    list: () => slack.listScheduled?.(context),
    cancel: (item: ScheduledItem) => slack.cancelScheduled?.(context, item),
  };
}

const item = (id: string): ScheduledItem => ({
  id,
  text: '',
  planAt: NOON + HOUR,
  url: '',
  channel: '',
  group: '',
  canCancel: true,
  cancelBefore: null,
});

test('what the app scheduled for the channel is listed over all pages, until when it can be cancelled, and what the list lacks', async () => {
  const { planner, list } = await open();
  planner.mostPerPage = 2;
  for (const n of [3, 1, 2]) planner.waiting.push({ id: `Q${n}`, text: `text ${n}`, at: NOON + n * HOUR });
  expect(await list()).toMatchObject({
    kind: 'listed',
    isWhole: true,
    lacks: 'people',
    items: [
      { id: 'Q1', planAt: NOON + HOUR, cancelBefore: NOON + HOUR - 60_000 },
      { id: 'Q2' },
      { id: 'Q3' },
    ],
  });
  expect(planner.strange).toEqual([]);
});

test.each([
  ['http-401', 'signed-out'],
  ['http-429', 'try-later'],
  ['http-500', 'unclear'],
  ['captive-portal', 'unclear'],
  ['cut-short', 'unclear'],
  ['hang', 'unclear'],
] as const)('%s says nothing of what waits: %s', async (fault, kind) => {
  const { planner, list } = await open(() => faultNamed(fault, TOKEN, ''));
  planner.waiting.push({ id: 'Q1', text: '', at: NOON + HOUR });
  const answer = await list();
  expect(answer?.kind).toBe(kind);
  expect(JSON.stringify(answer)).not.toContain(TOKEN);
});

test('one is cancelled and read back in the list; a yes that kept it is still live; what was sent meanwhile is gone', async () => {
  const { planner, cancel } = await open();
  planner.waiting.push({ id: 'Q1', text: '', at: NOON + HOUR }, { id: 'Q2', text: '', at: NOON + HOUR });
  expect(await cancel(item('Q1'))).toEqual({ kind: 'canceled' });
  expect(planner.waiting.map(({ id }) => id)).toEqual(['Q2']);
  planner.isStuck = true;
  expect((await cancel(item('Q2')))?.kind).toBe('still-there');
  expect(await cancel(item('Q9'))).toEqual({ kind: 'gone' });
  expect(planner.strange).toEqual([]);
});

test.each([
  ['http-429', 'try-later'],
  ['http-500', 'still-there'],
  ['captive-portal', 'still-there'],
  ['reset', 'still-there'],
] as const)('%s to the cancellation itself: %s', async (fault, kind) => {
  const { planner, cancel } = await open(({ path }) =>
    path.includes('delete') ? faultNamed(fault, TOKEN, '') : null,
  );
  planner.waiting.push({ id: 'Q1', text: '', at: NOON + HOUR });
  expect((await cancel(item('Q1')))?.kind).toBe(kind);
});

test('what cannot be read back is unclear', async () => {
  const { planner, cancel } = await open(({ path }) =>
    path.includes('list') ? faultNamed('http-500', TOKEN, '') : null,
  );
  planner.waiting.push({ id: 'Q1', text: '', at: NOON + HOUR });
  expect((await cancel(item('Q1')))?.kind).toBe('unclear');
});
