import { POST_STATES } from '../../src-main/core/post.ts';
import { createByteChecks } from './check-bytes.ts';
import { createPostChecks } from './check-posts.ts';
import { createStopChecks } from './check-stop.ts';
import type { World } from './world-parts.ts';

export type Violation = {
  /** A number of the list of invariants (I), or of a requirement; L for what must go on when nothing is in the way. */
  readonly rule: string;
  readonly what: string;
  readonly step: number;
  /** True time since the world began. */
  readonly at: number;
};

export type Fail = (rule: string, what: string) => void;

/** The invariants, checked in the step in which they could break. The first that does ends the world. */
export function createInvariants(world: World) {
  const { timeline, chronicle } = world;
  let violation: Violation | null = null;
  const fail: Fail = (rule, what) => {
    violation ??= { rule, what, step: chronicle.steps(), at: timeline.now() };
  };
  const bytes = createByteChecks(world, fail);
  const posts = createPostChecks(world, fail, bytes.isOpen);
  const stop = createStopChecks(world, fail);

  return {
    violation: () => violation,
    fail,
    onBytes: bytes.onBytes,
    onTold: bytes.onTold,
    onEnded: bytes.onEnded,
    onPublic: bytes.onPublic,
    onMove: posts.onMove,
    onClaim: posts.onClaim,
    afterWrite: posts.afterWrite,
    onArming: stop.onArming,
    onOpened: stop.onOpened,
    onStatusChanged: stop.onStatusChanged,

    /** Everything that can be asked at any time. After every step. */
    afterStep(): void {
      let total = 0;
      for (const state of POST_STATES) total += world.database.counts.get(state) ?? 0;
      if (total !== world.database.total())
        fail('I-6', `${world.database.total()} posts, ${total} in states`);
      const { main } = world.machine;
      if (!main?.process.isAlive) return;
      stop.afterStep(main);
      if (main.process.silentSince === null && !timeline.isAsleep()) posts.afterStep(main);
    },

    /** Files or a database from elsewhere: what was seen before says nothing of them. */
    forget: stop.forget,
  };
}

export type Invariants = ReturnType<typeof createInvariants>;
