import type { AccountId } from '../core/brand.ts';
import type { Instant } from '../core/clock.ts';
import { localTimeOf } from './local-time.ts';
import { type Said, say } from './said.ts';

/** What is assumed of a network: one public call takes so long. Half a second is usual, ten are not rare. */
export const ASSUMED_CALL_MS = 2_000;

/** A post as far as it takes up time: `calls` is one for each part of a thread. */
export type PlannedPost = {
  readonly publishAt: Instant;
  readonly timeZone: string;
  readonly accountId: AccountId;
  readonly calls: number;
  readonly graceMs: number;
};

export type PlanVerdict = {
  readonly posts: number;
  /** Those that would be later than their brand allows, and so become missed. */
  readonly late: number;
  /** The first of them was to go out then; null when none is late. */
  readonly firstLate: { readonly publishAt: Instant; readonly timeZone: string } | null;
  readonly longestWaitMs: number;
  readonly inFlightCap: number;
};

export type Plan = {
  add(post: PlannedPost): void;
  readonly posts: number;
  /** `pace` is asked now and then, see `createPacer`. */
  verdict(pace?: () => Promise<void> | undefined): Promise<PlanVerdict>;
};

/** Sorting so many takes about a millisecond. */
const RUN_LENGTH = 2_048;

/**
 * Tells whether a plan can go out in time: `inFlightCap` calls at once, one at a time on each account, `ASSUMED_CALL_MS` each, in the order
 * of their times. Holds about 50 bytes a post.
 */
export function createPlan(inFlightCap: number): Plan {
  const runs: PlannedPost[][] = [];
  let run: PlannedPost[] = [];
  let posts = 0;
  const byTime = (a: PlannedPost, b: PlannedPost) => a.publishAt - b.publishAt;
  return {
    get posts() {
      return posts;
    },
    add(post) {
      posts += 1;
      run.push(post);
      if (run.length < RUN_LENGTH) return;
      runs.push(run.sort(byTime));
      run = [];
    },
    async verdict(pace = () => undefined) {
      const lanes = new Float64Array(Math.max(1, inFlightCap));
      const accounts = new Map<AccountId, Instant>();
      let late = 0;
      let longestWaitMs = 0;
      let firstLate: PlannedPost | null = null;
      for (const batch of merged([...runs, [...run].sort(byTime)])) {
        const turn = pace();
        if (turn) await turn;
        for (const post of batch) {
          const startAt = occupy(lanes, accounts, post);
          const waitMs = startAt - post.publishAt;
          longestWaitMs = Math.max(longestWaitMs, waitMs);
          if (waitMs <= post.graceMs) continue;
          late += 1;
          firstLate ??= post;
        }
      }
      return { posts, late, firstLate, longestWaitMs, inFlightCap };
    },
  };
}

/** Gives the post the lane that is free last of those free in time, else the one free first. Returns when it starts. */
function occupy(lanes: Float64Array, accounts: Map<AccountId, Instant>, post: PlannedPost): Instant {
  const from = Math.max(post.publishAt, accounts.get(post.accountId) ?? 0);
  let chosen = 0;
  for (let lane = 1; lane < lanes.length; lane += 1) {
    const [free, best] = [lanes[lane] ?? 0, lanes[chosen] ?? 0];
    if (best <= from ? free <= from && free > best : free < best) chosen = lane;
  }
  const startAt = Math.max(from, lanes[chosen] ?? 0);
  // A post that would be missed is not sent, and takes no time.
  if (startAt - post.publishAt > post.graceMs) return startAt;
  const endAt = startAt + Math.max(1, post.calls) * ASSUMED_CALL_MS;
  lanes[chosen] = endAt;
  accounts.set(post.accountId, endAt);
  return startAt;
}

/** The posts of sorted runs in the order of their times, some at a time. */
function* merged(runs: PlannedPost[][]): Generator<PlannedPost[]> {
  const heads = runs.filter((run) => run.length > 0).map((run) => ({ run, next: 0 }));
  let batch: PlannedPost[] = [];
  const timeOf = (head: { run: PlannedPost[]; next: number }) => head.run[head.next]?.publishAt ?? 0;
  heads.sort((a, b) => timeOf(a) - timeOf(b));
  while (heads.length > 0) {
    const head = heads[0];
    const post = head?.run[head.next];
    if (head === undefined || post === undefined) break;
    batch.push(post);
    head.next += 1;
    if (head.next >= head.run.length) heads.shift();
    else sinkFirst(heads, timeOf);
    if (batch.length < 256) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

function sinkFirst<T>(sorted: T[], timeOf: (item: T) => number): void {
  for (let at = 0; at + 1 < sorted.length; at += 1) {
    const [item, next] = [sorted[at] as T, sorted[at + 1] as T];
    if (timeOf(item) <= timeOf(next)) return;
    sorted[at] = next;
    sorted[at + 1] = item;
  }
}

/** The verdict in words; null when everything can go out in time. */
export function planWarning(verdict: PlanVerdict): Said | null {
  const { late, posts, firstLate, inFlightCap } = verdict;
  if (late === 0 || firstLate === null) return null;
  const when = localTimeOf(firstLate.publishAt, firstLate.timeZone).replace('T', ' ');
  const seconds = ASSUMED_CALL_MS / 1_000;
  const count = (n: number, language: string) => n.toLocaleString(language);
  return say(
    `Too much at one time: of ${count(posts, 'en')} posts, ${count(late, 'en')} could not go out within the lateness their brands allow and would be missed. It begins on ${when} (${firstLate.timeZone}). Counted with ${inFlightCap} at once, one per account, ${seconds} seconds each.`,
    `Trop en même temps : sur ${count(posts, 'fr')} publications, ${count(late, 'fr')} ne pourraient pas partir dans le retard permis par leur marque et seraient manquées. Cela commence le ${when} (${firstLate.timeZone}). Compté avec ${inFlightCap} à la fois, une par compte, ${seconds} secondes chacune.`,
  );
}
