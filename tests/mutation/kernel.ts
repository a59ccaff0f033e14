/** What a stop consists of when it is engaged and when it is asked for, and the tests that must notice a mistake in it. */
export const KERNEL: readonly { readonly path: string; readonly tests: readonly string[] }[] = [
  { path: 'src-main/core/gate.ts', tests: ['tests/core/gate', 'tests/publisher/gate'] },
  { path: 'src-main/core/scope.ts', tests: ['tests/stop/narrow-stops', 'tests/core/stop.test'] },
  {
    path: 'src-main/core/stop-engage.ts',
    tests: ['tests/core/stop.test', 'tests/core/stop-other-process', 'tests/core/stop-release'],
  },
  { path: 'src-main/publisher/gate.ts', tests: ['tests/publisher/gate'] },
  { path: 'src-main/stop/permit.ts', tests: ['tests/stop/permit', 'tests/publisher/gate'] },
  { path: 'src-main/stop/latch.ts', tests: ['tests/stop/latch'] },
  {
    path: 'src-main/stop/stop-disk.ts',
    tests: ['tests/core/stop.test', 'tests/core/stop-other-process', 'tests/core/stop-release'],
  },
  {
    path: 'src-main/stop/sync-files.ts',
    tests: ['tests/stop/permit', 'tests/stop/latch', 'tests/stop/not-a-file', 'tests/stop/narrow-stops'],
  },
];

/** Survivors that are no mistake, found by a piece of their line. */
export const JUSTIFIED: readonly {
  readonly path: string;
  readonly where: string;
  readonly what: string;
  readonly reason: string;
}[] = [];
