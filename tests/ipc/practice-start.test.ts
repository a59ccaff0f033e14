import { expect, test } from 'vitest';
import { createSystemClock } from '../../src-main/desktop/system-clock.ts';
import { openDeskRig } from './desk-rig.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** How many practice posts fall into two hours differs by the hour of the day. */
const MORNING = Date.UTC(2026, 10, 30, 9);

/** Practice data are loaded, and two hours pass before anybody presses Start. */
async function practiseForTwoHours() {
  const system = createSystemClock();
  const begun = system.now();
  let passed = 0;
  const clock = { ...system, now: () => MORNING + system.now() - begun + passed };
  const rig = await openDeskRig({ clock });
  expect(await rig.handlers['practice.load']({})).toMatchObject({ ok: true });
  passed = 2 * HOUR;
  const { posts } = rig.storage;
  const write = async (accountId: number, text: string, late: number) => {
    const content = { parts: [text], link: '', media: [] };
    const plan = { publishAt: clock.now() - late, localTime: '2026-12-01T09:00', timeZone: 'Europe/Paris' };
    const { ids } = await posts.add(
      [{ accountId, content, label: '', ...plan, contentHash: text, importKey: null }],
      clock.now(),
    );
    return ids[0] ?? 0;
  };
  return { rig, clock, posts, write };
}

test('at the first start practice posts whose time has passed follow one a minute', async () => {
  const { rig, clock, posts } = await practiseForTwoHours();
  await posts.sweepMissed(clock.now(), [], []);
  const missed = await posts.page({ states: ['missed'] }, 'soonest', 0, 500);
  expect(missed.total).toBeGreaterThan(30);
  const before = clock.now();
  expect(await rig.handlers['publishing.start']({})).toMatchObject({ ok: true });
  expect(await posts.counts()).toMatchObject({ missed: 0, scheduled: 600 });
  // Others that are due anyway may lie between them.
  const moved = await posts.readMany(missed.posts.map(({ id }) => id));
  const [first = 0, ...later] = moved.map(({ publishAt }) => publishAt).sort((a, b) => a - b);
  expect(first).toBeGreaterThanOrEqual(before + MINUTE);
  expect(later).toEqual(later.map((_, index) => first + (index + 1) * MINUTE));
});

test('no post of another network, and none a person wrote, is given a new time by it', async () => {
  const { rig, clock, posts, write } = await practiseForTwoHours();
  const brand = await rig.addBrand('A real client');
  const real = await rig.addAccount(brand, 'webhook', 'real', { url: 'http://127.0.0.1:1/' });
  const [practising] = await rig.storage.accounts.list();
  const missed = await write(real, 'announced for an hour ago', HOUR);
  const own = await write(practising?.id ?? 0, 'my own words', HOUR);
  await posts.sweepMissed(clock.now(), [], []);
  const due = await write(real, 'due this minute', 0);
  const before = await posts.readMany([missed, own, due]);
  expect(before.map(({ state }) => state).sort()).toEqual(['missed', 'missed', 'scheduled']);
  expect(await rig.handlers['publishing.start']({})).toMatchObject({ ok: true });
  expect(await posts.readMany([missed, own, due])).toEqual(before);
});

test('a practice post that was canceled meanwhile stays canceled, and a second start changes nothing', async () => {
  const { rig, clock, posts } = await practiseForTwoHours();
  const soonest = await posts.page({}, 'soonest', 0, 1);
  const id = soonest.posts[0]?.id ?? 0;
  await posts.move([id], 'canceled', 'by-person', '', clock.now());
  await rig.handlers['publishing.start']({});
  const once = await posts.page({}, 'soonest', 0, 60);
  expect((await posts.read(id))?.state).toBe('canceled');
  await rig.handlers['publishing.start']({});
  expect(await posts.page({}, 'soonest', 0, 60)).toEqual(once);
});
