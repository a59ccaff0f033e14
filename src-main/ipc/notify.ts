import type { WebContents } from 'electron';
import type { EventName, Events } from '../../src-preload/contract.ts';
import type { CancelWake, Clock } from '../core/clock.ts';

/** The window asks anew after every event; more often than this it would only be kept busy. */
const APART_MS = 100;

/**
 * Tells the window that something changed. The first of a run goes at once, the following of the same name together, with the newest
 * payload. 'publishing.changed', 'view.open' and 'page.asked' never wait.
 */
export function createNotify(deps: { contents: () => WebContents | null; clock: Clock }) {
  const resting = new Map<EventName, CancelWake>();
  const waiting = new Map<EventName, Events[EventName]>();

  function send(event: EventName, payload: Events[EventName]): void {
    const contents = deps.contents();
    if (contents === null || contents.isDestroyed() || contents.isCrashed()) return;
    contents.send(event, payload);
  }

  function rest(event: EventName): void {
    resting.set(
      event,
      deps.clock.after(APART_MS, () => {
        resting.delete(event);
        const payload = waiting.get(event);
        if (payload === undefined) return;
        waiting.delete(event);
        send(event, payload);
        rest(event);
      }),
    );
  }

  function notify<E extends EventName>(event: E, payload: Events[E]): void {
    if (event === 'publishing.changed' || event === 'view.open' || event === 'page.asked') {
      send(event, payload);
    } else if (resting.has(event)) {
      waiting.set(event, payload);
    } else {
      send(event, payload);
      rest(event);
    }
  }

  return {
    notify,
    stop(): void {
      for (const cancel of resting.values()) cancel();
      resting.clear();
      waiting.clear();
    },
  };
}

export type Notify = ReturnType<typeof createNotify>['notify'];
