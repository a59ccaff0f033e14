import type { Instant } from '../core/clock.ts';
import type { ConnectorContext, Http } from '../core/connector.ts';
import { restAsked } from '../core/rest.ts';

/** A rest this short between two parts of a thread is waited for; a longer one would leave half a thread standing for too long. */
const MOST_WAIT_MS = 20_000;

export type Pace = {
  readonly http: Http;
  /** Until when the network asked to be sent nothing more; null when it asked for nothing. */
  restUntil(): Instant | null;
};

/**
 * Keeps to what the answers of one attempt say of the network's limits: the next part of a thread waits for a short rest that was asked for.
 * A stop ends the wait, and the gate is asked after it as before it.
 */
export function createPace(http: Http, { now, wait }: Pick<ConnectorContext, 'now' | 'wait'>): Pace {
  let until: Instant | null = null;
  return {
    http: {
      call: http.call,
      async send(url, init) {
        const ms = until === null ? 0 : until - now();
        if (ms > 0 && ms <= MOST_WAIT_MS) await wait(ms);
        const answer = await http.send(url, init);
        const asked = restAsked(answer, now());
        if (asked !== null) until = Math.max(until ?? 0, asked);
        return answer;
      },
    },
    restUntil: () => until,
  };
}
