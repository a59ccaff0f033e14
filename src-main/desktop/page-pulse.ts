import type { Notify } from '../ipc/notify.ts';
import type { CheckResult } from './controls.ts';

/** What is asked of Electron's `webContents`. */
type Page = { isDestroyed(): boolean; isCrashed(): boolean; isLoading(): boolean };

/** Asks the page whether it is alive, over the same two ways a press of its button takes. Only a page that shows the button answers. */
export function createPagePulse(deps: { contents: () => Page | null; notify: Notify }) {
  let asked = 0;
  let layout = '';
  const waiting = new Map<number, () => void>();
  return {
    /** Never settles when the page does not answer: who asks gives up by itself. */
    async check(): Promise<CheckResult> {
      const contents = deps.contents();
      if (contents === null || contents.isDestroyed() || contents.isCrashed()) return 'no-window';
      if (contents.isLoading()) return null;
      asked += 1;
      const ask = asked;
      waiting.clear();
      await new Promise<void>((resolve) => {
        waiting.set(ask, resolve);
        deps.notify('page.asked', { ask });
      });
      return '';
    },
    answered(ask: number, keyboard: string): void {
      layout = keyboard;
      waiting.get(ask)?.();
      waiting.delete(ask);
    },
    /** What the keys of the present keyboard layout write, as far as the page can tell; '' when it cannot. */
    layout: (): string => layout,
  };
}
