import type { Chronicle } from './chronicle.ts';
import type { Counts } from './counts.ts';
import type { Copy, Database } from './database.ts';
import type { Defect } from './defect.ts';
import type { SimDesk } from './desk.ts';
import type { Invariants } from './invariants.ts';
import type { Machine } from './machine.ts';
import type { Network } from './network.ts';
import type { Random } from './random.ts';
import type { SimJournal } from './sim-journal.ts';
import type { SimPost } from './sim-post.ts';
import type { StopFiles } from './stop-files.ts';
import type { Process, Timeline } from './timeline.ts';
import type { Traps } from './traps.ts';
import type { Truth } from './truth.ts';

/** One machine, its app, its networks and its people, from one seed. */
export type World = {
  readonly seed: number;
  /** For what nobody plans: how long things take, which write fails. */
  readonly random: Random;
  readonly timeline: Timeline;
  readonly chronicle: Chronicle;
  readonly counts: Counts;
  readonly defect: Defect;
  /** Networks, people, the system: what neither hangs nor ends. */
  readonly outside: Process;
  readonly desk: SimDesk;
  readonly files: StopFiles;
  readonly journal: SimJournal;
  readonly machine: Machine;
  readonly traps: Traps;
  readonly truth: Truth;
  readonly database: Database;
  readonly invariants: Invariants;
  readonly network: Network;
  /** Posts in flight at once. */
  readonly cap: number;
  /** Which start the folder remembers. */
  folderMark: number;
  /** The copy of the data folder somebody made last. */
  copy: {
    readonly database: Copy;
    readonly files: ReturnType<StopFiles['copy']>;
    readonly journal: number;
  } | null;
  /** An older database or folder was put back, and nobody has looked through the queue since. */
  isRestored: boolean;
  /** That happened at some time. */
  wasRestored: boolean;
  /** Files of the stop that no longer say what the app wrote into them. */
  areFilesForeign: boolean;
  /** The app may find itself stopped although nobody stopped it. */
  mayBeStoppedAtStart(): boolean;
  /** The disk was in another mood than 'fine' at some time. */
  hadDiskTrouble: boolean;
  /** Something is in the way of publishing until so long after now. */
  trouble(forMs: number): void;
  /** Nothing was in the way of publishing in the last so many milliseconds, and a minute before. */
  wasCalmFor(ms: number): boolean;
  /** The account could not publish for reasons of its own at some time since the post's time. */
  wasInTheWay(post: SimPost): boolean;
  /** Remembers that an account could not. */
  blocked(account: SimPost['account']): void;
  clockSet(): void;
  wasClockSetWithin(ms: number): boolean;
  /** Main hangs, or the machine sleeps, for so long. */
  interrupted(forMs: number): void;
  wasInterruptedSince(at: number): boolean;
};
