import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The files that take longest, longest first: most of them wait, for a minute to pass or for processes to be killed. Begun last,
 * one of them would keep a whole run waiting while the other workers have nothing left to do.
 */
const SLOW: readonly string[] = [
  // Unit.
  'tests/engine/kill-many.test.ts',
  'tests/sim/defects.test.ts',
  'tests/engine/kill-loop.test.ts',
  'tests/sim/sim.test.ts',
  'tests/faults/faults.test.ts',
  'tests/engine/stop-faults.test.ts',
  'tests/cli/allstop-import.test.ts',
  'tests/publisher/gate.test.ts',
  'tests/engine/hang.test.ts',
  // In a real Electron.
  'tests/e2e/crash.e2e.ts',
  'tests/renderer/window.e2e.ts',
  'tests/e2e/controls.e2e.ts',
  'tests/renderer/working-views.e2e.ts',
  'tests/renderer/dialogs.e2e.ts',
  'tests/e2e/first-run.e2e.ts',
  'tests/renderer/writing-aids.e2e.ts',
  'tests/e2e/trouble.e2e.ts',
  'tests/renderer/many-at-once.e2e.ts',
  'tests/e2e/accounts.e2e.ts',
];

/** Begins the slow files first; the rest keep vitest's order, and groups stay as they are. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = (file: TestSpecification) => {
      const at = SLOW.findIndex((path) => file.moduleId.endsWith(`/${path}`));
      return at < 0 ? SLOW.length : at;
    };
    return (await super.sort(files)).sort((a, b) => groupOf(a) - groupOf(b) || rank(a) - rank(b));
  }
}

function groupOf(file: TestSpecification): number {
  return file.project.config.sequence.groupOrder;
}
