import { decideSend } from '../../src-main/core/gate.ts';
import type { Defect } from '../sim/defect.ts';
import { isDone } from '../sim/stop-disk.ts';
import type { SCENARIOS } from './scenarios.ts';

type Seeded = {
  readonly name: string;
  /** Where it shows. */
  readonly scenario: (typeof SCENARIOS)[number]['name'];
  readonly defect: Defect;
};

/** What was being sent is scheduled once more: what job queues do after a crash. */
const backToTheQueue: NonNullable<Defect['recover']> = async (posts, _journal, now) => {
  const left = await posts.page({ states: ['publishing'] }, 'soonest', 0, 500);
  await posts.settle(
    left.posts.map(({ id, attempts }) => ({
      postId: id,
      attempt: attempts,
      state: 'scheduled' as const,
      reason: '' as const,
      detail: '',
      refs: [],
      retryAt: null,
      at: now,
    })),
  );
  return [];
};

/** Known mistakes, each of which has to be found in some order of events. */
export const DEFECTS: readonly Seeded[] = [
  {
    name: 'the gate looks neither at the permit nor at the latch',
    scenario: 'two posts of two accounts, and everything is stopped',
    defect: {
      decide: (ask) => {
        const epoch = ask.armedEpoch ?? 0;
        return decideSend({
          ...ask,
          permit: { ok: true, epoch, sendsFrom: 0 },
          latch: { state: 'armed', epoch },
        });
      },
    },
  },
  {
    name: 'the publisher is not asked for silence',
    scenario: 'two posts of one account, and everything is stopped',
    defect: {
      stopDeps: (deps) => ({
        ...deps,
        publisher: { ...deps.publisher, silence: (onSilent) => onSilent() },
      }),
    },
  },
  {
    name: 'the gate does not ask for narrower stops',
    scenario: 'a brand is stopped',
    defect: { decide: (ask) => decideSend({ ...ask, isCovered: false }) },
  },
  {
    name: 'nobody looks at the files while the app runs',
    scenario: 'everything is stopped from outside',
    defect: { checksFiles: false },
  },
  {
    name: 'after a crash what was being sent goes back to the queue',
    scenario: 'main dies at any step of a stop',
    defect: {
      recover: backToTheQueue,
    },
  },
  {
    name: 'what the publisher was sending when it ended counts as not sent',
    scenario: 'the publisher dies',
    defect: {
      schedulerDeps: (deps) => ({
        ...deps,
        send: async (claim) => {
          const outcome = await deps.send(claim);
          return outcome.kind === 'unconfirmed' ? { kind: 'not-sent', detail: '' } : outcome;
        },
      }),
    },
  },
  {
    name: 'the stop is not synced',
    scenario: 'the power goes at any step of a stop',
    defect: {
      disk: (disk, { files }) => ({
        ...disk,
        removePermit(unlinked) {
          const isGone = isDone(files.unlinkPermit);
          unlinked();
          return isGone;
        },
        latchStop: () => true,
      }),
    },
  },
  {
    name: 'a narrower stop is not synced',
    scenario: 'the power goes at any step of the stop of a brand',
    defect: {
      disk: (disk, { files }) => ({
        ...disk,
        writeNarrow: (all) =>
          isDone(() => {
            for (const narrow of all)
              if (narrow.stop.scope.kind === 'brand')
                files.writeNarrow(`brand:${narrow.stop.scope.brandId}`, narrow);
          }),
      }),
    },
  },
  {
    name: 'a press since the release was considered is overlooked',
    scenario: 'everything is stopped twice and released',
    defect: {
      stop: (stop) => ({
        ...stop,
        release: (order) => stop.release({ ...order, pressCount: stop.status().pressCount }),
      }),
    },
  },
  {
    name: 'the countdown is not kept',
    scenario: 'everything is stopped and released',
    defect: {
      disk: (disk) => ({ ...disk, arm: (epoch, _, by) => disk.arm(epoch, 0, by) }),
      gate: (gate, stop) => ({
        ...gate,
        isOpen: () => stop.status().state === 'publishing',
        covered: () => [],
        floors: () => [],
      }),
    },
  },
  {
    name: 'two apps on one folder do not look at what is being sent',
    scenario: 'two apps on one folder, and everything is stopped in the first',
    defect: {
      recover: backToTheQueue,
    },
  },
];
