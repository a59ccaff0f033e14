import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { COUNTDOWN_MS } from '../../src-main/core/stop-state.ts';
import { createEngineRig, until } from '../support/engine-rig.ts';
import { startEngineServer } from '../support/engine-server.ts';
import { allOf } from '../support/sample-stop.ts';

const OVERDUE = 1_000;
const DAY = 86_400_000;

test(`of ${OVERDUE} posts that fell due in ten days of a stop, a release of all brands sends none, and what is due after it goes out`, {
  timeout: 120_000,
}, async () => {
  const server = await startEngineServer(() => ({ how: 'yes', afterMs: 0 }));
  onTestFinished(() => server.close());
  const rig = createEngineRig();
  onTestFinished(() => rig.close());
  rig.start();
  await rig.ready();
  const { brandIds, accountIds } = await rig.ask('seed', {
    publicKey: rig.publicKey,
    brands: [0, 1, 2].map((brand) => ({
      name: `Brand ${brand}`,
      // The longest there is: the late rule alone would keep the newest of them.
      graceMs: 3_600_000,
      accounts: [0, 1].map((account) => ({ name: `${brand}/${account}`, url: server.url(brand, account) })),
    })),
  });
  expect(await rig.ask('start', null)).toBe('');
  await rig.ask('engage', { scope: { kind: 'everything' }, control: 'shortcut' });
  const from = rig.now();
  const post = (publishAt: number, text: string) => ({
    accountId: accountIds[Math.floor(publishAt) % accountIds.length] ?? 0,
    content: { parts: [text], link: '', media: [] },
    label: '',
    publishAt: Math.floor(publishAt),
    localTime: '2026-12-01T09:00',
    timeZone: 'Europe/Paris',
    contentHash: text,
    importKey: text,
  });
  // Some fall due in the last minute before the release, some in its countdown.
  const times = Array.from({ length: OVERDUE }, (_, index) =>
    index < 30 ? 10 * DAY + index * 4_000 : 60_000 + (index * 10 * DAY) / (OVERDUE + 10),
  );
  await rig.ask('add', { posts: times.map((at, index) => post(from + at, `post ${index}`)) });
  rig.turnClock(10 * DAY, 10 * DAY);
  const asked = { brandIds, ...allOf(brandIds) };
  expect(await rig.ask('release', asked)).toBe('');
  await rig.ask('add', { posts: [post(rig.now() + COUNTDOWN_MS + 3_000, 'after it')] });
  rig.turnClock(COUNTDOWN_MS, COUNTDOWN_MS);
  await until('the one after it is out', 60_000, () => server.arrivals.length > 0);
  await sleep(500);
  const sent = await rig.ask('posts', { states: ['published'] });
  expect(sent.map(({ text }) => text)).toEqual(['after it']);
  expect(server.arrivals).toHaveLength(1);
  const missed = await rig.ask('posts', { states: ['missed'] });
  expect(missed).toHaveLength(OVERDUE);
  expect(new Set(missed.map(({ reason }) => reason))).toEqual(new Set(['stopped', 'countdown']));
});
