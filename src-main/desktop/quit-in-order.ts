import type { App } from 'electron';

/** How long ending everything may take before the process ends without it: what is durable is durable already. */
const MOST_MS = 5_000;

/** Ends the parts one after the other when the app quits, and lets it quit then. A part that fails holds up none of the others. */
export function quitInOrder(app: App, steps: readonly (() => unknown)[]): void {
  let state: 'running' | 'ending' | 'ended' = 'running';
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (state === 'ended') return;
    event.preventDefault();
    if (state === 'ending') return;
    state = 'ending';
    const end = () => {
      state = 'ended';
      app.exit(0);
    };
    setTimeout(end, MOST_MS).unref();
    void (async () => {
      for (const step of steps) {
        try {
          await step();
        } catch {
          // The next part ends all the same.
        }
      }
      end();
    })();
  });
}
