import type { AccountId } from './brand.ts';
import type { CancelWake, Clock, Instant } from './clock.ts';
import type { Outcome } from './connector.ts';
import type { PostId } from './post.ts';
import {
  type Claim,
  type MissedCount,
  notAfterOf,
  placeOfClaim,
  type Queue,
  type Settlement,
} from './queue.ts';
import { restUntil } from './rest.ts';
import { settleOutcome } from './retry.ts';
import type { Scope } from './scope.ts';
import { covers } from './scope.ts';
import type { StopGate } from './stop-ports.ts';

/** The longest the scheduler sleeps: a clock that was set, or an account mended, is noticed by then. */
const MOST_SLEEP_MS = 60_000;
/** How long it waits after the database failed it. */
const TROUBLE_MS = 5_000;
const PER_ACCOUNT = 1;
/** How long `stop` waits for what is in flight; what is left then is found as unconfirmed at the next start. */
const MOST_STOP_MS = 3_000;

export type SchedulerDeps = {
  readonly queue: Queue;
  readonly clock: Clock;
  readonly gate: StopGate;
  /** Hands one claim to the publisher. Never rejects: whatever happens is an outcome. */
  readonly send: (claim: Claim) => Promise<Outcome>;
  /** Posts in flight at once, 1 to 32. Read anew before every claim. */
  readonly inFlightCap: () => number;
  readonly newKey: () => string;
  /** Written down before a byte leaves, and before a settlement is stored: what the journal says survives a kill. */
  readonly recordAttempts: (claims: readonly Claim[]) => void;
  readonly recordSettlements: (settlements: readonly Settlement[]) => void;
  readonly onMissed: (counts: readonly MissedCount[]) => void;
  readonly onSettled: (settlements: readonly Settlement[]) => void;
  readonly onSignedOut: (accountId: AccountId, detail: string) => void;
  /** The database failed; '' when it works again. Nothing is claimed meanwhile. */
  readonly onTrouble: (problem: string) => void;
};

export type Scheduler = {
  start(): void;
  /** Claims nothing more from this call on. Resolves when what is in flight is settled and stored. */
  stop(): Promise<void>;
  /** Looks once: marks what is missed, claims what is due, and sets the one timer. Safe to call at any time. */
  runOnce(): Promise<void>;
  /** Looks soon. Call it when posts were added or changed, at a wake of the machine, after a stop or a release. */
  wake(): void;
  /** The network asked that this account sends nothing more before then: none of its posts is claimed until it may. */
  rest(accountId: AccountId, until: Instant): void;
  /** Part of the stop's synchronous step: no timer of the scheduler fires after it. */
  cancelTimers(): void;
  inFlight(scope: Scope): readonly PostId[];
};

export function createScheduler(deps: SchedulerDeps): Scheduler {
  const { queue, clock, gate } = deps;
  const flying = new Map<PostId, Claim>();
  /** Not kept beyond this run: rests are short, and a post that was refused keeps its own time. */
  const resting = new Map<AccountId, Instant>();
  let isStarted = false;
  let isStopping = false;
  let isLooking = false;
  let looksAgain = false;
  let cancelTimer: CancelWake = () => {};
  let waiting: Settlement[] = [];
  let storing: Promise<void> | null = null;
  let trouble = '';
  /** Outcomes cannot be stored at present: a look that had nothing to write does not say that all is well. */
  let isStoreFailing = false;
  /** Everything due up to here was looked at: what comes next is searched for after it, so that nothing falls between. */
  let lookedAt: Instant = 0;

  function setTrouble(error: unknown): void {
    const problem = error === null ? '' : error instanceof Error ? error.message : String(error);
    if (problem === trouble) return;
    trouble = problem;
    deps.onTrouble(problem);
  }

  async function runOnce(): Promise<void> {
    if (isLooking) {
      looksAgain = true;
      return;
    }
    isLooking = true;
    try {
      do {
        looksAgain = false;
        await markMissed();
        await claimDue();
        await setTimer();
        if (!isStoreFailing) setTrouble(null);
      } while (looksAgain && isStarted);
    } catch (error) {
      setTrouble(error);
      sleep(() => clock.after(TROUBLE_MS, look));
    } finally {
      isLooking = false;
    }
  }

  async function markMissed(): Promise<void> {
    for (;;) {
      lookedAt = clock.now();
      const swept = await queue.sweepMissed(lookedAt, gate.covered(), gate.floors());
      if (swept.counts.length > 0) deps.onMissed(swept.counts);
      if (swept.more) continue;
      gate.swept(lookedAt);
      return;
    }
  }

  async function claimDue(): Promise<void> {
    while (gate.isOpen() && !isStopping) {
      const free = deps.inFlightCap() - flying.size;
      if (free <= 0) return;
      const epoch = gate.epoch();
      lookedAt = clock.now();
      const claims = await queue.claimDue({
        now: lookedAt,
        limit: free,
        perAccount: PER_ACCOUNT,
        epoch,
        stopped: [...gate.covered().map((entry) => entry.scope), ...restingAt(lookedAt)],
        floors: gate.floors(),
        newKey: deps.newKey,
      });
      if (claims.length === 0) return;
      deps.recordAttempts(claims);
      for (const claim of claims) hand(claim, epoch);
    }
  }

  /**
   * A stop may have come while the claim was being stored, or the machine may have slept: then nothing of it was handed on, and that
   * is certain.
   */
  function hand(claim: Claim, epoch: number): void {
    flying.set(claim.post.id, claim);
    const isAllowed = gate.isOpen() && gate.epoch() === epoch && !isCovered(claim);
    const isInTime = clock.now() <= notAfterOf(claim);
    const outcome: Promise<Outcome> =
      isAllowed && isInTime
        ? deps.send(claim)
        : Promise.resolve({ kind: 'not-sent', detail: isAllowed ? 'late' : 'stopped' });
    void outcome
      .catch((error: unknown): Outcome => ({ kind: 'unconfirmed', detail: String(error), refs: [] }))
      .then((result) => {
        if (result.kind === 'try-later' && result.notBefore !== null)
          rest(claim.account.id, result.notBefore);
        if (result.kind === 'signed-out') deps.onSignedOut(claim.account.id, result.detail);
        waiting.push(settleOutcome(claim, result, clock.now()));
        storing ??= storeSettlements();
      });
  }

  function isCovered(claim: Claim): boolean {
    const place = placeOfClaim(claim);
    return gate.covered().some((entry) => covers(entry.scope, place));
  }

  /** Stores what came in while the last batch was being stored, until nothing waits. A failing database is tried again. */
  async function storeSettlements(): Promise<void> {
    await Promise.resolve();
    let recorded: readonly Settlement[] = [];
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        const fresh = batch.filter((settlement) => !recorded.includes(settlement));
        deps.recordSettlements(fresh);
        await queue.settle(batch);
        isStoreFailing = false;
        recorded = [];
        for (const { postId } of batch) flying.delete(postId);
        deps.onSettled(batch);
        wake();
      } catch (error) {
        isStoreFailing = true;
        setTrouble(error);
        recorded = batch;
        waiting = [...batch, ...waiting];
        if (!isStarted) break;
        await new Promise<void>((resolve) => clock.after(TROUBLE_MS, resolve));
      }
    }
    storing = null;
  }

  async function setTimer(): Promise<void> {
    const next = await queue.nextDueAt(lookedAt);
    const rests = [...resting.values()].filter((until) => until > lookedAt);
    const at = Math.min(next ?? Number.POSITIVE_INFINITY, clock.now() + MOST_SLEEP_MS, ...rests);
    sleep(() => clock.wakeAt(at, look));
  }

  function rest(accountId: AccountId, until: Instant): void {
    const at = restUntil(until, clock.now());
    if (at !== null) resting.set(accountId, Math.max(at, resting.get(accountId) ?? 0));
  }

  /** The accounts that are to be left alone now; those whose rest is over are forgotten. */
  function restingAt(now: Instant): readonly Scope[] {
    for (const [accountId, until] of [...resting]) if (until <= now) resting.delete(accountId);
    return [...resting.keys()].map((accountId) => ({ kind: 'account', accountId }));
  }

  function sleep(setWake: () => CancelWake): void {
    cancelTimer();
    cancelTimer = isStarted ? setWake() : () => {};
  }

  const look = () => void runOnce();

  function wake(): void {
    if (!isStarted) return;
    void runOnce();
  }

  return {
    start() {
      if (isStarted) return;
      isStarted = true;
      isStopping = false;
      wake();
    },

    async stop() {
      isStarted = false;
      isStopping = true;
      cancelTimer();
      let isOver = false;
      const cancel = clock.after(MOST_STOP_MS, () => {
        isOver = true;
      });
      while (!isOver && (flying.size > 0 || storing)) {
        await new Promise<void>((resolve) => clock.after(10, resolve));
      }
      cancel();
    },

    runOnce,
    wake,
    rest,

    cancelTimers() {
      cancelTimer();
      cancelTimer = () => {};
    },

    inFlight: (scope) =>
      [...flying.values()]
        .filter((claim) => covers(scope, placeOfClaim(claim)))
        .map((claim) => claim.post.id),
  };
}
