import type { Clock, Instant } from '../core/clock.ts';
import type { Outcome } from '../core/connector.ts';
import type { PostId, RemoteRef } from '../core/post.ts';
import { type Claim, notAfterOf, placeOfClaim } from '../core/queue.ts';
import { covers, type Scope } from '../core/scope.ts';
import type { StopPublisher } from '../core/stop-ports.ts';
import { createCrashLoop } from './crash-loop.ts';
import type { AccountParcel, FromPublisher, ToPublisher, Whereabouts } from './protocol.ts';

/** A process as its starter hands it over: Electron's utility process, or a child of plain Node. */
export type ChildProcess = {
  readonly pid: () => number | undefined;
  post(message: ToPublisher): void;
  onMessage(listener: (message: FromPublisher) => void): void;
  /** Called once, also when it could not be started. */
  onExit(listener: () => void): void;
  /** SIGKILL. */
  kill(): void;
};

export type HandleDeps = {
  readonly clock: Clock;
  readonly where: Whereabouts;
  readonly spawn: () => ChildProcess;
  /** Opens sealed secrets; asked when a process is armed. Null when there is none in this run. */
  readonly key: () => string | null;
  readonly cap: () => number;
  /** A thread's part became public; must be made durable. */
  readonly onPart: (claim: Claim, ref: RemoteRef) => void;
  /** The network asked to be left alone by the claim's account until then. */
  readonly onRest: (claim: Claim, until: Instant) => void;
  /** The process ended by itself while armed. */
  readonly onCrash: () => void;
  /** It does so again and again, in words for a person; '' once it lives, or is not to publish any more. */
  readonly onTrouble: (problem: string) => void;
};

export type PublisherHandle = StopPublisher & {
  /** Never rejects. A process that ends in the middle leaves 'unconfirmed': a byte may have left. */
  send(claim: Claim): Promise<Outcome>;
  /** Hands on a key that became available, or a cap that changed, while armed. */
  refresh(): void;
  /** No lease until `resume`: at a sleep of the machine. */
  suspend(): void;
  resume(): void;
  isAlive(): boolean;
  close(): Promise<void>;
};

/** Five leases fit into the time one is good for. */
const LEASE_EVERY_MS = 200;

type Call = {
  readonly child: ChildProcess;
  readonly claim: Claim;
  readonly resolve: (outcome: Outcome) => void;
};

/** Main's end of the process that sends: starts it for one epoch, keeps its lease, hands it claims, ends it. */
export function createPublisherHandle(deps: HandleDeps): PublisherHandle {
  const { clock } = deps;
  const loop = createCrashLoop(clock, deps.onTrouble);
  let epoch: number | null = null;
  let child: ChildProcess | null = null;
  let nextCall = 1;
  let isSuspended = false;
  let beat: ReturnType<typeof setInterval> | null = null;
  let cancelRespawn = () => {};
  const calls = new Map<number, Call>();
  const scopeCalls = new Map<number, () => void>();
  let onSilent: (() => void)[] = [];

  function lease(): void {
    if (epoch === null || isSuspended) return;
    child?.post({
      type: 'lease',
      lease: { monotonic: clock.monotonic(), wall: clock.now(), epoch },
    });
  }

  function start(): void {
    if (epoch === null || child) return;
    const mine = deps.spawn();
    child = mine;
    mine.onMessage((message) => hear(mine, message));
    mine.onExit(() => ended(mine));
    mine.post({ type: 'arm', where: deps.where, epoch, key: deps.key(), cap: deps.cap() });
    lease();
    beat ??= setInterval(lease, LEASE_EVERY_MS);
    loop.started();
  }

  function hear(from: ChildProcess, message: FromPublisher): void {
    switch (message.type) {
      case 'part': {
        const call = calls.get(message.call);
        if (call) deps.onPart(call.claim, message.ref);
        return;
      }
      case 'rest': {
        const call = calls.get(message.call);
        if (call) deps.onRest(call.claim, message.until);
        return;
      }
      case 'outcome': {
        const call = calls.get(message.call);
        calls.delete(message.call);
        loop.worked();
        call?.resolve(message.outcome);
        return;
      }
      case 'scope-silent':
        scopeCalls.get(message.call)?.();
        scopeCalls.delete(message.call);
        return;
      case 'silent':
        settleSilence();
        from.kill();
        return;
      case 'borrow':
      case 'give-back':
      case 'answer':
      case 'job-failed':
        return;
    }
  }

  function settleSilence(): void {
    const listeners = onSilent;
    onSilent = [];
    for (const listener of listeners) listener();
  }

  function ended(gone: ChildProcess): void {
    for (const [id, call] of [...calls]) {
      if (call.child !== gone) continue;
      calls.delete(id);
      call.resolve({ kind: 'unconfirmed', detail: 'The publisher ended before an answer came.', refs: [] });
    }
    if (child !== gone) return;
    child = null;
    for (const done of scopeCalls.values()) done();
    scopeCalls.clear();
    settleSilence();
    if (epoch === null) return;
    deps.onCrash();
    cancelRespawn = clock.after(loop.ended(), start);
  }

  function stopBeating(): void {
    if (beat) clearInterval(beat);
    beat = null;
  }

  return {
    arm(newEpoch) {
      cancelRespawn();
      // A process publishes in one epoch only: what is left of an older one goes first.
      const old = child;
      child = null;
      old?.kill();
      epoch = newEpoch;
      loop.forget();
      start();
    },

    silence(listener) {
      epoch = null;
      cancelRespawn();
      stopBeating();
      if (child) {
        onSilent.push(listener);
        child.post({ type: 'silence' });
      } else listener();
      loop.forget();
    },

    silenceScope(scope: Scope, listener) {
      if (!child) {
        listener();
        return;
      }
      const call = nextCall++;
      scopeCalls.set(call, listener);
      child.post({ type: 'silence-scope', call, scope });
    },

    kill: () => child?.kill(),

    inFlight: (scope): readonly PostId[] =>
      [...calls.values()]
        .filter(({ claim }) => covers(scope, placeOfClaim(claim)))
        .map(({ claim }) => claim.post.id),

    send(claim) {
      const mine = child;
      if (!mine || epoch === null)
        return Promise.resolve({ kind: 'not-sent', detail: 'the publisher is not running' });
      return new Promise((resolve) => {
        const call = nextCall++;
        calls.set(call, { child: mine, claim, resolve });
        mine.post({
          type: 'send',
          call,
          account: parcelOf(claim),
          place: placeOfClaim(claim),
          request: {
            postId: claim.post.id,
            content: claim.post.content,
            publishAt: claim.post.publishAt,
            key: claim.key,
            attempt: claim.attempt,
          },
          notAfter: notAfterOf(claim),
        });
      });
    },

    refresh() {
      if (!child || epoch === null) return;
      child.post({ type: 'key', key: deps.key() });
      child.post({ type: 'cap', cap: deps.cap() });
    },

    suspend() {
      isSuspended = true;
    },

    resume() {
      isSuspended = false;
      lease();
    },

    isAlive: () => child !== null,

    close() {
      epoch = null;
      cancelRespawn();
      loop.forget();
      stopBeating();
      const mine = child;
      if (!mine) return Promise.resolve();
      return new Promise((resolve) => {
        onSilent.push(resolve);
        mine.post({ type: 'silence' });
        clock.after(1_000, () => mine.kill());
      });
    },
  };
}

function parcelOf(claim: Claim): AccountParcel {
  return {
    id: claim.account.id,
    name: claim.account.name,
    brand: claim.brand.name,
    network: claim.account.network,
    settings: claim.account.settings,
    sealed: claim.sealed,
  };
}
