import type { Scope } from '../../src-main/core/scope.ts';
import { epochFloor } from '../../src-main/core/stop-state.ts';
import type { EngagedStop } from '../../src-main/core/stop-types.ts';
import { count } from './counts.ts';
import type { Random } from './random.ts';
import { createSimDisk, isDone } from './stop-disk.ts';
import { createProcess } from './timeline.ts';
import type { World } from './world-parts.ts';

/**
 * The command line's stop, without the app: step by step as `stop-from-outside.ts` does it, in a process of its own, so that what the app does
 * at the same time comes between.
 */
export function stopFromOutside(world: World, random: Random, scope: Scope): void {
  const { files, truth, timeline, machine, counts } = world;
  const process = createProcess('command line');
  const disk = createSimDisk(files);
  const everything: Scope = { kind: 'everything' };
  const stop: EngagedStop = {
    id: `stop ${++counts.ids}`,
    epoch: 0,
    scope,
    control: 'command-line',
    by: '',
    reason: '',
    widenedFrom: '',
    engagedAt: timeline.wall(),
    isDurable: true,
    isSilent: true,
    todo: '',
    inFlight: [],
  };
  const killPublisher = () => [...machine.publishers].at(-1)?.kill();
  const steps: (() => void)[] = [];
  let isGone = false;
  let isLatched = false;
  let epoch = 0;
  let hasEffect = false;

  const takesEffect = () => {
    if (!hasEffect) truth.pressed();
    hasEffect = true;
    truth.stopped({ scope: everything, isDurable: false, epoch: 0 }, true);
  };

  const ofEverything = [
    () => {
      const wasPermitted = files.isPermitLive();
      isGone = isDone(files.unlinkPermit);
      if (wasPermitted && !files.isPermitLive()) takesEffect();
      machine.main?.noticeFiles();
    },
    () => {
      isGone = isDone(files.syncFolder) && isGone && !files.isPermitLive();
    },
    () => {
      const before = files.readLatch();
      epoch = epochFloor(before, disk.reservedEpoch(), timeline.wall()) + 1;
      const kept =
        before.state === 'stopped' && before.stop ? before.stop : { ...stop, scope: everything, epoch };
      isLatched = disk.latchStop(epoch, kept);
      if (files.readLatch().epoch === epoch) takesEffect();
      machine.main?.noticeFiles();
    },
    killPublisher,
    () => {
      count(counts, 'stop from outside');
      if (isGone || isLatched) truth.stopped({ scope: everything, isDurable: true, epoch: 0 }, true);
    },
  ];
  if (scope.kind === 'everything') steps.push(...ofEverything);
  else
    steps.push(() => {
      if (!disk.writeNarrow([{ stop, endsAt: null }])) {
        steps.push(...ofEverything);
        return;
      }
      truth.pressed();
      truth.stopped({ ...stop, isDurable: true }, true);
      machine.main?.noticeFiles();
      count(counts, `stop of ${scope.kind === 'account' ? 'an' : 'a'} ${scope.kind} from outside`);
      steps.push(killPublisher);
    });

  machine.others.add(process);
  const next = (): void => {
    timeline.after(process, random.int(0, 4), 'command line', () => {
      steps.shift()?.();
      if (steps.length > 0) next();
      else machine.others.delete(process);
    });
  };
  next();
}

/** Somebody deletes the permit by hand. It is not synced: for a while the power going may bring it back. */
export function removePermitByHand(world: World): void {
  const { files, truth, machine } = world;
  if (!files.isPermitLive()) return;
  isDone(files.unlinkPermit);
  if (files.isPermitLive()) return;
  truth.stopped({ scope: { kind: 'everything' }, isDurable: false, epoch: 0 }, true);
  // In the very step in which the app writes it, the app sees it at its end.
  if (machine.running !== machine.main?.process) truth.pressed();
  machine.main?.noticeFiles();
  count(world.counts, 'permit deleted by hand');
}

export function makeCopy(world: World): void {
  const { database, files, journal } = world;
  if (files.copy().latch === null) return;
  world.copy = { database: database.copy(database.mark), files: files.copy(), journal: journal.length() };
  count(world.counts, 'copy made');
}

/** Closes the app and puts back the copy: of the database alone, or of the whole folder. */
export function putBack(world: World, what: 'database' | 'folder'): void {
  const { machine, timeline, outside } = world;
  const CLOSED_MS = 12_000;
  if (machine.main?.process.isAlive) machine.main.quit();
  world.trouble(CLOSED_MS);
  timeline.outside(outside, CLOSED_MS, `the ${what} is put back`, () => {
    const { copy } = world;
    if (!copy || machine.main?.process.isAlive || machine.publishers.size > 0) return;
    world.database.paste(copy.database);
    world.database.mark = copy.database.mark;
    world.isRestored = true;
    world.wasRestored = true;
    if (what === 'folder') {
      world.files.copyBack(copy.files);
      world.journal.cut(copy.journal);
      world.folderMark = copy.database.mark;
      world.areFilesForeign = true;
      world.truth.stopEpoch = 0;
    }
    world.truth.held.clear();
    for (const { id, isHeld } of world.desk.accounts) if (isHeld) world.truth.held.add(id);
    world.invariants.forget();
    count(world.counts, `${what} put back`);
  });
}
