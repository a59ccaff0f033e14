import type { AbortAnswer } from './parts/abort.ts';
import type { DispatchAnswer } from './parts/dispatch.ts';
import type { FloorAnswer } from './parts/floor.ts';
import type { KillAnswer } from './parts/kill.ts';
import type { LoadAnswer } from './parts/load.ts';
import type { PlainjobAnswer } from './parts/plainjob.ts';
import type { ReleaseAnswer } from './parts/release.ts';
import type { StartAnswer, StartFigures } from './parts/start.ts';
import type { StopAnswer } from './parts/stop.ts';
import type { StorageAnswer } from './parts/storage.ts';
import type { TimersAnswer } from './parts/timers.ts';

/** What was measured at one number of pending posts. Several answers are several runs. */
export type SizeFindings = {
  readonly posts: number;
  loads: readonly LoadAnswer[];
  start: StartFigures | null;
  stop: StopAnswer | null;
  dispatches: readonly DispatchAnswer[];
  release: ReleaseAnswer | null;
  questions: StorageAnswer | null;
  timers: readonly TimersAnswer[];
  plainjob: readonly PlainjobAnswer[];
};

/** All that one run found; null and empty where a part was left out. */
export type Findings = {
  readonly sizes: readonly SizeFindings[];
  floor: FloorAnswer | null;
  start: StartAnswer | null;
  kill: KillAnswer | null;
  /** At the cap of a new desk, and at a hundred. */
  aborts: readonly AbortAnswer[];
};

export function noFindings(sizes: readonly number[]): Findings {
  return {
    sizes: sizes.map((posts) => ({
      posts,
      loads: [],
      start: null,
      stop: null,
      dispatches: [],
      release: null,
      questions: null,
      timers: [],
      plainjob: [],
    })),
    floor: null,
    start: null,
    kill: null,
    aborts: [],
  };
}
