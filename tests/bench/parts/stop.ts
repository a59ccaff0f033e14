import { fork } from 'node:child_process';
import { closeSync, fsyncSync, openSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountId } from '../../../src-main/core/brand.ts';
import type { Scope } from '../../../src-main/core/scope.ts';
import type { Storage } from '../../../src-main/core/stores.ts';
import { createSystemClock } from '../../../src-main/desktop/system-clock.ts';
import { answerPart, pause } from '../child.ts';
import { type Spread, spreadOf } from '../figures.ts';
import { accountIds, brandOf, makePosts, openOrThrow } from '../fill.ts';
import { createRig, type Rig, type RigDeps, type Stamps } from '../rig.ts';

const IN_FLIGHT = 100;
const IMPORTED = 200_000;
const WRITES = 200;

export type StopTask = {
  readonly folder: string;
  readonly path: string;
  readonly tries: number;
  readonly bursts: number;
};
export type StopFigures = {
  readonly shut: Spread;
  readonly durable: Spread;
  readonly returned: Spread;
  /** Unlink of a file and fsync of the same folder, timed just before each press. */
  readonly floor: Spread;
};
export type StopAnswer = {
  readonly idle: StopFigures;
  readonly processIdle: StopFigures;
  readonly brand: StopFigures;
  readonly account: StopFigures;
  readonly burst: StopFigures;
  readonly queued: StopFigures;
  readonly importing: StopFigures;
  readonly copying: StopFigures;
  /** Posts begun after a press returned, over all tries of everything above. */
  readonly startsAfter: number;
  readonly presses: number;
  readonly narrowLetThrough: number;
  readonly narrowOthersSent: number;
};

const clock = createSystemClock();
let startsAfter = 0;
let presses = 0;
let series = 0;

await answerPart(async ({ folder, path, tries, bursts }: StopTask): Promise<StopAnswer> => {
  const storage = await openOrThrow(path);
  const accounts = await accountIds(storage);
  const dataDir = join(folder, 'stop');
  const base: RigDeps = { dataDir, storage, clock, cap: IN_FLIGHT, publisher: 'here', onStart: () => {} };
  const brandId = await brandOf(storage, accounts[0] as AccountId);
  // The first of each kind loads code; it is no press anybody makes.
  await measure(base, 3, { before: () => pause(5) });

  const idle = await measure(base, tries, { before: () => pause(5) });
  const brand = await measure(base, tries, { before: () => pause(5), scope: { kind: 'brand', brandId } });
  const account = await measure(base, tries, {
    before: () => pause(5),
    scope: { kind: 'account', accountId: accounts[0] as AccountId },
  });
  const burst = await measure({ ...base, flightMs: 20 }, bursts, {
    prepare: () => addDue(storage, accounts, 1_000),
    before: (rig, number) => {
      rig.scheduler.start();
      return pause(10 + ((number * 37) % 90));
    },
  });
  const queued = await measure(base, tries, {
    before: async () => void (await queueWrites(storage, accounts)),
  });
  const importing = await whileImporting(storage, accounts, () =>
    measure(base, tries, { before: () => pause(30) }),
  );
  const copying = await whileCopying(path, folder, () => measure(base, tries, { before: () => pause(30) }));
  const processIdle = await measure({ ...base, publisher: { key: '' } }, Math.min(tries, 20), {
    before: () => pause(400),
  });
  const narrow = await tryNarrow(base, storage, accounts, brandId);
  await storage.close();
  return {
    idle,
    processIdle,
    brand,
    account,
    burst,
    queued,
    importing,
    copying,
    startsAfter,
    presses,
    ...narrow,
  };
});

type Try = {
  readonly prepare?: () => Promise<unknown>;
  /** Brings the rig to the moment of the press. */
  readonly before: (rig: Rig, number: number) => Promise<unknown>;
  readonly scope?: Scope;
};

/** Presses `tries` times, each on a rig of its own, and looks for starts in the 30 ms after each. */
async function measure(deps: RigDeps, tries: number, each: Try): Promise<StopFigures> {
  const all: Stamps[] = [];
  const floors: number[] = [];
  for (let number = 0; number < tries; number += 1) {
    await each.prepare?.();
    let pressedAt = Number.POSITIVE_INFINITY;
    const rig = createRig({
      ...deps,
      onStart: () => {
        if (clock.monotonic() > pressedAt && each.scope === undefined) startsAfter += 1;
      },
    });
    floors.push(timeFloor(deps.dataDir));
    await each.before(rig, number);
    const { stamps } = rig.press(each.scope);
    pressedAt = stamps.returned;
    presses += 1;
    all.push(stamps);
    await pause(30);
    await rig.close();
  }
  return {
    shut: spreadOf(all.map(({ called, shut }) => shut - called)),
    durable: spreadOf(all.map(({ called, durable }) => durable - called)),
    returned: spreadOf(all.map(({ called, returned }) => returned - called)),
    floor: spreadOf(floors),
  };
}

function timeFloor(folder: string): number {
  const path = join(folder, 'floor');
  writeFileSync(path, 'x', { flush: true });
  const begun = performance.now();
  unlinkSync(path);
  const dir = openSync(folder, 'r');
  fsyncSync(dir);
  closeSync(dir);
  return performance.now() - begun;
}

async function addDue(storage: Storage, accounts: readonly AccountId[], count: number): Promise<void> {
  series += 1;
  const at = Date.now() - 1_000;
  await storage.posts.add(
    makePosts(accounts, { from: 0, to: count }, () => at, `burst ${series}`),
    Date.now(),
  );
}

/** Hands in 200 writes and lets the first of them begin. */
async function queueWrites(storage: Storage, accounts: readonly AccountId[]): Promise<void> {
  series += 1;
  const at = Date.now() + 86_400_000;
  const posts = makePosts(accounts, { from: 0, to: WRITES }, () => at, `queued ${series}`);
  for (const post of posts) void storage.posts.add([post], Date.now());
  await pause(2);
}

async function whileImporting<T>(
  storage: Storage,
  accounts: readonly AccountId[],
  work: () => Promise<T>,
): Promise<T> {
  let isOver = false;
  async function* chunks() {
    const at = Date.now() + 86_400_000;
    for (let from = 0; from < IMPORTED * 10 && !isOver; from += 500) {
      series += 1;
      yield makePosts(accounts, { from, to: from + 500 }, () => at, `imported ${series}`);
      await pause(0);
    }
    throw new Error('enough imported');
  }
  const importing = storage.posts.importAll(chunks(), Date.now(), () => {}).catch(() => {});
  await pause(50);
  const result = await work();
  isOver = true;
  await importing;
  return result;
}

/** What a backup program does to the database's file: another process reads all of it and writes a copy. */
async function whileCopying<T>(path: string, folder: string, work: () => Promise<T>): Promise<T> {
  const copier = fork(new URL('copier.ts', import.meta.url), [path, join(folder, 'copy.sqlite')], {
    stdio: 'inherit',
    execArgv: [],
  });
  const ended = new Promise((resolve) => copier.once('exit', resolve));
  await pause(300);
  try {
    return await work();
  } finally {
    copier.kill('SIGKILL');
    await ended;
  }
}

/** A stop of one brand holds what is added to it afterwards, and only that. */
async function tryNarrow(deps: RigDeps, storage: Storage, accounts: readonly AccountId[], brandId: number) {
  let narrowLetThrough = 0;
  let narrowOthersSent = 0;
  const rig = createRig({
    ...deps,
    onStart: (claim) => {
      if (claim.brand.id === brandId) narrowLetThrough += 1;
      else narrowOthersSent += 1;
    },
  });
  rig.press({ kind: 'brand', brandId });
  await addDue(storage, accounts, 1_000);
  rig.scheduler.start();
  for (let round = 0; narrowOthersSent < 990 && round < 200; round += 1) await pause(20);
  await pause(200);
  await rig.close();
  return { narrowLetThrough, narrowOthersSent };
}
