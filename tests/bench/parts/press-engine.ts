import { closeSync, fdatasyncSync, fsyncSync, openSync, unlinkSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountId } from '../../../src-main/core/brand.ts';
import { EVERYTHING } from '../../../src-main/core/scope.ts';
import type { Storage } from '../../../src-main/core/stores.ts';
import { createSystemClock } from '../../../src-main/desktop/system-clock.ts';
import { createEngine } from '../../../src-main/engine.ts';
import { spawnNodePublisher } from '../../../src-main/publisher/node-child.ts';
import { accountContext, sealFields } from '../../../src-main/secrets/seal.ts';
import { createRandom } from '../../support/engine-traffic.ts';
import { NO_TRIPS } from '../../support/no-trips.ts';
import { pause } from '../child.ts';
import { makePosts, openOrThrow } from '../fill.ts';

export type PressTask = {
  readonly dataDir: string;
  readonly clockPath: string;
  /** The bundle of the publisher. */
  readonly publisher: string;
  readonly url: string;
  readonly publicKey: string;
  readonly privateKey: string;
  readonly presses: number;
  /** Posts that wait besides. */
  readonly pending: number;
  readonly seed: number;
};

/** One press. Times are milliseconds of the monotonic clock all processes share, which nobody turns. */
export type Press = {
  readonly stop: string;
  readonly at: number;
  /** `engage` returned: the permit is gone, latch and journal are written and synced. */
  readonly returned: number;
  /** The publisher confirmed, or was dead. */
  readonly confirmed: number;
  /** Main saw the publisher's process end. */
  readonly dead: number;
  /** Just before the release. */
  readonly over: number;
  readonly isDurable: boolean;
  readonly isConfirmed: boolean;
  readonly inFlight: readonly number[];
  /** What the machine needs for the same writes and syncs with nothing of All Stop around them. */
  readonly bareDisk: number;
};

export type FromPressEngine =
  | { readonly kind: 'press'; readonly press: Press }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly message: string };

const ACCOUNTS = 12;
const DUE_AT_ONCE = 16;
/** However often the clock is turned, what only waits does not fall due. */
const FAR_AHEAD_MS = 3_000 * 86_400_000;
const FILLED_AT_ONCE = 100_000;
const COUNTDOWN_MS = 121_000;
const MOST_WAIT_MS = 60_000;
/** What the kernel still holds for the network has arrived by then. */
const DRAIN_MS = 40;

const task = JSON.parse(process.argv[2] ?? 'null') as PressTask;
const random = createRandom(task.seed);
const say = (message: FromPressEngine) => void process.send?.(message);
process.on('disconnect', () => process.exit(1));

/** The clock nobody turns. */
function real(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}

const clock = createSystemClock();
const clockFile = openSync(task.clockPath, 'r+');
let turned = 0;
function turnClock(): void {
  turned += COUNTDOWN_MS;
  const bytes = Buffer.alloc(16);
  bytes.writeDoubleLE(turned, 0);
  bytes.writeDoubleLE(turned, 8);
  writeSync(clockFile, bytes, 0, 16, 0);
}

let diedAt = 0;
const settled = new Set<number>();
const unconfirmed: number[] = [];
const engine = createEngine({
  dataDir: task.dataDir,
  clock,
  spawn: () => {
    const child = spawnNodePublisher(task.publisher);
    child.onExit(() => {
      diedAt = real();
    });
    return child;
  },
  key: () => task.privateKey,
  inFlightCap: () => 4,
  onChange: () => {},
  onMissed: () => {},
  onSettled: (settlements) => {
    for (const { postId, state } of settlements) {
      settled.add(postId);
      if (state === 'unconfirmed') unconfirmed.push(postId);
    }
  },
  tripLimits: NO_TRIPS,
});

try {
  await run();
  say({ kind: 'done' });
} catch (error) {
  say({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}

async function run(): Promise<void> {
  const storage = await openOrThrow(join(task.dataDir, 'queue.sqlite'));
  const { accounts, brandId } = await makeDesk(storage);
  await fill(storage, accounts);
  const started = engine.stop.start('bench');
  if (!started.ok) throw new Error(started.error.message);
  await engine.attach(storage);
  for (let number = 0; number < task.presses; number += 1) {
    await publishSome(storage, accounts, number);
    say({ kind: 'press', press: await press() });
    release(brandId);
    await storage.posts.move(unconfirmed.splice(0), 'missed', 'by-person', '', clock.now());
  }
  await engine.close();
  await storage.close();
}

/** Until one of them has an answer, so that this epoch's publisher is known to send, and then by chance. */
async function publishSome(storage: Storage, accounts: readonly AccountId[], number: number): Promise<void> {
  settled.clear();
  const at = clock.now();
  const posts = makePosts(accounts, { from: 0, to: DUE_AT_ONCE }, () => at, `press ${number}`);
  await storage.posts.add(posts, at);
  engine.wake();
  await until('a post is published', () => settled.size > 0);
  await pause(random.int(0, 50));
}

async function press(): Promise<Press> {
  settled.clear();
  diedAt = 0;
  const at = real();
  const stop = engine.stop.engage({
    scope: EVERYTHING,
    control: 'shortcut',
    by: '',
    reason: '',
    widenedFrom: '',
  });
  const returned = real();
  const confirmed = engine.stop.settled(stop.id).then((done) => ({ done, at: real() }));
  await until('the publisher is dead', () => diedAt > 0);
  const { done, at: confirmedAt } = await confirmed;
  await until('what was in flight is settled', () => stop.inFlight.every((id) => settled.has(id)));
  await pause(DRAIN_MS);
  const bareDisk = writeBare();
  return {
    stop: stop.id,
    at,
    returned,
    confirmed: confirmedAt,
    dead: diedAt,
    over: real(),
    isDurable: stop.isDurable,
    isConfirmed: done.isSilent,
    inFlight: stop.inFlight,
    bareDisk,
  };
}

function release(brandId: number): void {
  const { pressCount } = engine.stop.status();
  const allBrands = [{ brandId, market: '' }];
  const released = engine.stop.release({
    brandIds: [brandId],
    stopIds: [],
    allBrands,
    by: 'bench',
    pressCount,
  });
  if (!released.ok) throw new Error(`${released.error.code}: ${released.error.message}`);
  turnClock();
  // Under the clock as it is now, main's last sign of life is two minutes old.
  engine.awake();
}

async function makeDesk(storage: Storage): Promise<{ accounts: AccountId[]; brandId: number }> {
  const brand = await storage.brands.create({
    name: 'Pressed',
    market: '',
    timeZone: 'Europe/Paris',
    graceMs: 3_600_000,
    colour: '#336699',
  });
  if (!brand.ok) throw new Error(brand.error.message);
  const accounts: AccountId[] = [];
  for (let number = 0; number < ACCOUNTS; number += 1) {
    const account = await storage.accounts.create({
      brandId: brand.value.id,
      network: 'webhook',
      name: `account ${number}`,
      settings: { url: task.url },
      sealed: null,
    });
    if (!account.ok) throw new Error(account.error.message);
    const { id } = account.value;
    const fields = { secret: 'a secret of the bench' };
    await storage.accounts.setSealed(id, sealFields(task.publicKey, accountContext(id), fields));
    accounts.push(id);
  }
  return { accounts, brandId: brand.value.id };
}

async function fill(storage: Storage, accounts: readonly AccountId[]): Promise<void> {
  const start = clock.now() + FAR_AHEAD_MS;
  for (let from = 0; from < task.pending; from += FILLED_AT_ONCE) {
    const range = { from, to: Math.min(task.pending, from + FILLED_AT_ONCE) };
    await storage.posts.add(
      makePosts(accounts, range, (number) => start + number * 1_000),
      clock.now(),
    );
  }
}

async function until(what: string, isSo: () => boolean): Promise<void> {
  const end = real() + MOST_WAIT_MS;
  while (!isSo()) {
    if (real() > end) throw new Error(`not within ${MOST_WAIT_MS} ms: ${what}; ${engine.problem()}`);
    await pause(2);
  }
}

function writeBare(): number {
  const path = join(task.dataDir, 'bare');
  writeFileSync(path, 'x', { flush: true });
  const log = openSync(join(task.dataDir, 'bare.log'), 'a');
  writeFileSync(join(task.dataDir, 'bare.latch'), Buffer.alloc(8_192, ' '), { flush: true });
  const latch = openSync(join(task.dataDir, 'bare.latch'), 'r+');
  const begun = real();
  unlinkSync(path);
  const dir = openSync(task.dataDir, 'r');
  fsyncSync(dir);
  closeSync(dir);
  writeSync(latch, Buffer.alloc(8_192, ' '), 0, 8_192, 0);
  fdatasyncSync(latch);
  writeSync(log, `${'x'.repeat(400)}\n`);
  fsyncSync(log);
  const taken = real() - begun;
  closeSync(latch);
  closeSync(log);
  return taken;
}
