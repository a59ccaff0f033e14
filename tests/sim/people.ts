import type { Scope } from '../../src-main/core/scope.ts';
import { EVERYTHING, scopeKey } from '../../src-main/core/scope.ts';
import type { Control } from '../../src-main/core/stop-types.ts';
import { count } from './counts.ts';
import { placesOf } from './desk.ts';
import { stopFromOutside } from './elsewhere.ts';
import { type Main, startMain } from './main-process.ts';
import type { Random } from './random.ts';
import { isPublic, type SimPost } from './sim-post.ts';
import type { SimRelease } from './truth.ts';
import type { World } from './world-parts.ts';

const MINUTE = 60_000;
/** A person believes that a post is not there when it was not there for so long. */
const BELIEVE_MS = 3 * MINUTE;
/** After a press, a start or a release it takes so long until everything goes as usual. */
const SETTLED_MS = 5 * MINUTE;
const WAITING: ReadonlySet<string> = new Set(['unconfirmed', 'held', 'missed', 'scheduled']);
/** Longer than a post is compared with others, and than a journal is read back. */
const ARCHIVE_MS = 25 * 60 * MINUTE;

/** Something a person does in the app: a moment later, in the app's own step. Nothing when the app does not run. */
function inMain(world: World, random: Random, what: string, act: (main: Main) => void): void {
  const { main } = world.machine;
  if (main) world.timeline.after(main.process, random.int(1, 30), what, () => act(main));
}

/** Of the app; from outside where it does not run, which knows everything and brands. */
export function press(world: World, random: Random, scopes: readonly Scope[], control: Control): void {
  const { main } = world.machine;
  if (!main?.process.isAlive) {
    for (const scope of scopes) stopFromOutside(world, random, scope.kind === 'brand' ? scope : EVERYTHING);
    return;
  }
  inMain(world, random, 'press', () => pressNow(world, main, scopes, control));
}

/** In the app's own step. Whoever pressed takes each of the scopes for stopped, unless the answer for it says that it may not last. */
export function pressNow(world: World, main: Main, scopes: readonly Scope[], control: Control): void {
  const { truth, files } = world;
  const [first = EVERYTHING] = scopes;
  const engaged = truth.trying({ kind: 'stop', scope: first }, () =>
    main.stop.engageAll(scopes.map((scope) => ({ scope, control, by: '', reason: '', widenedFrom: '' }))),
  );
  truth.pressed();
  world.trouble(SETTLED_MS);
  scopes.forEach((scope, index) => {
    const answer = engaged[index];
    const isWidened = answer?.scope.kind === 'everything' && scope.kind !== 'everything';
    const isDurable = answer?.isDurable ?? true;
    truth.stopped(
      { scope: isWidened ? EVERYTHING : scope, isDurable, epoch: answer?.epoch ?? 0 },
      isDurable || !files.isPermitLive(),
    );
    count(world.counts, isWidened ? 'stop widened to everything' : `stop of ${scope.kind}`);
  });
  if (scopes.length > 1) count(world.counts, 'stop of several at once');
  if (engaged.some(({ inFlight }) => inFlight.length > 0)) count(world.counts, 'stop with calls in flight');
  if (engaged.some(({ isDurable }) => !isDurable)) count(world.counts, 'stop that could not be written');
  if (engaged.some(({ scope }) => scope.kind === 'everything') && main.stop.gate.isOpen())
    world.invariants.fail('I-1', 'the gate of main is open right after a stop of everything');
  world.traps.sprung('press');
}

/** How a person decides a release: properly, without a name, with nobody named, or on what was shown before somebody pressed again. */
export type ReleaseWay = 'proper' | 'nameless' | 'nobody';

export function release(world: World, random: Random, isOfAll: boolean, way: ReleaseWay): void {
  inMain(world, random, 'release is considered', (main) => {
    const { truth, desk, timeline } = world;
    if (world.isRestored) lookThroughQueue(world, main);
    const seen = main.stop.status();
    const decidedAt = truth.presses();
    const all = desk.brands.map(({ id }) => id);
    const some = all.filter(() => isOfAll || random.chance(0.5));
    const brandIds = way === 'nobody' ? [] : some.length > 0 ? some : all.slice(0, 1);
    // A stop of a network or an account, and now and then any other, is released by its name.
    const named = seen.stops.filter(
      ({ scope }) =>
        way !== 'nobody' &&
        scope.kind !== 'everything' &&
        random.chance(scope.kind === 'network' || scope.kind === 'account' ? 0.7 : 0.2),
    );
    const by = way === 'nameless' ? ' ' : 'Zoé Martin';
    timeline.after(main.process, random.span(2_000, 40_000), 'release', () => {
      const before = main.stop.status().state;
      const idOfAll = () => main.stop.status().stops.find(({ scope }) => scope.kind === 'everything')?.id;
      const idBefore = idOfAll();
      const ofEverything = truth.isEverythingStopped();
      const presses = truth.presses();
      const from = { wall: timeline.wall(), monotonic: timeline.monotonic() };
      const allBrands = placesOf(desk);
      const order: SimRelease = {
        brandIds,
        stopIds: named.map(({ id }) => id),
        ends: named.map(({ scope }) => scope),
        allBrands,
        by,
        pressCount: seen.pressCount,
      };
      const result = truth.trying({ kind: 'release', order, ofEverything, at: from.wall }, () =>
        main.stop.release(order),
      );
      count(
        world.counts,
        result.ok ? `release of ${brandIds.length === all.length ? 'all' : 'some'}` : 'release refused',
      );
      if (!result.ok) {
        world.invariants.onStatusChanged();
        // It was carried out in part, and everything stopped once more in the same step.
        if (idOfAll() !== idBefore) truth.stoppedAnew();
        truth.takeOver(main.stop.status());
        if (result.error.code === 'partly-released') truth.released(backOf(order, main), ofEverything, from);
        return;
      }
      const fail = (why: string) => world.invariants.fail('S-11', `released ${why}`);
      if (way !== 'proper') fail('without a name or a brand');
      if (presses !== decidedAt) fail('although the stop was pressed since');
      if (ofEverything && before !== 'stopped') fail(`while ${before}`);
      truth.released(order, ofEverything, from);
      world.trouble(SETTLED_MS);
      // Deleted in the very step of the release: it counts.
      if (ofEverything && !world.files.isPermitLive())
        truth.stopped({ scope: EVERYTHING, isDurable: false, epoch: 0 }, true);
      world.traps.sprung('release');
    });
  });
}

/** What really came back: of the others it was said that they stay stopped. */
function backOf(order: SimRelease, main: Main): SimRelease {
  const keys = new Set(main.stop.status().stops.map(({ scope }) => scopeKey(scope)));
  const isStopped = (scope: Scope) => keys.has(scopeKey(scope));
  const marketOf = (id: number) => order.allBrands.find(({ brandId }) => brandId === id)?.market ?? '';
  return {
    ...order,
    brandIds: order.brandIds.filter(
      (id) =>
        !isStopped({ kind: 'brand', brandId: id }) && !isStopped({ kind: 'market', market: marketOf(id) }),
    ),
    // A market that ended ended also where the brand that was named stays stopped by itself.
    ends: [
      ...order.ends,
      ...order.brandIds.map((id): Scope => ({ kind: 'market', market: marketOf(id) })),
    ].filter((scope) => !isStopped(scope)),
  };
}

export function start(world: World, random: Random): void {
  inMain(world, random, 'start', (main) => {
    const { state } = main.stop.status();
    const result = lookingFirst(world, main, () => main.stop.start('Zoé Martin'));
    if (!result.ok) return;
    if (state !== 'not-started' || world.truth.isEverythingStopped())
      world.invariants.fail('S-11', `started anew while ${state}`);
    world.truth.started();
    world.trouble(SETTLED_MS);
    count(world.counts, 'start of publishing');
  });
}

/** The app looks at the files before it does as it is told, and may stop everything then. */
function lookingFirst<T>({ truth }: World, main: Main, act: () => T): T {
  const result = truth.trying({ kind: 'stop', scope: EVERYTHING }, act);
  truth.takeOver(main.stop.status());
  return result;
}

export function explain(world: World, random: Random): void {
  inMain(world, random, 'reason', (main) => {
    const stop = main.stop.status().stops[0];
    if (!stop) return;
    lookingFirst(world, main, () => main.stop.explain(stop.id, 'Attack in the city', 'Zoé Martin'));
  });
}

/** After an older database was put back: whatever is public already does not stay in the queue. */
function lookThroughQueue(world: World, main: Main): void {
  const { database, network, timeline } = world;
  const ids = database.posts
    .filter((post) => post.state === 'scheduled' && isPublic(network, post))
    .map(({ id }) => id);
  world.isRestored = false;
  if (ids.length > 0) void main.posts.move(ids, 'canceled', 'by-person', '', timeline.wall()).catch(() => {});
}

/** Goes through what waits for a decision. A person looks at the network before saying a thing once more. */
export function review(world: World, random: Random): void {
  inMain(world, random, 'review', (main) => {
    const { database, network, timeline } = world;
    if (!main.scheduler) return;
    const now = timeline.wall();
    const move = (post: SimPost, to: SimPost['state']) =>
      void main.posts
        .move([post.id], to, 'by-person', '', now)
        .then(() => main.scheduler?.wake())
        .catch(() => {});
    const waiting = [...database.posts].filter(({ state }) => WAITING.has(state));
    for (const post of waiting) {
      const isSeen = isPublic(network, post);
      const isOld = now - post.changedAt > BELIEVE_MS;
      const choice = random.next();
      if (post.state === 'unconfirmed') {
        if (isOld && choice < 0.7) move(post, isSeen ? 'published' : 'missed');
      } else if (post.state === 'held') {
        if (isSeen || choice < 0.3) move(post, 'canceled');
        else if (choice < 0.7) move(post, 'scheduled');
      } else if (post.state === 'missed') {
        if (isSeen || choice < 0.3) move(post, 'canceled');
        else if (choice < 0.8) reschedule(world, main, post, now + random.span(MINUTE, 120 * MINUTE));
      } else if (post.state === 'scheduled' && choice < 0.05) {
        if (choice < 0.02) move(post, 'canceled');
        else if (choice < 0.03) move(post, 'held');
        else if (!isSeen) reschedule(world, main, post, now + random.span(MINUTE, 120 * MINUTE));
      }
    }
  });
}

function reschedule(world: World, main: Main, post: SimPost, publishAt: number): void {
  void main.posts
    .reschedule(
      [{ postId: post.id, publishAt, localTime: '', timeZone: 'Europe/Paris' }],
      world.timeline.wall(),
    )
    .then(() => main.scheduler?.wake())
    .catch(() => {});
}

/** New posts for one instant or close together, on any accounts. */
export function schedule(world: World, random: Random, posts: number): void {
  const { database, desk, timeline, machine } = world;
  const at = timeline.wall() + random.span(20_000, 180 * MINUTE);
  for (let each = 0; each < posts; each += 1) {
    const account = random.pick(desk.accounts);
    const before = database.posts.filter((post) => post.account === account).at(-1);
    const sameAs = random.chance(0.04) && before ? before : null;
    const parts = random.chance(0.15) ? random.int(2, 3) : 1;
    database.add(account, at + (random.chance(0.6) ? 0 : random.int(0, 5_000)), parts, sameAs);
  }
  count(world.counts, 'posts scheduled', posts);
  inMain(world, random, 'posts were added', (main) => main.scheduler?.wake());
  void machine;
}

/** Whoever is responsible comes by: the app runs, what waits is looked through, and what was stopped for long enough is released. */
export function tend(world: World, random: Random): void {
  const { main } = world.machine;
  for (const account of world.desk.accounts) {
    if (account.isHeld || account.isSignedOut) world.blocked(account);
    if (random.chance(0.8)) account.isSignedOut = false;
    account.isHeld = account.isHeld ? random.chance(0.3) : random.chance(0.02);
    if (account.isHeld) world.truth.held.add(account.id);
    else world.truth.held.delete(account.id);
  }
  if (!main?.process.isAlive) {
    startMain(world);
    return;
  }
  if (!main.scheduler && main.process.silentSince === null) {
    main.quit();
    return;
  }
  world.database.archive(world.timeline.wall() - ARCHIVE_MS);
  review(world, random);
  const { state, stops } = main.stop.status();
  if (state === 'not-started') start(world, random);
  if (state === 'not-confirmed') press(world, random, [EVERYTHING], 'button');
  if (state === 'stopped' || stops.length > 0) release(world, random, random.chance(0.6), 'proper');
}
