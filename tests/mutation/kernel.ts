/** 'everything': the stop of everything, from the press to the abort, and the question before each send. 'narrower': what narrower stops add. */
export type Part = 'everything' | 'narrower';

const CORE = [
  'tests/core/stop-kernel',
  'tests/core/stop.test',
  'tests/core/stop-other-process',
  'tests/core/stop-release',
  'tests/core/stop-together',
  'tests/core/stop-found',
];
const CALLS = 'tests/stop/system-calls';

/** What a stop consists of when it is engaged and when it is asked for, and the tests that must notice a mistake in it. */
export const KERNEL: readonly {
  readonly path: string;
  readonly part: Part;
  readonly tests: readonly string[];
}[] = [
  {
    path: 'src-main/core/gate.ts',
    part: 'everything',
    tests: ['tests/core/gate', 'tests/publisher/gate', 'tests/core/scope'],
  },
  { path: 'src-main/core/stop-engage.ts', part: 'everything', tests: CORE },
  { path: 'src-main/publisher/gate.ts', part: 'everything', tests: ['tests/publisher/gate'] },
  {
    path: 'src-main/stop/permit.ts',
    part: 'everything',
    tests: [CALLS, 'tests/stop/permit', 'tests/publisher/gate'],
  },
  { path: 'src-main/stop/latch.ts', part: 'everything', tests: [CALLS, 'tests/stop/latch'] },
  { path: 'src-main/stop/stop-disk.ts', part: 'everything', tests: [CALLS, ...CORE] },
  { path: 'src-main/stop/epoch-mark.ts', part: 'everything', tests: [CALLS, 'tests/stop/epoch-mark'] },
  {
    path: 'src-main/stop/sync-files.ts',
    part: 'everything',
    tests: [
      CALLS,
      'tests/stop/permit',
      'tests/stop/latch',
      'tests/stop/not-a-file',
      'tests/stop/narrow-stops',
      'tests/stop/scope-names',
    ],
  },
  { path: 'src-main/core/scope.ts', part: 'narrower', tests: ['tests/core/scope'] },
  { path: 'src-main/core/stop-engage-narrow.ts', part: 'narrower', tests: CORE },
  {
    path: 'src-main/stop/whole-files.ts',
    part: 'narrower',
    tests: [CALLS, 'tests/stop/permit', 'tests/stop/narrow-stops', 'tests/stop/stop-during-release'],
  },
];

/** Survivors that are no mistake, found by a piece of their line. */
export const JUSTIFIED: readonly {
  readonly path: string;
  readonly where: string;
  readonly what: string;
  readonly reason: string;
}[] = [
  {
    path: 'src-main/core/stop-engage.ts',
    where: 'settling.delete(id)',
    what: 'the statement is gone',
    reason: 'A promise that is resolved once more stays as it is; only memory would be kept.',
  },
  {
    path: 'src-main/core/stop-engage.ts',
    where: 'isDurable: false,',
    what: 'false becomes true',
    reason: 'What came of it replaces it in the same step; nobody can look in between.',
  },
  {
    path: 'src-main/core/stop-engage.ts',
    where: 'narrow.size > 0 ?',
    what: '> becomes >=',
    reason:
      'With no narrower stop among the orders nothing is engaged either way; listeners are told once more.',
  },
  {
    path: 'src-main/publisher/gate.ts',
    where: 'let cap = 0',
    what: '0 becomes one more',
    reason: 'Nothing is asked of it before it is armed, and that sets the cap.',
  },
  {
    path: 'src-main/publisher/gate.ts',
    where: '!armed || !readNarrow',
    what: '|| becomes &&',
    reason: 'Both are set in the same step: neither is ever there without the other.',
  },
  {
    path: 'src-main/stop/sync-files.ts',
    where: 'O_NONBLOCK ?? 0',
    what: '0 becomes one more',
    reason: 'Only Windows has no such flag; there the tests of this file do not run in this campaign.',
  },
  {
    path: 'src-main/stop/sync-files.ts',
    where: 'most > SCRATCH.length',
    what: '> becomes >=',
    reason: 'A buffer of just that size is as good as the one that is kept.',
  },
  {
    path: 'src-main/stop/sync-files.ts',
    where: 'length === most',
    what: '=== becomes !==',
    reason:
      'A file gives all it has in one read on the systems of this campaign; the loop is for those that give less.',
  },
  {
    path: 'src-main/core/stop-engage-narrow.ts',
    where: 'hold(stop, true)',
    what: 'true becomes false',
    reason: 'It is said again, as it turned out, in the same step; nobody can look in between.',
  },
  {
    path: 'src-main/core/stop-engage-narrow.ts',
    where: 'endsMonotonic: 0',
    what: '0 becomes one more',
    reason: 'It is read only of a stop that was released.',
  },
  {
    path: 'src-main/core/stop-engage-narrow.ts',
    where: '?.isSilent ?? false',
    what: 'false becomes true',
    reason: 'The stop was put there in the same step: it is always found.',
  },
];
