import { expect, test } from 'vitest';
import { createPracticeOnly } from '../../src-main/drill/practice-only.ts';
import type { ChildProcess } from '../../src-main/publisher/handle.ts';
import type { ToPublisher } from '../../src-main/publisher/protocol.ts';
import { createFakeClock } from '../support/fake-clock.ts';

/** A process that only remembers what it was told. */
function listener() {
  const heard: ToPublisher[] = [];
  let kills = 0;
  const child: ChildProcess = {
    pid: () => 1,
    post: (message) => void heard.push(message),
    onMessage: () => {},
    onExit: () => {},
    kill: () => {
      kills += 1;
    },
  };
  const guarded = createPracticeOnly(() => child, createFakeClock());
  return { heard, guarded, kills: () => kills, told: guarded.spawn() };
}

const where = { dataDir: '/nowhere', host: 'h' };
const send = (network: string, sealed: string | null): ToPublisher => ({
  type: 'send',
  call: 1,
  account: { id: 1, name: 'a', brand: 'b', network, settings: {}, sealed },
  place: { accountId: 1, brandId: 1, market: '', network },
  request: { postId: 1, content: { parts: ['t'], link: '', media: [] }, publishAt: 0, key: 'k', attempt: 1 },
  notAfter: 0,
});

test('a practice post without a secret, a lease and a stop are handed on', () => {
  const { heard, guarded, told, kills } = listener();
  told.post({ type: 'arm', where, epoch: 1, key: null, cap: 4 });
  told.post(send('practice', null));
  told.post({ type: 'silence' });
  expect(heard.map(({ type }) => type)).toEqual(['arm', 'send', 'silence']);
  expect(guarded.isBreached()).toBe(false);
  expect(guarded.marks()?.toldAt).not.toBeNull();
  expect(kills()).toBe(0);
});

test('another network, a sealed secret, a key or a look-up never reaches the process, and ends it', () => {
  const wrong: ToPublisher[] = [
    send('mastodon', null),
    send('practice', 'a sealed box'),
    { type: 'arm', where, epoch: 1, key: 'a key', cap: 4 },
    { type: 'key', key: 'a key' },
    {
      type: 'job',
      call: 1,
      where,
      key: null,
      job: {
        kind: 'remove',
        account: { id: 1, name: 'a', brand: 'b', network: 'practice', settings: {}, sealed: null },
        refs: [],
      },
    },
  ];
  for (const message of wrong) {
    const { heard, guarded, told, kills } = listener();
    told.post(message);
    expect(heard).toEqual([]);
    expect(guarded.isBreached()).toBe(true);
    expect(kills()).toBe(1);
  }
});
