'use strict';
/*
 * Loaded in the main process only. Says when the desk stands in the window, and at each SIGUSR2 how long
 * the loop of main was kept from its turn since the last.
 */
if (process.versions.electron && !process.argv.some((one) => one.startsWith('--type='))) {
  const { appendFileSync } = require('node:fs');
  const { monitorEventLoopDelay } = require('node:perf_hooks');
  const RESOLUTION = 5;
  const file = process.env.ALLSTOP_BENCH_FILE;
  const say = (what) => appendFileSync(file, `${JSON.stringify(what)}\n`);
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  delay.enable();
  process.on('SIGUSR2', () => {
    const ms = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - RESOLUTION);
    say({
      kind: 'loop',
      p50: ms(delay.percentile(50)),
      p999: ms(delay.percentile(99.9)),
      most: ms(delay.max),
    });
    delay.reset();
  });
  // Before the app's first line `electron` is still the package that finds the binary.
  setImmediate(() => {
    const { app } = require('electron');
    app.on('web-contents-created', (_, contents) => {
      contents.once('dom-ready', () => {
        const waiting = `new Promise((resolve) => {
          const look = () => document.querySelectorAll('[role="treegrid"] tbody tr').length > 2
            ? requestAnimationFrame(() => setTimeout(() => resolve(Date.now())))
            : requestAnimationFrame(look);
          look();
        })`;
        void contents.executeJavaScript(waiting).then((at) => say({ kind: 'usable', at }));
      });
    });
  });
}
