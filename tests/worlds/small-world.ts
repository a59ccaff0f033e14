import { createWorld } from '../sim/create-world.ts';
import type { Defect } from '../sim/defect.ts';
import { deskOf } from '../sim/desk.ts';
import type { Violation } from '../sim/invariants.ts';
import { Killed } from '../sim/machine.ts';
import { type Main, startMain } from '../sim/main-process.ts';
import * as people from '../sim/people.ts';
import type { Random } from '../sim/random.ts';
import { withSimTimers } from '../sim/sim-timers.ts';
import type { Process } from '../sim/timeline.ts';
import type { World } from '../sim/world-parts.ts';
import { type Deed, type Small, WAYS_TO_END } from './deeds.ts';
import type { Chooser, Memory } from './explore.ts';
import { mixed } from './fingerprint.ts';
import { createLooseTimeline, type Pending } from './loose-timeline.ts';
import type { Scenario } from './scenarios.ts';

/** 2026-12-01T08:00:00Z */
const START = Date.UTC(2026, 11, 1, 8);
const DUE_MS = 10_000;
const GRACE_MS = 5 * 60_000;

export type Broken = {
  readonly violation: Violation;
  /** What happened, step by step. */
  readonly story: readonly string[];
};

/** What has no chance of its own: likely things happen, unlikely ones do not. Where a disk may or may not have written, both happen. */
function createFate(choose: () => Chooser | null): Random {
  const pick = (options: number, otherwise: number) => choose()?.within(options) ?? otherwise;
  return {
    next: () => 0.5,
    int: (least, most) => {
      const last = Math.min(most - least, 2);
      const chosen = pick(last + 1, 0);
      return chosen === last ? (choose() ? most : least) : least + chosen;
    },
    chance: (probability) => pick(2, probability < 0.25 ? 0 : 1) === 1,
    pick: (from) => from[0] as (typeof from)[number],
    span: (least) => least,
  };
}

function createSmallDesk(accounts: number) {
  const brands = [1, 2].map((id) => ({
    id,
    name: `Brand ${id}`,
    market: 'France',
    timeZone: 'Europe/Paris',
    graceMs: GRACE_MS,
    colour: '#336699',
  }));
  return deskOf(
    brands,
    brands.slice(0, accounts).map(({ id }) => ({
      id: id * 10,
      brandId: id,
      market: 'France',
      network: 'alpha',
      graceMs: GRACE_MS,
      isSignedOut: false,
      isHeld: false,
    })),
    ['alpha'],
  );
}

/** Lets every promise that can go on do so. */
const drain = () => new Promise<void>((resolve) => process.nextTick(resolve));

/**
 * One small world lived through as `chooser` says: the app, publishers and networks of the simulation, two posts, and what the scenario lets
 * people and accidents do at any time.
 */
export async function liveThrough(
  scenario: Scenario,
  defect: Defect,
  chooser: Chooser,
  remember: (memory: Memory) => void,
): Promise<Broken | null> {
  let isBegun = false;
  let isCutShort = false;
  let losing: Chooser | null = null;
  const story: string[] = [];
  const holder: { world: World | null } = { world: null };
  const loose = createLooseTimeline(START, () => holder.world?.machine.running ?? null);
  const fate = createFate(() => losing);
  const ends = new Map(scenario.ends.map((name) => [name, scenario.mostEnds]));
  let endsLeft = scenario.mostEnds;

  /** In the middle of a step, at what matters most, everything may end. */
  function mayEndHere(): void {
    const world = holder.world;
    if (!isBegun || !world?.machine.running || endsLeft === 0 || ends.size === 0) return;
    const names = [...ends.keys()];
    const chosen = chooser.within(names.length + 1);
    if (chosen === 0) return;
    const name = names[chosen - 1] as keyof typeof WAYS_TO_END;
    const { running } = world.machine;
    end(name);
    if (!running.isAlive) throw new Killed();
  }

  function end(name: keyof typeof WAYS_TO_END): void {
    endsLeft -= 1;
    told(`⚡ ${name}`);
    losing = chooser;
    try {
      WAYS_TO_END[name](small);
    } finally {
      losing = null;
    }
  }

  const world = createWorld({
    seed: 0,
    random: fate,
    timeline: loose.timeline,
    desk: createSmallDesk(scenario.accounts),
    defect,
    onCall: mayEndHere,
  });
  holder.world = world;
  Object.assign(world, { traps: { set: () => {}, sprung: mayEndHere }, cap: 2 });
  const { machine, database, files, invariants, timeline } = world;

  /** What each process has gone through, as far as it could tell. */
  const lived = new Map<string, number>();
  const told = (what: string) => {
    if (story.length < 400) story.push(`${String(timeline.now()).padStart(7)}  ${what}`);
  };

  const mains: Main[] = [];
  const small: Small = {
    world,
    fate,
    mains,
    startApp() {
      mains.push(startMain(world));
    },
  };
  const deedsLeft = new Map<Deed, number>(scenario.deeds.map((deed) => [deed, deed.times]));

  /** What the senders see. */
  const outer = () =>
    [
      timeline.now(),
      files.fingerprint(),
      ...mains.map(({ process: { isAlive, silentSince } }) => `${isAlive} ${silentSince}`),
    ].join('|');

  const stored = () =>
    database.posts
      .map(
        ({ id, state, reason, attempts, key, publishAt, retryAt, approval, refs }) =>
          `${id} ${state} ${reason} ${attempts} ${key} ${publishAt} ${retryAt} ${approval} ${refs.length}`,
      )
      .join('|');

  /** What a process could have seen in a step of its own. */
  function seenBy(process: Process | null): string {
    if (process === world.outside) return '';
    return process?.name.startsWith('publisher') ? outer() : `${outer()}${stored()}${database.mark}`;
  }

  const truthText = () => {
    const { truth } = world;
    return JSON.stringify([
      truth.isPermitted,
      truth.stopEpoch,
      truth.presses(),
      truth.isDoubtful(),
      truth.bans(),
      database.posts.map(({ account }) => truth.floorOf({ ...account, accountId: account.id })),
    ]);
  };

  function stateNow(): number {
    let state = mixed(0, `${outer()}${stored()}${database.mark}`);
    state = mixed(state, loose.fingerprint());
    state = mixed(state, truthText());
    state = mixed(state, `${[...deedsLeft.values()].join()} ${endsLeft} ${world.journal.length()}`);
    for (const { uid } of database.posts) state = mixed(state, `${world.network.publicTimes(uid, 0)}`);
    for (const name of [...lived.keys()].sort()) state = mixed(state, `${name} ${lived.get(name)}`);
    return state;
  }

  remember({
    save: () => new Map(lived),
    load(saved) {
      lived.clear();
      for (const [name, value] of saved as Map<string, number>) lived.set(name, value);
    },
  });

  /** Whoever else has the folder open sees that its files are others now. */
  function noticeFiles(before: string, actor: Process | null): void {
    if (files.fingerprint() === before) return;
    for (const main of mains) if (main.process.isAlive && main.process !== actor) main.noticeFiles();
  }

  async function act(process: Process | null, name: string, run: () => void): Promise<void> {
    const isNew = !chooser.isKnown() || !isBegun;
    const from = isNew ? seenBy(process) : '';
    const filesBefore = scenario.hasTwoApps ? files.fingerprint() : '';
    const endsBefore = endsLeft;
    told(name);
    machine.running = process;
    try {
      run();
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
    await drain();
    machine.running = null;
    if (scenario.hasTwoApps) noticeFiles(filesBefore, process);
    invariants.afterStep();
    if (isNew) {
      const who = process?.name ?? '';
      lived.set(who, mixed(lived.get(who) ?? 0, `${name}|${from}|${endsBefore - endsLeft}`));
    }
  }

  const take = (entry: Pending) =>
    act(entry.process, entry.name, () => {
      loose.take(entry);
      entry.run();
    });

  /** Everything until the first post is due, in one order. */
  async function setUp(): Promise<void> {
    for (let post = 0; post < 2; post += 1) {
      const account = world.desk.accounts[post % scenario.accounts] as (typeof world.desk.accounts)[number];
      const added = database.add(account, timeline.wall() + DUE_MS + (scenario.dueMs[post] ?? 0), 1, null);
      added.queuedAt = timeline.wall();
    }
    loose.setHorizon(DUE_MS - 1);
    await act(null, 'the app is started', small.startApp);
    await settle();
    people.start(world, fate);
    await settle();
    loose.setHorizon(DUE_MS + scenario.horizonMs);
    lived.clear();
    story.length = 0;
    isBegun = true;
  }

  async function settle(): Promise<void> {
    for (let next = loose.enabled()[0]; next; next = loose.enabled()[0]) await take(next);
  }

  await withSimTimers(world, async () => {
    await setUp();
    while (invariants.violation() === null && !isCutShort) {
      const entries = loose.enabled();
      const deeds = [...deedsLeft].flatMap(([deed, left]) => (left > 0 && deed.mayBe(small) ? [deed] : []));
      const accidents =
        endsLeft > 0 ? scenario.ends.filter((name) => name !== 'main dies' || isAnyAlive()) : [];
      const options = entries.length + deeds.length + accidents.length;
      if (entries.length + deeds.length === 0) return;
      const chosen = chooser.step(options, stateNow);
      if (chosen === null) isCutShort = true;
      else if (chosen < entries.length) await take(entries[chosen] as Pending);
      else if (chosen < entries.length + deeds.length) {
        const deed = deeds[chosen - entries.length] as Deed;
        deedsLeft.set(deed, (deedsLeft.get(deed) ?? 0) - 1);
        await act(deed.by(small), `● ${deed.name}`, () => deed.act(small));
      } else {
        const name = accidents[chosen - entries.length - deeds.length] as keyof typeof WAYS_TO_END;
        await act(null, name, () => end(name));
      }
    }
  });

  function isAnyAlive(): boolean {
    return mains.some((main) => main.process.isAlive);
  }

  const violation = invariants.violation();
  return violation && { violation, story };
}
