import type { WebContents } from 'electron';
import { expect, test } from 'vitest';
import { createNotify } from '../../src-main/ipc/notify.ts';
import { createFakeClock } from '../support/fake-clock.ts';

function setUp() {
  const clock = createFakeClock();
  const sent: [string, unknown][] = [];
  const page = { isThere: true, hasCrashed: false };
  const contents = {
    isDestroyed: () => false,
    isCrashed: () => page.hasCrashed,
    send: (event: string, payload: unknown) => void sent.push([event, payload]),
  } as unknown as WebContents;
  const notify = createNotify({ contents: () => (page.isThere ? contents : null), clock });
  return { clock, sent, page, ...notify };
}

test('the first event goes at once, those that follow together, the newest of them', async () => {
  const { notify, sent, clock } = setUp();
  for (const done of [1, 2, 3, 4]) notify('import.progress', { done, total: 9 });
  expect(sent).toEqual([['import.progress', { done: 1, total: 9 }]]);
  await clock.advance(100);
  expect(sent.at(-1)).toEqual(['import.progress', { done: 4, total: 9 }]);
  expect(sent).toHaveLength(2);
  await clock.advance(1_000);
  expect(sent).toHaveLength(2);
  expect(clock.pending()).toBe(0);
});

test('a thousand changes in a second are some ten', async () => {
  const { notify, sent, clock } = setUp();
  for (let i = 0; i < 1_000; i += 1) {
    notify('queue.changed', {});
    await clock.advance(1);
  }
  await clock.advance(200);
  expect(sent.length).toBeLessThanOrEqual(12);
});

test('what is published or stopped is told every time, and at once', () => {
  const { notify, sent } = setUp();
  notify('publishing.changed', {});
  notify('publishing.changed', {});
  notify('view.open', { view: 'review' });
  notify('view.open', { view: 'settings' });
  expect(sent).toHaveLength(4);
});

test('without a page, or with a dead one, nothing is sent and nothing breaks', async () => {
  const { notify, sent, page, clock } = setUp();
  page.isThere = false;
  notify('desk.changed', {});
  page.isThere = true;
  page.hasCrashed = true;
  notify('publishing.changed', {});
  await clock.advance(500);
  expect(sent).toEqual([]);
});

test('stopped, it sends nothing that was waiting', async () => {
  const { notify, sent, clock, stop } = setUp();
  notify('desk.changed', {});
  notify('desk.changed', {});
  stop();
  await clock.advance(500);
  expect(sent).toHaveLength(1);
  expect(clock.pending()).toBe(0);
});
