import type { PostId } from '../../src-main/core/post.ts';
import type { Scope } from '../../src-main/core/scope.ts';
import { createStop } from '../../src-main/core/stop.ts';
import type { StopDisk, StopParts, StopPublisher } from '../../src-main/core/stop-ports.ts';
import type { StopOrder } from '../../src-main/core/stop-types.ts';
import { createStopDisk } from '../../src-main/stop/stop-disk.ts';
import { stopPaths } from '../../src-main/stop/stop-files.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';

/** A publisher that does what the test says: confirms at once, later, only when killed, never, or within the call as when none runs. */
export type ScriptedPublisher = StopPublisher & {
  behaviour: 'prompt' | 'slow' | 'deaf' | 'immortal' | 'absent';
  readonly log: string[];
  flying: PostId[];
};

export function createScriptedPublisher(clock: FakeClock): ScriptedPublisher {
  let pending: (() => void)[] = [];
  const die = () => {
    const listeners = pending;
    pending = [];
    for (const listener of listeners) listener();
  };
  const silence = (what: string) => (listener: () => void) => {
    publisher.log.push(what);
    pending.push(listener);
    if (publisher.behaviour === 'absent') die();
    if (publisher.behaviour === 'prompt') clock.after(1, die);
    if (publisher.behaviour === 'slow') clock.after(200, die);
  };
  const publisher: ScriptedPublisher = {
    behaviour: 'prompt',
    log: [],
    flying: [],
    arm: (epoch) => publisher.log.push(`arm ${epoch}`),
    silence: silence('silence'),
    silenceScope: (_scope: Scope, listener) => silence('silence scope')(listener),
    kill() {
      publisher.log.push('kill');
      if (publisher.behaviour === 'deaf') clock.after(5, die);
    },
    inFlight: () => publisher.flying,
  };
  return publisher;
}

export type StopFixture = {
  readonly stop: StopParts;
  readonly clock: FakeClock;
  readonly publisher: ScriptedPublisher;
  readonly records: { event: string; control: string; by: string; details: Record<string, unknown> }[];
  readonly order: (change?: Partial<StopOrder>) => StopOrder;
  timersCanceled: number;
  /** How often the scheduler was told to look again. */
  woken: number;
};

/** A stop on real files in `dir`. `disk` may wrap the real one to let it fail. */
export function createStopFixture(
  dir: string,
  wrap: (disk: StopDisk) => StopDisk = (disk) => disk,
  clock = createFakeClock(),
): StopFixture {
  const publisher = createScriptedPublisher(clock);
  const records: StopFixture['records'] = [];
  let id = 0;
  const fixture: StopFixture = {
    stop: createStop({
      clock,
      newId: () => `stop-${++id}-${Math.round(clock.monotonic())}`,
      disk: wrap(createStopDisk(stopPaths(dir), 'host-of-this-test')),
      publisher,
      cancelTimers: () => {
        fixture.timersCanceled += 1;
      },
      wake: () => {
        fixture.woken += 1;
      },
      record: (event, control, by, details) => records.push({ event, control, by, details }),
    }),
    clock,
    publisher,
    records,
    order: (change = {}) => ({
      scope: { kind: 'everything' },
      control: 'shortcut',
      by: '',
      reason: '',
      widenedFrom: '',
      ...change,
    }),
    timersCanceled: 0,
    woken: 0,
  };
  return fixture;
}
