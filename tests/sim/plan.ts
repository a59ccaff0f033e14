import type { Scope } from '../../src-main/core/scope.ts';
import type { Control } from '../../src-main/core/stop-types.ts';
import * as accidents from './accidents.ts';
import * as elsewhere from './elsewhere.ts';
import { NETWORK_MOODS } from './network.ts';
import * as people from './people.ts';
import { createRandom, type Random } from './random.ts';
import type { DiskMood } from './stop-files.ts';
import type { Moment } from './traps.ts';
import type { World } from './world-parts.ts';

/** One thing that somebody does or that happens, planned from the seed. Left out, the rest stays as it was. */
export type Deed = {
  readonly at: number;
  readonly what: string;
  /** Not at once, but at the `nth` moment of this kind from then on, and then so much later. */
  readonly trap: { readonly on: Moment; readonly nth: number; readonly delay: number } | null;
  readonly act: (world: World) => void;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MOMENTS: readonly Moment[] = ['press', 'release', 'claim', 'bytes', 'call', 'call'];
const CONTROLS: readonly Control[] = ['shortcut', 'tray', 'button', 'command-line'];
const NARROW_KINDS = ['market', 'network', 'account'] as const;
const DISK_MOODS: readonly DiskMood[] = ['full', 'read-only', 'failing', 'failing', 'unreadable', 'busy'];

type Sort = {
  readonly weight: number;
  /** Whether it may come in the middle of something. */
  readonly isSudden: boolean;
  make(random: Random): Pick<Deed, 'what' | 'act'>;
};

const sort = (
  weight: number,
  isSudden: boolean,
  make: (random: Random, own: () => Random) => Pick<Deed, 'what' | 'act'>,
): Sort => ({
  weight,
  isSudden,
  make: (random) => {
    const seed = random.int(0, 2 ** 31);
    return make(random, () => createRandom(seed));
  },
});

/** What goes wrong and what people do about it, by weight. */
const SORTS: readonly Sort[] = [
  sort(14, true, (random, own) => {
    const control = random.pick(CONTROLS);
    return {
      what: `everything is stopped (${control})`,
      act: (world) => people.press(world, own(), [{ kind: 'everything' }], control),
    };
  }),
  sort(7, true, (random, own) => {
    const brandId = random.int(1, 4);
    return {
      what: `brand ${brandId} is stopped`,
      act: (world) => people.press(world, own(), [brandOf(world, brandId)], 'button'),
    };
  }),
  sort(1, true, (random, own) => {
    const pick = random.int(0, 100);
    const kind = random.pick(NARROW_KINDS);
    return {
      what: `one ${kind} is stopped`,
      act: (world) => people.press(world, own(), [scopeOf(world, kind, pick)], 'button'),
    };
  }),
  sort(2, true, (random, own) => {
    const brandId = random.int(1, 4);
    const others = NARROW_KINDS.filter(() => random.chance(0.5)).map((kind) => ({
      kind,
      pick: random.int(0, 100),
    }));
    return {
      what: `brand ${brandId} and ${others.map(({ kind }) => kind).join(', ') || 'nothing else'} are stopped at once`,
      act: (world) =>
        people.press(
          world,
          own(),
          [brandOf(world, brandId), ...others.map(({ kind, pick }) => scopeOf(world, kind, pick))],
          'button',
        ),
    };
  }),
  sort(5, true, (_, own) => ({
    what: 'everything is stopped from the command line',
    act: (world) => elsewhere.stopFromOutside(world, own(), { kind: 'everything' }),
  })),
  sort(3, true, (random, own) => {
    const brandId = random.int(1, 4);
    return {
      what: `brand ${brandId} is stopped from the command line`,
      act: (world) => elsewhere.stopFromOutside(world, own(), brandOf(world, brandId)),
    };
  }),
  sort(3, true, () => ({ what: 'the permit is deleted by hand', act: elsewhere.removePermitByHand })),
  sort(4, false, (random, own) => {
    const way = random.pick(['proper', 'proper', 'nameless', 'nobody'] as const);
    const isOfAll = random.chance(0.5);
    return {
      what: `a ${way} release of ${isOfAll ? 'all' : 'some'}`,
      act: (world) => people.release(world, own(), isOfAll, way),
    };
  }),
  sort(1, false, (_, own) => ({ what: 'start is pressed', act: (world) => people.start(world, own()) })),
  sort(1, true, (_, own) => ({ what: 'a reason is added', act: (world) => people.explain(world, own()) })),
  sort(3, false, (_, own) => ({ what: 'review', act: (world) => people.review(world, own()) })),
  sort(9, true, () => ({ what: 'kill -9 of main', act: accidents.killMain })),
  sort(4, true, () => ({ what: 'kill -9 of the publisher', act: accidents.killPublisher })),
  sort(4, true, () => ({ what: 'the power goes', act: accidents.losePower })),
  sort(5, true, (random) => {
    const ms = random.span(100, 20_000);
    return { what: `main hangs for ${ms} ms`, act: (world) => accidents.hangMain(world, ms) };
  }),
  sort(4, true, (random, own) => {
    const ms = random.span(1_500, 20_000);
    const by = -random.span(1_000, HOUR);
    return {
      what: `the machine is paused for ${ms} ms in the middle of main, and its clock set by ${by} ms`,
      act(world) {
        accidents.hangMain(world, ms);
        accidents.setClock(world, own(), by);
      },
    };
  }),
  sort(4, true, (random) => {
    const ms = random.span(100, 20_000);
    return { what: `the publisher hangs for ${ms} ms`, act: (world) => accidents.hangPublisher(world, ms) };
  }),
  sort(2, true, (random) => {
    const ms = random.span(300, 20_000);
    return { what: `nothing can be killed for ${ms} ms`, act: (world) => accidents.waitForDevice(world, ms) };
  }),
  sort(5, true, (random, own) => {
    const ms = random.span(1_000, 10 * HOUR);
    return { what: `the machine sleeps for ${ms} ms`, act: (world) => accidents.sleep(world, own(), ms) };
  }),
  sort(4, true, (random, own) => {
    const by = random.span(1_000, 30 * HOUR) * (random.chance(0.5) ? 1 : -1);
    return { what: `the clock is set by ${by} ms`, act: (world) => accidents.setClock(world, own(), by) };
  }),
  sort(12, true, (random) => {
    const mood = random.pick(NETWORK_MOODS);
    const ms = random.span(5_000, 40 * MINUTE);
    const pick = random.int(0, 2);
    return {
      what: `a network is ${mood} for ${ms} ms`,
      act: (world) => accidents.setNetwork(world, world.desk.networks[pick] ?? '', mood, ms),
    };
  }),
  sort(6, true, (random) => {
    const mood = random.pick(DISK_MOODS);
    const ms = mood === 'unreadable' ? random.span(100, 3_000) : random.span(1_000, 20 * MINUTE);
    return { what: `the disk is ${mood} for ${ms} ms`, act: (world) => accidents.setDisk(world, mood, ms) };
  }),
  sort(4, true, (random) => {
    const mood = random.pick(['slow', 'failing'] as const);
    const ms = random.span(1_000, 10 * MINUTE);
    return {
      what: `the database is ${mood} for ${ms} ms`,
      act: (world) => accidents.setDatabase(world, mood, ms),
    };
  }),
  sort(2, false, () => ({ what: 'a copy is made', act: elsewhere.makeCopy })),
  sort(2, false, (random) => {
    const what = random.pick(['database', 'database', 'folder'] as const);
    return { what: `the ${what} is put back`, act: (world) => elsewhere.putBack(world, what) };
  }),
];
const WEIGHT = SORTS.reduce((sum, { weight }) => sum + weight, 0);

function brandOf({ desk }: World, brandId: number): Scope {
  return { kind: 'brand', brandId: ((brandId - 1) % desk.brands.length) + 1 };
}

function scopeOf({ desk }: World, kind: 'market' | 'network' | 'account', pick: number): Scope {
  const account = desk.accounts[pick % desk.accounts.length];
  if (kind === 'network' || !account) return { kind: 'network', network: desk.networks[pick % 3] ?? '' };
  return kind === 'market' ? { kind, market: account.market.toUpperCase() } : { kind, accountId: account.id };
}

function pickSort(random: Random): Sort {
  let left = random.next() * WEIGHT;
  for (const each of SORTS) {
    left -= each.weight;
    if (left < 0) return each;
  }
  return SORTS[0] as Sort;
}

/** What happens often happens together: one thing, and another a moment later. */
function withAnother(random: Random, first: Pick<Deed, 'what' | 'act'>): Pick<Deed, 'what' | 'act'> {
  const other = pickSort(random);
  if (!other.isSudden) return first;
  const second = other.make(random);
  const delay = random.chance(0.5) ? random.int(1, 30) : random.span(30, 3_000);
  return {
    what: `${first.what}, and ${delay} ms later ${second.what}`,
    act(world) {
      world.timeline.outside(world.outside, delay, second.what, () => {
        world.chronicle.note(second.what);
        second.act(world);
      });
      first.act(world);
    },
  };
}

export type Weather = {
  readonly name: 'calm' | 'rough' | 'stormy';
  /** Mean time between troubles, between posts, and between visits of somebody responsible. */
  readonly troubleMs: number;
  readonly postsMs: number;
  readonly tendMs: number;
};

export const WEATHERS: readonly Weather[] = [
  { name: 'calm', troubleMs: 16 * HOUR, postsMs: 5 * HOUR, tendMs: 6 * HOUR },
  { name: 'rough', troubleMs: 2 * HOUR, postsMs: 80 * MINUTE, tendMs: HOUR },
  { name: 'stormy', troubleMs: 20 * MINUTE, postsMs: 30 * MINUTE, tendMs: 18 * MINUTE },
];

/** Most worlds are calm: the hours are many there, and what seldom happens has time to. */
export function pickWeather(random: Random): Weather {
  const [calm, rough, stormy] = WEATHERS as [Weather, Weather, Weather];
  const chance = random.next();
  return chance < 0.76 ? calm : chance < 0.94 ? rough : stormy;
}

/** Everything that is to happen in one world, in order. */
export function makePlan(random: Random, hours: number, weather: Weather): readonly Deed[] {
  const deeds: Deed[] = [];
  const end = hours * HOUR;
  const own = (act: (world: World, random: Random) => void) => {
    const seed = random.int(0, 2 ** 31);
    return (world: World) => act(world, createRandom(seed));
  };
  const add = (at: number, what: string, act: Deed['act'], trap: Deed['trap'] = null) =>
    deeds.push({ at, what, trap, act });
  const spread = (mean: number, each: (at: number) => void) => {
    for (let at = -Math.log(1 - random.next()) * mean; at < end; at += -Math.log(1 - random.next()) * mean)
      each(Math.round(at));
  };

  add(0, 'the app is started', own(people.tend));
  add(10_000, 'publishing is started', own(people.start));
  spread(weather.postsMs, (at) => {
    const posts = random.chance(0.6) ? random.int(1, 2) : random.int(3, 8);
    add(
      at,
      `${posts} posts are scheduled`,
      own((world, chance) => people.schedule(world, chance, posts)),
    );
  });
  spread(weather.tendMs, (at) => add(at, 'somebody comes by', own(people.tend)));
  spread(weather.troubleMs, (at) => {
    const { isSudden, make } = pickSort(random);
    const first = make(random);
    const { what, act } = isSudden && random.chance(0.3) ? withAnother(random, first) : first;
    const delay = random.chance(0.5) ? 0 : random.span(1, 180_000);
    const trap =
      isSudden && random.chance(0.6) ? { on: random.pick(MOMENTS), nth: random.span(1, 12), delay } : null;
    add(at, what, act, trap);
  });
  return deeds.sort((a, b) => a.at - b.at);
}

export function tell({ what, trap }: Deed): string {
  if (!trap) return what;
  return `${what}, ${trap.delay} ms after the next ${trap.on}${trap.nth > 1 ? ` but ${trap.nth - 1}` : ''}`;
}
