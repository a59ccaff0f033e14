import { flushCompileCache } from 'node:module';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Clock } from '../../src-main/core/clock.ts';
import type { Outcome } from '../../src-main/core/connector.ts';
import { type Claim, notAfterOf, placeOfClaim } from '../../src-main/core/queue.ts';
import { createScheduler, type Scheduler } from '../../src-main/core/scheduler.ts';
import type { Scope } from '../../src-main/core/scope.ts';
import { createStop } from '../../src-main/core/stop.ts';
import { createPublisherGate, type PublisherGate } from '../../src-main/publisher/gate.ts';
import { recoverPosts } from '../../src-main/recovery.ts';
import { openJournal } from '../../src-main/stop/journal.ts';
import { attemptEvents, settlementEvents } from '../../src-main/stop/journal-events.ts';
import { createStopDisk } from '../../src-main/stop/stop-disk.ts';
import { stopPaths } from '../../src-main/stop/stop-files.ts';
import { openStorage } from '../../src-main/storage/open-storage.ts';
import { createRandom } from '../support/engine-traffic.ts';

/*
 * One life of an app that will be killed: the real stop, gate, journal, database and scheduler of one folder in a single small process,
 * publishing over one connection to a server. All it says goes the same way, in order: a post said after a stop was acknowledged left
 * after it. What a person would press it presses itself, by chance from a seed.
 */

const HOST = 'host-of-this-test';
/** From a countdown's begin to its end, and a little. */
const COUNTDOWN_MS = 121_000;
const LEASE_EVERY_MS = 200;

export type LifeOrder = {
  readonly dataDir: string;
  readonly port: number;
  readonly seed: number;
  /** How far the clocks were turned in earlier lives. */
  readonly clockMs: number;
  /** The number of the first post to be scheduled. */
  readonly nextPost: number;
  /** Schedules and presses nothing; ends when all is settled. */
  readonly isLast: boolean;
};

export type FromLife =
  | {
      readonly type: 'hello';
      readonly isPublishing: boolean;
      readonly stoppedBrands: readonly number[];
      readonly unconfirmed: readonly { readonly id: number; readonly key: string }[];
    }
  | { readonly type: 'added'; readonly nextPost: number }
  | { readonly type: 'clock'; readonly clockMs: number }
  | { readonly type: 'begins' }
  | {
      readonly type: 'acknowledged';
      readonly isPublishing: boolean;
      readonly stoppedBrands: readonly number[];
    }
  | {
      readonly type: 'post';
      readonly id: number;
      readonly key: string;
      readonly brand: number;
      readonly account: number;
    };

export type ToLife =
  | { readonly type: 'settle'; readonly posts: readonly { readonly id: number; readonly isOut: boolean }[] }
  | { readonly type: 'answer'; readonly id: number };

const order = JSON.parse(process.argv[2] ?? '') as LifeOrder;
const random = createRandom(order.seed);
const paths = stopPaths(order.dataDir);
let clockMs = order.clockMs;

const now = () => Date.now() + clockMs;
const monotonic = () => Number(process.hrtime.bigint()) / 1e6 + clockMs;
const later = (ms: number, wake: () => void) => {
  const timer = setTimeout(wake, Math.min(Math.max(0, ms), 60_000));
  return () => clearTimeout(timer);
};
const clock: Clock = { now, monotonic, wakeAt: (at, wake) => later(at - now(), wake), after: later };

const socket = connect(order.port, '127.0.0.1');
const say = (message: FromLife) => void socket.write(`${JSON.stringify(message)}\n`);
socket.on('close', () => process.exit(1));
socket.on('error', () => process.exit(1));

const journal = openJournal({ path: paths.journal, headPath: paths.journalHead, now, monotonic });
let scheduler: Scheduler | null = null;
let gate: PublisherGate | null = null;
const answers = new Map<number, (outcome: Outcome) => void>();

const stop = createStop({
  clock,
  newId: () => `stop-${random.int(0, 2 ** 31)}`,
  disk: createStopDisk(paths, HOST),
  publisher: {
    arm(epoch) {
      gate = createPublisherGate({ now, monotonic });
      gate.arm({ dataDir: order.dataDir, host: HOST }, epoch, 4);
      gate.keepLease({ monotonic: monotonic(), wall: now(), epoch });
    },
    silence(onSilent) {
      gate?.close();
      onSilent();
    },
    silenceScope: (_scope, onSilent) => onSilent(),
    kill: () => {},
    inFlight: () => [...answers.keys()],
  },
  cancelTimers: () => scheduler?.cancelTimers(),
  wake: () => scheduler?.wake(),
  record: (event, control, by, details) => void journal.append({ event, control, by, details }),
});
stop.open();

const opened = await openStorage({ path: join(order.dataDir, 'queue.sqlite'), now });
if (!opened.ok) throw new Error(opened.error.message);
const storage = opened.value;
const { posts } = storage;
await recoverPosts(posts, journal, now());
const accounts = await storage.accounts.list();
const brandIds = (await storage.brands.list()).map(({ id }) => id);

function standing() {
  const { state, stops } = stop.status();
  return {
    isPublishing: state === 'publishing',
    stoppedBrands: stops.flatMap(({ scope }) => (scope.kind === 'brand' ? [scope.brandId] : [])).sort(),
  };
}

/** As the publisher does: the gate and the first byte are one step. */
function send(claim: Claim): Promise<Outcome> {
  const answer = gate?.ask(placeOfClaim(claim), answers.size, notAfterOf(claim));
  if (!answer?.allow) return Promise.resolve({ kind: 'not-sent', detail: answer?.why ?? 'no publisher' });
  const { post, key, account, brand } = claim;
  say({ type: 'post', id: post.id, key, brand: brand.id, account: account.id });
  return new Promise((resolve) => answers.set(post.id, resolve));
}

async function settle(unsure: Extract<ToLife, { type: 'settle' }>['posts']): Promise<void> {
  for (const { id, isOut } of unsure)
    await posts.move([id], isOut ? 'published' : 'missed', 'by-person', '', now());
}

const told = new Promise<void>((resolve) => {
  createInterface({ input: socket }).on('line', (line) => {
    const message = JSON.parse(line) as ToLife;
    if (message.type === 'settle') void settle(message.posts).then(resolve);
    else {
      answers.get(message.id)?.({ kind: 'published', refs: [{ id: `${message.id}`, url: '' }] });
      answers.delete(message.id);
    }
  });
});
const unsure = await posts.page({ states: ['unconfirmed'] }, 'soonest', 0, 500);
const unconfirmed: { id: number; key: string }[] = [];
for (const { id } of unsure.posts)
  unconfirmed.push({ id, key: (await posts.attempts(id)).at(-1)?.key ?? '' });
// A process that is killed writes no cache at its end, and the next one would have to compile everything again.
flushCompileCache();
say({ type: 'hello', ...standing(), unconfirmed });
await told;

let keys = 0;
scheduler = createScheduler({
  queue: posts,
  clock,
  gate: stop.gate,
  send,
  inFlightCap: () => 4,
  newKey: () => `${order.seed}-${++keys}`,
  recordAttempts: (claims) =>
    void journal.appendSoon(attemptEvents(claims, stop.gate.epoch(), ({ parts }) => parts.join())),
  recordSettlements: (settlements) => void journal.appendSoon(settlementEvents(settlements)),
  onMissed: () => {},
  onSettled: () => {},
  onSignedOut: () => {},
  onTrouble: () => {},
});
scheduler.start();
const lease = setInterval(
  () => gate?.keepLease({ monotonic: monotonic(), wall: now(), epoch: stop.gate.epoch() }),
  LEASE_EVERY_MS,
);

let nextPost = order.nextPost;
if (order.isLast) {
  // Once more what the life before may not have told.
  await addPosts();
  await scheduler.stop();
  clearInterval(lease);
  stop.close();
  await storage.close();
  await journal.flush();
  journal.close();
  socket.end();
  process.exit(0);
}

for (;;) {
  await addPosts();
  await new Promise((resolve) => setTimeout(resolve, random.int(0, 12)));
  press();
}

async function addPosts(): Promise<void> {
  const at = now();
  const texts = [1, 2, 3].map((each) => `post ${nextPost + each}`);
  await posts.add(
    texts.map((text) => ({
      accountId: random.pick(accounts).id,
      content: { parts: [text], link: '', media: [] },
      label: '',
      publishAt: at + random.int(0, 10),
      localTime: '2026-12-01T09:00',
      timeZone: 'Europe/Paris',
      contentHash: text,
      importKey: text,
    })),
    at,
  );
  nextPost += texts.length;
  say({ type: 'added', nextPost });
  scheduler?.wake();
}

/** What a person does, by chance; said before and after. */
function press(): void {
  const { isPublishing, stoppedBrands } = standing();
  const isAnyStopped = !isPublishing || stoppedBrands.length > 0;
  if (!random.chance(isAnyStopped ? 0.4 : 0.25)) return;
  say({ type: 'begins' });
  if (isAnyStopped) {
    const released = brandIds.filter((id) => random.chance(0.7) || stoppedBrands.includes(id));
    stop.release({
      brandIds: released.length > 0 ? released : brandIds,
      stopIds: [],
      allBrands: brandIds.map((brandId) => ({ brandId, market: '' })),
      by: 'Zoé Martin',
      pressCount: stop.status().pressCount,
    });
    clockMs += COUNTDOWN_MS;
    say({ type: 'clock', clockMs });
    gate?.keepLease({ monotonic: monotonic(), wall: now(), epoch: stop.gate.epoch() });
  } else {
    const scope: Scope = random.chance(0.5)
      ? { kind: 'everything' }
      : { kind: 'brand', brandId: random.pick(brandIds) };
    stop.engage({ scope, control: 'shortcut', by: '', reason: '', widenedFrom: '' });
  }
  say({ type: 'acknowledged', ...standing() });
  scheduler?.wake();
}
