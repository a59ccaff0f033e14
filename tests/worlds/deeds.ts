import type { Scope } from '../../src-main/core/scope.ts';
import * as accidents from '../sim/accidents.ts';
import { stopFromOutside } from '../sim/elsewhere.ts';
import type { Main } from '../sim/main-process.ts';
import * as people from '../sim/people.ts';
import type { Random } from '../sim/random.ts';
import type { Process } from '../sim/timeline.ts';
import type { World } from '../sim/world-parts.ts';

/** A small world as deeds see it. */
export type Small = {
  readonly world: World;
  readonly fate: Random;
  /** Every start of the app, the newest last. */
  readonly mains: readonly Main[];
  startApp(): void;
};

/** Something that may happen at any time, so many times. */
export type Deed = {
  readonly name: string;
  readonly times: number;
  mayBe(small: Small): boolean;
  act(small: Small): void;
  /** In whose step. */
  by(small: Small): Process | null;
};

const newest = ({ mains }: Small): Main | null => mains.findLast(({ process }) => process.isAlive) ?? null;
const eldest = ({ mains }: Small): Main | null => mains.find(({ process }) => process.isAlive) ?? null;
const nobody = () => null;

/** The accidents after which nothing of a process is left but what the files say. */
export const WAYS_TO_END = {
  'main dies': ({ world }: Small) => accidents.killMain(world),
  'the publisher dies': ({ world }: Small) => accidents.killPublisher(world),
  'the power goes': ({ world, mains }: Small) => {
    for (const { process } of mains) if (process !== world.machine.running) world.machine.kill(process);
    accidents.losePower(world);
  },
} as const;

/** A control of the app, or of the app that was started first where there are two. */
export function press(scope: Scope, ofWhich: 'newest' | 'eldest' = 'newest'): Deed {
  const pressed = ofWhich === 'newest' ? newest : eldest;
  return {
    name: `${scope.kind} is stopped in the app that is ${ofWhich}`,
    times: 1,
    mayBe: (small) => pressed(small) !== null,
    by: (small) => pressed(small)?.process ?? null,
    act(small) {
      const main = pressed(small);
      if (main) people.pressNow(small.world, main, [scope], 'shortcut');
    },
  };
}

export function pressOutside(scope: Scope): Deed {
  return {
    name: `${scope.kind} is stopped from the command line`,
    times: 1,
    mayBe: () => true,
    by: nobody,
    act: ({ world, fate }) => stopFromOutside(world, fate, scope),
  };
}

export const RELEASE: Deed = {
  name: 'somebody considers a release',
  times: 1,
  mayBe: (small) => (newest(small)?.stop.status().stops.length ?? 0) > 0,
  by: nobody,
  act: ({ world, fate }) => people.release(world, fate, true, 'proper'),
};

export const START_AGAIN: Deed = {
  name: 'the app is started again',
  times: 1,
  mayBe: (small) => newest(small) === null,
  by: nobody,
  act: (small) => small.startApp(),
};

export const START_ANOTHER: Deed = {
  name: 'the app is started a second time',
  times: 1,
  mayBe: ({ mains }) => mains.length === 1 && newest({ mains } as Small) !== null,
  by: nobody,
  act: (small) => small.startApp(),
};
