import { defineConfig } from 'vitest/config';
import { SlowFirst } from './tests/support/slow-first.ts';

const ignored = ['**/node_modules/**', '**/.work/**'];

const endToEnd = {
  globalSetup: ['tests/e2e/global-setup.ts'],
  testTimeout: 120_000,
  hookTimeout: 120_000,
};
/** What measures how soon the stop is felt by a server has the machine to itself. */
const measured = ['tests/e2e/stop.e2e.ts'];

/**
 * `unit` is everything that needs no window (real files, databases and processes included), three files beside each other: many of
 * them wait for processes and disks. `e2e` is the built app in a real Electron,
 * three files beside each other, each on a display of its own or indifferent to what else is on it; `e2e-alone` follows, one by one.
 * Forks, not threads: native modules and process signals are part of what is tested.
 */
export default defineConfig({
  test: {
    pool: 'forks',
    teardownTimeout: 30_000,
    sequence: { sequencer: SlowFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: [...ignored, 'tests/e2e/**'],
          maxWorkers: 3,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          ...endToEnd,
          name: 'e2e',
          include: ['tests/**/*.e2e.ts'],
          exclude: [...ignored, ...measured],
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          ...endToEnd,
          name: 'e2e-alone',
          include: measured,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
