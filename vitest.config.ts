import { defineConfig } from 'vitest/config';

const ignored = ['**/node_modules/**', '**/.work/**'];

/**
 * Two projects: `unit` is everything that needs no window (real files, databases and processes included), `e2e` is the built
 * app in a real Electron, one file after another, on a display of its own. Forks, not threads: native modules and process
 * signals are part of what is tested.
 */
export default defineConfig({
  test: {
    pool: 'forks',
    teardownTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: [...ignored, 'tests/e2e/**'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/**/*.e2e.ts'],
          exclude: ignored,
          globalSetup: ['tests/e2e/global-setup.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
