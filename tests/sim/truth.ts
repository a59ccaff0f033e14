import type { Place, Scope } from '../../src-main/core/scope.ts';
import type { EngagedStop, PublishingStatus, ReleaseOrder } from '../../src-main/core/stop-types.ts';
import type { Timeline } from './timeline.ts';

/** One reason why an account may say nothing now. */
export type Ban = {
  readonly scope: Scope;
  readonly kind: 'stop' | 'countdown';
  since: number;
  /** With a countdown: what both clocks have to reach; `endsMonotonic` null once main was started anew. */
  endsAt: number;
  endsMonotonic: number | null;
  /** Somebody was told that it is durable: nothing but a release may end it. */
  isAcknowledged: boolean;
  /** The gate reads it from the files: not one byte after it. */
  isInFiles: boolean;
};

/** `ends`: the scopes of the stops that are named by their id. */
export type SimRelease = ReleaseOrder & { readonly ends: readonly Scope[] };

/** A step that was cut short: nobody was told anything, so either outcome is right. */
export type Doubt =
  | { readonly kind: 'stop'; readonly scope: Scope }
  | {
      readonly kind: 'release';
      readonly order: SimRelease;
      readonly ofEverything: boolean;
      readonly at: number;
    };

const COUNTDOWN_MS = 120_000;

/** Written anew, apart from the core: a mistake there is not repeated here. */
function reaches(scope: Scope, place: Place): boolean {
  if (scope.kind === 'market') return scope.market.toLowerCase() === place.market.toLowerCase();
  if (scope.kind === 'brand') return scope.brandId === place.brandId;
  if (scope.kind === 'network') return scope.network === place.network;
  if (scope.kind === 'account') return scope.accountId === place.accountId;
  return true;
}

function isSame(one: Scope, other: Scope): boolean {
  return JSON.stringify(one).toLowerCase() === JSON.stringify(other).toLowerCase();
}

const isEverything = ({ scope }: { scope: Scope }) => scope.kind === 'everything';

/**
 * What people and other processes did to publishing, and what follows from the promises alone. It learns of each act from whoever does it,
 * never from the core's state; only where a step was cut short, or the app became more cautious by itself, it takes over what the app says.
 */
export function createTruth(timeline: Timeline) {
  let bans: Ban[] = [];
  let doubts: Doubt[] = [];
  /** Countdowns that are over: what was due before may never go. */
  let presses = 0;
  const over: { readonly scope: Scope; endsAt: number }[] = [];

  const isOver = (ban: Ban) =>
    timeline.wall() >= ban.endsAt &&
    (ban.endsMonotonic === null || timeline.monotonic() >= ban.endsMonotonic);

  function expire(): void {
    const ended = bans.filter((ban) => ban.kind === 'countdown' && isOver(ban));
    if (ended.length === 0) return;
    bans = bans.filter((ban) => !ended.includes(ban));
    over.push(...ended.map(({ scope, endsAt }) => ({ scope, endsAt })));
  }

  function add(scope: Scope, change: Partial<Ban> = {}): Ban {
    const known = bans.find((ban) => ban.kind === 'stop' && isSame(ban.scope, scope));
    const ban = known ?? {
      scope,
      kind: 'stop' as const,
      since: timeline.now(),
      endsAt: Number.POSITIVE_INFINITY,
      endsMonotonic: null,
      isAcknowledged: false,
      isInFiles: false,
    };
    Object.assign(ban, change);
    if (!known) bans.push(ban);
    return ban;
  }

  function countDown(scope: Scope, wall: number, monotonic: number | null): void {
    bans = bans.filter((ban) => ban.kind === 'stop' || !isSame(ban.scope, scope));
    bans.push({
      scope,
      kind: 'countdown',
      since: timeline.now(),
      endsAt: wall + COUNTDOWN_MS,
      endsMonotonic: monotonic === null ? null : monotonic + COUNTDOWN_MS,
      isAcknowledged: true,
      isInFiles: true,
    });
  }

  const drop = (scope: Scope) => {
    bans = bans.filter((ban) => ban.kind !== 'stop' || !isSame(ban.scope, scope));
  };

  /** What ends besides everything: the stops of the brands named, of their markets, and what is named itself. */
  function endsOf({ brandIds, allBrands, ends }: SimRelease): Scope[] {
    const coming = allBrands.filter(({ brandId }) => brandIds.includes(brandId));
    const markets = [...new Set(coming.map(({ market }) => market))];
    return [
      ...brandIds.map((brandId): Scope => ({ kind: 'brand', brandId })),
      ...markets.map((market): Scope => ({ kind: 'market', market })),
      ...ends,
    ];
  }

  function applyRelease(
    order: SimRelease,
    ofEverything: boolean,
    wall: number,
    monotonic: number | null,
    only: readonly Scope[] = endsOf(order),
  ): void {
    const isStop = (scope: Scope) => bans.some((ban) => ban.kind === 'stop' && isSame(ban.scope, scope));
    const ended = endsOf(order).filter((scope) => isStop(scope) && only.some((one) => isSame(one, scope)));
    const whole = ended.filter((scope) => order.ends.some((one) => isSame(one, scope)));
    const wider = ended.filter((scope) => scope.kind === 'market' && !whole.includes(scope));
    for (const { brandId, market } of order.allBrands) {
      if (order.brandIds.includes(brandId)) continue;
      const place: Place = { brandId, market, accountId: 0, network: '' };
      const isLeft = ofEverything || wider.some((scope) => reaches(scope, place));
      if (isLeft) add({ kind: 'brand', brandId }, { isAcknowledged: true, isInFiles: true });
    }
    for (const scope of ended) {
      drop(scope);
      if (!ofEverything) countDown(scope, wall, monotonic);
    }
    if (!ofEverything) return;
    for (const brandId of order.brandIds)
      bans = bans.filter((ban) => !isSame(ban.scope, { kind: 'brand', brandId }));
    truth.isPermitted = true;
    drop({ kind: 'everything' });
    countDown({ kind: 'everything' }, wall, monotonic);
  }

  const truth = {
    /** Publishing was started once, or a stop was engaged before. */
    isPermitted: false,
    /** Epoch of the newest stop of everything. */
    stopEpoch: 0,

    bans(): readonly Ban[] {
      expire();
      return bans;
    },
    stopOf: (scope: Scope): Ban | null =>
      bans.find((ban) => ban.kind === 'stop' && isSame(ban.scope, scope)) ?? null,
    isEverythingStopped: () => bans.some((ban) => ban.kind === 'stop' && isEverything(ban)),
    isDoubtful: () => doubts.length > 0,

    /** Why nothing may go out there now; null when it may. */
    forbids(place: Place): Ban | 'not started' | null {
      expire();
      if (!truth.isPermitted) return 'not started';
      return bans.find((ban) => reaches(ban.scope, place)) ?? null;
    },
    /** The end of the last countdown that covered the place, on the wall clock. */
    floorOf(place: Place): number {
      expire();
      return Math.max(0, ...over.filter(({ scope }) => reaches(scope, place)).map(({ endsAt }) => endsAt));
    },

    /** Accounts that are held, as people held and resumed them. */
    held: new Set<number>(),

    /** How often somebody asked for a stop, here or elsewhere, and was told that it is in force. */
    presses: () => presses,
    pressed(): void {
      presses += 1;
    },

    started(): void {
      truth.isPermitted = true;
    },
    /** A stop is engaged as this says. `isInFiles`: no gate lets anything through any more. */
    stopped(stop: Pick<EngagedStop, 'scope' | 'isDurable' | 'epoch'>, isInFiles: boolean): Ban {
      if (isEverything(stop) && stop.isDurable) truth.stopEpoch = Math.max(truth.stopEpoch, stop.epoch);
      const known = truth.stopOf(stop.scope);
      return add(stop.scope, {
        isAcknowledged: stop.isDurable || (known?.isAcknowledged ?? false),
        isInFiles: isInFiles || (known?.isInFiles ?? false),
      });
    },
    /** Everything is stopped by another stop than before: what began to send between ends from now on. */
    stoppedAnew(): void {
      const ban = truth.stopOf({ kind: 'everything' });
      if (ban) ban.since = timeline.now();
    },
    /** `from`: what the clocks showed when the step began; they may have been set in it. */
    released(order: SimRelease, ofEverything: boolean, from: { wall: number; monotonic: number }): void {
      applyRelease(order, ofEverything, Math.min(from.wall, timeline.wall()), from.monotonic);
    },
    /** Does what may be cut short: until it came to its end, either outcome is right. */
    trying<T>(doubt: Doubt, act: () => T): T {
      doubts.push(doubt);
      const result = act();
      doubts = doubts.filter((each) => each !== doubt);
      return result;
    },

    /** The clock is set: what was over stays over, and what was due before is counted from what the clock shows then. */
    aroundClockSet(set: () => void): void {
      expire();
      set();
      for (const each of over) each.endsAt = Math.min(each.endsAt, timeline.wall());
    },
    restarting(): void {
      for (const ban of bans) ban.endsMonotonic = null;
    },

    /**
     * What main found at its start. Doubts end as it says; what nobody was told of as durable may be lost; whatever it stopped
     * besides is stopped. @returns what is missing although somebody was told that it is durable.
     */
    adopt(status: PublishingStatus): readonly Ban[] {
      const isStopped = status.state !== 'publishing' && status.state !== 'not-started';
      const isFound = (ban: Ban) =>
        isEverything(ban)
          ? isStopped
          : isStopped || status.stops.some(({ scope }) => isSame(scope, ban.scope));
      const missing = bans.filter((ban) => ban.kind === 'stop' && !isFound(ban));
      const released: Ban[] = [];
      for (const doubt of doubts) {
        if (doubt.kind === 'stop') continue;
        // Everything may be stopped anew since: what the release had ended by then is covered by that, and is gone from the files.
        if (isStopped)
          for (const scope of endsOf(doubt.order))
            if (!status.stops.some((stop) => isSame(stop.scope, scope))) drop(scope);
        const ended = endsOf(doubt.order).filter((scope) => missing.some((ban) => isSame(ban.scope, scope)));
        const wasDone = doubt.ofEverything
          ? missing.some(({ scope }) => scope.kind === 'everything')
          : ended.length > 0;
        if (!wasDone) continue;
        released.push(...missing);
        applyRelease(doubt.order, doubt.ofEverything, doubt.at, null, doubt.ofEverything ? undefined : ended);
      }
      const lost = missing.filter((ban) => ban.isAcknowledged && !released.includes(ban));
      bans = bans.filter((ban) => !missing.includes(ban));
      doubts = [];
      truth.takeOver(status);
      if (status.state === 'publishing') truth.isPermitted = true;
      return lost;
    },

    /** Stops the app engaged by itself, or found in the files. */
    takeOver(status: PublishingStatus): void {
      for (const stop of status.stops) {
        if (!truth.stopOf(stop.scope)) truth.stopped({ ...stop, isDurable: false }, false);
      }
      for (const stop of status.stops) {
        const ban = truth.stopOf(stop.scope);
        // What the app takes back nobody may rely on: a release that failed half-way, with a disk that refuses everything.
        if (ban) ban.isAcknowledged = stop.isDurable;
      }
    },
  };
  return truth;
}

export type Truth = ReturnType<typeof createTruth>;
