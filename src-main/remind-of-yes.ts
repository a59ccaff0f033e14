import type { Clock, Instant } from './core/clock.ts';
import type { WaitingForYes } from './core/yes.ts';

/** When the app has been up for a moment, then every few minutes. */
const FIRST_LOOK_MS = 60_000;
const LOOK_EVERY_MS = 5 * 60_000;
/** A post is named so long before its time: there is still somebody to be asked. */
const NEAR_MS = 3 * 60 * 60_000;
/** What comes near meanwhile is told together. */
const APART_MS = 60 * 60_000;

export type YesReminderDeps = {
  readonly clock: Clock;
  /** What is planned before an instant and waits for a yes; null while the database is closed. */
  readonly read: (before: Instant) => Promise<readonly WaitingForYes[] | null>;
  readonly remind: (facts: {
    readonly posts: number;
    readonly firstAt: Instant;
    readonly names: readonly string[];
  }) => void;
};

/** Names posts whose time comes near while they wait for a yes: each once, together, at most once an hour. @returns what ends it. */
export function remindOfYes(deps: YesReminderDeps): () => void {
  const { clock } = deps;
  let cancel = clock.after(FIRST_LOOK_MS, look);
  let isReading = false;
  let toldUntil: Instant = 0;
  let toldAt: Instant | null = null;

  const countOf = (waiting: readonly WaitingForYes[] | null) =>
    (waiting ?? []).reduce((sum, { posts }) => sum + posts, 0);

  async function read(now: Instant): Promise<void> {
    const until = now + NEAR_MS;
    const near = await deps.read(until);
    if (near === null) return;
    const known = countOf(await deps.read(toldUntil));
    if (countOf(near) <= known) return;
    toldUntil = until;
    toldAt = now;
    deps.remind({
      posts: countOf(near),
      firstAt: near.reduce((at, { firstAt }) => Math.min(at, firstAt), until),
      names: [...new Set(near.map(({ from }) => from))],
    });
  }

  function look(): void {
    cancel = clock.after(LOOK_EVERY_MS, look);
    const now = clock.now();
    if (isReading || (toldAt !== null && now - toldAt < APART_MS && now >= toldAt)) return;
    isReading = true;
    read(now)
      .catch(() => undefined)
      .finally(() => {
        isReading = false;
      });
  }

  return () => cancel();
}
