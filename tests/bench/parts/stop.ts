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
const WRITES = 200;
const DAY = 86_400_000;

export type StopTask = { readonly folder: string; readonly path: string; readonly tries: number };
export type StopFigures = {
  /** The gate is shut and what is in flight was told. */
  readonly shut: Spread;
  /** The first durable record was read back. */
  readonly durable: Spread;
  /** The call returned: permit, latch and journal are durable. */
  readonly returned: Spread;
  /** Unlink of a file and fsync of the same folder, timed just before each press. */
  readonly floor: Spread;
};
/** The same presses in turn, with and without something else going on. */
export type Compared = { readonly idle: StopFigures; readonly busy: StopFigures };
export type StopAnswer = {
  readonly idle: StopFigures;
  readonly brand: StopFigures;
  readonly account: StopFigures;
  readonly burst: StopFigures;
  readonly queued: StopFigures;
  readonly withProcess: StopFigures;
  readonly importing: Compared;
  readonly copying: Compared;
  /** Posts begun after a press returned, over all presses of everything above. */
  readonly startsAfter: number;
  readonly presses: number;
  readonly narrowLetThrough: number;
  readonly narrowOthersSent: number;
};

const clock = createSystemClock();
let startsAfter = 0;
let presses = 0;
let series = 0;

/** Presses of every kind, in turn, so that what else the machine does falls on all kinds alike. */
await answerPart(async ({ folder, path, tries }: StopTask): Promise<StopAnswer> => {
  const storage = await openOrThrow(path);
  const accounts = await accountIds(storage);
  const accountId = accounts[0] as AccountId;
  const brandId = await brandOf(storage, accountId);
  const deps: RigDeps = {
    dataDir: join(folder, 'stop'),
    storage,
    clock,
    cap: IN_FLIGHT,
    publisher: 'here',
    onStart: () => {},
  };
  const idle: Kind = { deps, before: () => pause(5) };
  // The first of them loads code and makes files: no press anybody makes.
  await pressInTurn({ idle }, 3);
  const main = await pressInTurn(
    {
      idle,
      brand: { ...idle, scope: { kind: 'brand', brandId } },
      account: { ...idle, scope: { kind: 'account', accountId } },
      queued: { deps, before: () => queueWrites(storage, accounts) },
      burst: {
        deps: { ...deps, flightMs: 20 },
        prepare: () => addDue(storage, accounts, 1_000),
        before: (rig, number) => {
          rig.scheduler.start();
          return pause(10 + ((number * 37) % 90));
        },
      },
    },
    tries,
  );
  const process = await pressInTurn(
    { withProcess: { deps: { ...deps, publisher: { key: '' } }, before: () => pause(400) } },
    Math.min(tries, 20),
  );
  const importing = await whileImporting(storage, accounts, (onlyWhen) =>
    pressInTurn(
      { idle: { deps, before: () => onlyWhen(false) }, busy: { deps, before: () => onlyWhen(true) } },
      tries,
    ),
  );
  const copying = await whileCopying(path, folder, (onlyWhen) =>
    pressInTurn(
      { idle: { deps, before: () => onlyWhen(false) }, busy: { deps, before: () => onlyWhen(true) } },
      tries,
    ),
  );
  const narrow = await tryNarrow(deps, storage, accounts, brandId);
  await storage.close();
  return { ...main, ...process, importing, copying, startsAfter, presses, ...narrow };
});

type Kind = {
  readonly deps: RigDeps;
  readonly prepare?: () => Promise<unknown>;
  /** Brings the rig to the moment of the press. */
  readonly before: (rig: Rig, number: number) => Promise<unknown>;
  readonly scope?: Scope;
};

/** Each kind `tries` times, each press on a rig of its own, with a look for starts in the 30 ms after it. */
async function pressInTurn<Name extends string>(
  kinds: Readonly<Record<Name, Kind>>,
  tries: number,
): Promise<Record<Name, StopFigures>> {
  const names = Object.keys(kinds) as Name[];
  const seen = new Map<Name, { stamps: Stamps; floor: number }[]>(names.map((name) => [name, []]));
  for (let number = 0; number < tries; number += 1) {
    for (const name of names) seen.get(name)?.push(await pressOnce(kinds[name], number));
  }
  const figures = names.map((name) => {
    const all = seen.get(name) ?? [];
    const since = (at: 'shut' | 'durable' | 'returned') =>
      spreadOf(all.map(({ stamps }) => stamps[at] - stamps.called));
    return [
      name,
      {
        shut: since('shut'),
        durable: since('durable'),
        returned: since('returned'),
        floor: spreadOf(all.map(({ floor }) => floor)),
      },
    ];
  });
  return Object.fromEntries(figures) as Record<Name, StopFigures>;
}

async function pressOnce(kind: Kind, number: number): Promise<{ stamps: Stamps; floor: number }> {
  await kind.prepare?.();
  let pressedAt = Number.POSITIVE_INFINITY;
  const rig = createRig({
    ...kind.deps,
    onStart: () => {
      if (clock.monotonic() > pressedAt && kind.scope === undefined) startsAfter += 1;
    },
  });
  const floor = timeFloor(kind.deps.dataDir);
  await kind.before(rig, number);
  const { stamps } = rig.press(kind.scope);
  pressedAt = stamps.returned;
  presses += 1;
  await pause(30);
  await rig.close();
  return { stamps, floor };
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
  const posts = makePosts(accounts, { from: 0, to: count }, () => at, `burst ${series}`);
  await storage.posts.add(posts, Date.now());
}

/** Hands in 200 writes and lets the first of them begin. */
async function queueWrites(storage: Storage, accounts: readonly AccountId[]): Promise<void> {
  series += 1;
  const at = Date.now() + DAY;
  const posts = makePosts(accounts, { from: 0, to: WRITES }, () => at, `queued ${series}`);
  for (const post of posts) void storage.posts.add([post], Date.now());
  await pause(2);
}

/** Waits until the other work goes on, or until it rests. */
type OnlyWhen = (isBusy: boolean) => Promise<void>;

async function whileImporting<T>(
  storage: Storage,
  accounts: readonly AccountId[],
  work: (onlyWhen: OnlyWhen) => Promise<T>,
): Promise<T> {
  let isBusy = true;
  let isOver = false;
  async function* chunks() {
    const at = Date.now() + DAY;
    for (let from = 0; !isOver; from += 500) {
      series += 1;
      yield makePosts(accounts, { from, to: from + 500 }, () => at, `imported ${series}`);
      while (!isBusy) await pause(1);
    }
    throw new Error('enough was imported: none of it is kept');
  }
  const importing = storage.posts.importAll(chunks(), Date.now(), () => {}).catch(() => {});
  const result = await work((wanted) => {
    isBusy = wanted;
    return pause(60);
  });
  isBusy = true;
  isOver = true;
  await importing;
  return result;
}

/** What a backup program does to the database's file: another process reads all of it and writes a copy. */
async function whileCopying<T>(
  path: string,
  folder: string,
  work: (onlyWhen: OnlyWhen) => Promise<T>,
): Promise<T> {
  const copier = fork(new URL('copier.ts', import.meta.url), [path, join(folder, 'copy.sqlite')], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [],
  });
  const ended = new Promise((resolve) => copier.once('exit', resolve));
  await pause(300);
  try {
    return await work((wanted) => {
      copier.kill(wanted ? 'SIGCONT' : 'SIGSTOP');
      return pause(60);
    });
  } finally {
    copier.kill('SIGKILL');
    await ended;
  }
}

/** A stop of one brand holds what is added to it afterwards, and only that. */
async function tryNarrow(
  deps: RigDeps,
  storage: Storage,
  accounts: readonly AccountId[],
  brandId: number,
): Promise<{ narrowLetThrough: number; narrowOthersSent: number }> {
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
