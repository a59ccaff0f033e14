import type { SeenRequest, ServerAnswer } from '../../support/fault-server.ts';

export type QueuedPost = {
  id: string;
  text: string;
  at: number;
  channel: string;
  group: string;
  status: string;
};

/** What every fake of a scheduler has: its queue, what it was asked that nothing documents, and whether it keeps what it says it deletes. */
export type FakeScheduler = {
  readonly queue: QueuedPost[];
  readonly strange: string[];
  isStuck: boolean;
  answer(request: SeenRequest): ServerAnswer;
};

export const KEY = 'key-0123456789abcdef';

export function queued(id: string, at: number, more: Partial<QueuedPost> = {}): QueuedPost {
  return { id, text: `text ${id}`, at, channel: 'c1', group: id, status: 'scheduled', ...more };
}
