import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { noteBundled } from './tools/third-party.ts';

const root = import.meta.dirname;
/** Only these stay outside the bundles: Electron itself, the one native module, and what dbus-next and ws can do without. */
const external = ['electron', 'sqlite3', 'usocket', 'x11', 'bufferutil', 'utf-8-validate'];

/**
 * Builds `out/`. The targets are the oldest runtime the app is tried on (Electron 25: Node 18, Chromium 114); they lower
 * syntax, not APIs. The package is of type "module", so CommonJS must be named `.cjs`.
 */
export default defineConfig({
  main: {
    plugins: [noteBundled(root, 'main')],
    build: {
      target: 'node18',
      outDir: resolve(root, 'out/main'),
      externalizeDeps: false,
      sourcemap: true,
      rolldownOptions: {
        input: {
          main: resolve(root, 'src-main/main.ts'),
          publisher: resolve(root, 'src-main/publisher/main.ts'),
        },
        external,
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'shared-[hash].cjs' },
      },
    },
  },
  preload: {
    plugins: [noteBundled(root, 'preload')],
    build: {
      target: 'node18',
      outDir: resolve(root, 'out/preload'),
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: resolve(root, 'src-preload/preload.ts') },
        external,
        // A sandboxed preload can require nothing but electron: no second file may come out of this.
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: resolve(root, 'src-renderer'),
    plugins: [react(), noteBundled(root, 'renderer')],
    // Dictionaries are imported by the worker that needs them.
    worker: { format: 'es', plugins: () => [noteBundled(root, 'worker')] },
    build: {
      target: 'chrome114',
      outDir: resolve(root, 'out/renderer'),
      minify: true,
      rolldownOptions: { input: resolve(root, 'src-renderer/index.html') },
    },
  },
});
