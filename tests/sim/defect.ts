import type { Connector } from '../../src-main/core/connector.ts';
import type { GateAnswer, SendQuestion } from '../../src-main/core/gate.ts';
import type { SchedulerDeps } from '../../src-main/core/scheduler.ts';
import type { StopDeps, StopDisk, StopGate, StopParts } from '../../src-main/core/stop-ports.ts';
import type { PostStore } from '../../src-main/core/stores.ts';
import type { recoverPosts } from '../../src-main/recovery.ts';
import type { World } from './world-parts.ts';

/** A known mistake, put in through a port or around a part. Without any the world is as it should be. */
export type Defect = {
  readonly disk?: (disk: StopDisk, world: World) => StopDisk;
  /** Instead of the rule of who may send. */
  readonly decide?: (ask: SendQuestion, world: World) => GateAnswer;
  readonly connector?: (connector: Connector, world: World) => Connector;
  readonly queue?: (queue: PostStore, world: World) => PostStore;
  readonly stopDeps?: (deps: StopDeps, world: World) => StopDeps;
  readonly stop?: (stop: StopParts, world: World) => StopParts;
  /** What the scheduler asks. */
  readonly gate?: (gate: StopGate, stop: StopParts, world: World) => StopGate;
  readonly schedulerDeps?: (deps: SchedulerDeps, world: World) => SchedulerDeps;
  readonly recover?: typeof recoverPosts;
  /** False: nobody looks at the files of the stop while the app runs. */
  readonly checksFiles?: false;
};

/** Does something, and says that it went well. */
export function isSaid(act: () => unknown): true {
  act();
  return true;
}

/** Does it instead of a press, one scope after the other. */
export function onEachPress(engage: StopParts['engage']): Pick<StopParts, 'engage' | 'engageAll'> {
  return { engage, engageAll: (orders) => orders.map(engage) };
}
