import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decideSend, type SendQuestion } from '../../src-main/core/gate.ts';
import { createPublisherGate } from '../../src-main/publisher/gate.ts';
import { writePermit } from '../../src-main/stop/arming.ts';
import { writeLatch } from '../../src-main/stop/latch.ts';
import { writeNarrow } from '../../src-main/stop/narrow-stops.ts';
import { stopPaths } from '../../src-main/stop/stop-files.ts';
import { makeStop } from '../support/sample-stop.ts';
import { tempDir } from '../support/temp-dir.ts';

const NOW = Date.UTC(2026, 11, 1, 9);
const MONOTONIC = 5_000;

/** One thing an input may say: whether it allows by itself, and of which epoch it is; null for one that is of none. */
type Possible<T> = { readonly says: T; readonly isFine: boolean; readonly epoch: number | null };
const fine = <T>(says: T, epoch: number | null = null): Possible<T> => ({ says, isFine: true, epoch });
const bad = <T>(says: T): Possible<T> => ({ says, isFine: false, epoch: null });

type Told = Pick<SendQuestion, 'armedEpoch' | 'lease' | 'permit' | 'latch' | 'isCovered' | 'notAfter'> & {
  readonly time: { readonly now: number; readonly monotonic: number };
  readonly flying: { readonly inFlight: number; readonly cap: number };
};

const POSSIBLE: { readonly [K in keyof Told]: readonly Possible<Told[K]>[] } = {
  armedEpoch: [bad(null), fine(7, 7), fine(8, 8)],
  lease: [
    bad(null),
    fine({ monotonic: MONOTONIC, wall: NOW, epoch: 7 }, 7),
    fine({ monotonic: MONOTONIC - 999, wall: NOW - 999, epoch: 8 }, 8),
    // The clocks are compared from the lease on, not from where it was given: just less than ten seconds apart.
    fine({ monotonic: MONOTONIC - 999, wall: NOW - 999 - 9_999, epoch: 8 }, 8),
    bad({ monotonic: MONOTONIC - 1_000, wall: NOW - 1_000, epoch: 7 }),
    bad({ monotonic: MONOTONIC + 1, wall: NOW, epoch: 7 }),
    bad({ monotonic: Number.NaN, wall: NOW, epoch: 7 }),
    bad({ monotonic: MONOTONIC, wall: NOW - 10_000, epoch: 7 }),
    bad({ monotonic: MONOTONIC, wall: NOW + 10_000, epoch: 8 }),
  ],
  time: [
    fine({ now: NOW, monotonic: MONOTONIC }),
    bad({ now: Number.NaN, monotonic: MONOTONIC }),
    bad({ now: NOW, monotonic: Number.POSITIVE_INFINITY }),
  ],
  permit: [
    fine({ ok: true, epoch: 7, sendsFrom: 0 }, 7),
    fine({ ok: true, epoch: 8, sendsFrom: NOW }, 8),
    bad({ ok: true, epoch: 7, sendsFrom: NOW + 1 }),
    bad({ ok: true, epoch: 7, sendsFrom: Number.NaN }),
    bad({ ok: false, why: 'missing' }),
    bad({ ok: false, why: 'unreadable' }),
    bad({ ok: false, why: 'foreign' }),
  ],
  latch: [
    fine({ state: 'armed', epoch: 7 }, 7),
    fine({ state: 'armed', epoch: 8 }, 8),
    bad({ state: 'stopped', epoch: 7 }),
    bad({ state: 'unreadable', epoch: 7 }),
    bad({ state: 'absent', epoch: 8 }),
  ],
  isCovered: [fine(false), bad(true)],
  notAfter: [fine(NOW), bad(NOW - 1), bad(Number.NaN)],
  flying: [
    fine({ inFlight: 4, cap: 4 }),
    bad({ inFlight: 5, cap: 4 }),
    bad({ inFlight: Number.NaN, cap: 4 }),
    bad({ inFlight: 1, cap: Number.NaN }),
  ],
};

test('the gate says yes for no combination but those in which everything agrees', () => {
  let asked = 0;
  let allowed = 0;
  for (const armedEpoch of POSSIBLE.armedEpoch)
    for (const lease of POSSIBLE.lease)
      for (const time of POSSIBLE.time)
        for (const permit of POSSIBLE.permit)
          for (const latch of POSSIBLE.latch)
            for (const isCovered of POSSIBLE.isCovered)
              for (const notAfter of POSSIBLE.notAfter)
                for (const flying of POSSIBLE.flying) {
                  const all = [armedEpoch, lease, time, permit, latch, isCovered, notAfter, flying];
                  const epochs = new Set(all.flatMap(({ epoch }) => (epoch === null ? [] : [epoch])));
                  const wanted = all.every(({ isFine }) => isFine) && epochs.size === 1;
                  const { allow } = decideSend({
                    ...{ armedEpoch: armedEpoch.says, lease: lease.says, permit: permit.says },
                    ...{ latch: latch.says, isCovered: isCovered.says, notAfter: notAfter.says },
                    ...{ ...time.says, ...flying.says },
                  });
                  if (allow !== wanted) expect(allow, JSON.stringify(all)).toBe(wanted);
                  asked += 1;
                  if (allow) allowed += 1;
                }
  expect(asked).toBe(3 * 9 * 3 * 7 * 5 * 2 * 3 * 4);
  expect(allowed).toBe(3);
});

const HOST = 'host-of-this-test';
const PLACE = { accountId: 11, brandId: 1, market: 'France', network: 'practice' };
const EPOCH = 7;

/** The publisher's gate on real files, all of them as they must be; `change` spoils some. */
function ask(change: Partial<Record<Spoiled, () => unknown>> = {}) {
  const dataDir = tempDir();
  const paths = stopPaths(dataDir);
  const now = Date.now();
  writeLatch(paths.latch, { state: 'armed', epoch: EPOCH, stop: null });
  writePermit(paths.permit, { epoch: EPOCH, host: HOST, sendsFrom: 0, by: '' });
  mkdirSync(paths.stops);
  for (const file of ['permit', 'latch', 'stops'] as const) {
    if (!(file in change)) continue;
    rmSync(paths[file], { recursive: true });
    place(paths[file], change[file]?.());
  }
  const given = <T>(name: Spoiled, usual: T): T => (name in change ? (change[name]?.() as T) : usual);
  const gate = createPublisherGate({
    now: () => given('now', now),
    monotonic: () => given('monotonic', MONOTONIC),
  });
  if (!('arm' in change)) gate.arm({ dataDir, host: HOST }, EPOCH, given('cap', 4));
  gate.keepLease(given('lease', { monotonic: MONOTONIC, wall: now, epoch: EPOCH }));
  if ('closed' in change) gate.close();
  return gate.ask(given('place', PLACE), given('inFlight', 1), given('notAfter', now + 1_000));
}

type Spoiled =
  | 'arm'
  | 'closed'
  | 'now'
  | 'monotonic'
  | 'cap'
  | 'lease'
  | 'place'
  | 'inFlight'
  | 'notAfter'
  | 'permit'
  | 'latch'
  | 'stops';

/** Something at a path where a file or folder is looked for. */
function place(path: string, what: unknown): void {
  if (what === 'nothing') return;
  if (what === 'a folder') mkdirSync(path);
  else if (what === 'a pipe') execFileSync('mkfifo', [path]);
  else if (what === 'a ring of links') symlinkSync(path, path);
  else writeFileSync(path, what as string | Uint8Array);
}

const fails = () => {
  throw new Error('this input fails');
};
const CONTENTS = [
  '',
  'null',
  '[]',
  '{}',
  '7',
  '"x"',
  '{"version":1',
  '\0'.repeat(9_000),
  '{"version":1,"epoch":7}',
];
const PLACES = [
  'nothing',
  'a folder',
  'a ring of links',
  ...(process.platform === 'win32' ? [] : ['a pipe']),
];
const bytes = Uint8Array.from({ length: 4_096 }, (_, index) => (index * 151) % 256);
const NO_NUMBERS = [Number.NaN, undefined, null, 'x', {}, Number.POSITIVE_INFINITY];

/** Each input with everything that may come instead of what is wanted. */
const SPOILED: Readonly<Record<Spoiled, readonly (() => unknown)[]>> = {
  arm: [() => {}],
  closed: [() => {}],
  now: [fails, ...NO_NUMBERS.map((value) => () => value), () => Date.now() + 60_000],
  monotonic: [fails, ...NO_NUMBERS.map((value) => () => value), () => MONOTONIC + 1_000, () => MONOTONIC - 1],
  cap: [() => Number.NaN, () => undefined, () => 'x', () => ({}), () => -1],
  lease: [
    ...[null, undefined, {}, 'x', 7, []].map((value) => () => value),
    ...NO_NUMBERS.map((value) => () => ({ monotonic: value, wall: Date.now(), epoch: EPOCH })),
    ...NO_NUMBERS.map((value) => () => ({ monotonic: MONOTONIC, wall: value, epoch: EPOCH })),
    ...NO_NUMBERS.map((value) => () => ({ monotonic: MONOTONIC, wall: Date.now(), epoch: value })),
    () => ({
      get monotonic() {
        return fails();
      },
    }),
  ],
  // Where nothing is stopped no place is looked into, so it is spoiled together with a stop below.
  place: [],
  inFlight: [
    () => Number.NaN,
    () => undefined,
    () => 'x',
    () => ({}),
    () => 5,
    () => Number.POSITIVE_INFINITY,
  ],
  notAfter: [
    () => Number.NaN,
    () => undefined,
    () => 'x',
    () => ({}),
    () => 0,
    () => Number.NEGATIVE_INFINITY,
  ],
  permit: [...CONTENTS, ...PLACES, bytes].map((what) => () => what),
  latch: [...CONTENTS, ...PLACES, bytes].map((what) => () => what),
  stops: ['', 'a ring of links', bytes].map((what) => () => what),
};

describe("the publisher's gate on real files", () => {
  test('says yes where nothing is spoiled', () => {
    expect(ask()).toEqual({ allow: true });
    expect(ask({ stops: () => 'nothing' })).toEqual({ allow: true });
  });

  test.each(
    Object.entries(SPOILED).flatMap(([name, ways]) => ways.map((way, index) => [name, index, way] as const)),
  )('says no and throws nothing: %s, way %i', (name, _, way) => {
    expect(ask({ [name]: way }).allow).toBe(false);
  });

  test('says no for every set of spoiled inputs but the empty one', () => {
    const names = (Object.keys(SPOILED) as Spoiled[]).filter((name) => SPOILED[name].length > 0);
    for (let bits = 1; bits < 2 ** names.length; bits += 1) {
      const chosen = names.filter((_, index) => bits & (1 << index));
      // One of its ways each, by turns.
      const change = Object.fromEntries(
        chosen.map((name) => [name, SPOILED[name][bits % SPOILED[name].length] ?? fails]),
      );
      const answer = ask(change);
      if (answer.allow) expect(answer, chosen.join()).toBe(false);
    }
  }, 60_000);

  test.each([null, undefined, 7, {}, { brandId: 1 }])(
    'says no to a place it cannot read while a brand is stopped: %j',
    (where) => {
      const dataDir = tempDir();
      const paths = stopPaths(dataDir);
      writeLatch(paths.latch, { state: 'armed', epoch: EPOCH, stop: null });
      writePermit(paths.permit, { epoch: EPOCH, host: HOST, sendsFrom: 0, by: '' });
      writeNarrow(paths.stops, [
        { stop: makeStop({ scope: { kind: 'brand', brandId: 1 } }), endsAt: null },
        { stop: makeStop({ scope: { kind: 'market', market: 'France' } }), endsAt: null },
      ]);
      const now = Date.now();
      const gate = createPublisherGate({ now: () => now, monotonic: () => MONOTONIC });
      gate.arm({ dataDir, host: HOST }, EPOCH, 4);
      gate.keepLease({ monotonic: MONOTONIC, wall: now, epoch: EPOCH });
      expect(gate.ask(PLACE, 0, now).allow).toBe(false);
      expect(gate.ask(where as never, 0, now).allow).toBe(false);
      expect(gate.ask({ ...PLACE, brandId: 2, market: 'Spain' }, 0, now).allow).toBe(true);
    },
  );

  test('counts by the cap that was told last', () => {
    const dataDir = tempDir();
    const paths = stopPaths(dataDir);
    writeLatch(paths.latch, { state: 'armed', epoch: EPOCH, stop: null });
    writePermit(paths.permit, { epoch: EPOCH, host: HOST, sendsFrom: 0, by: '' });
    const now = Date.now();
    const gate = createPublisherGate({ now: () => now, monotonic: () => MONOTONIC });
    gate.arm({ dataDir, host: HOST }, EPOCH, 4);
    gate.keepLease({ monotonic: MONOTONIC, wall: now, epoch: EPOCH });
    const mayGo = (inFlight: number) => gate.ask(PLACE, inFlight, now).allow;
    expect([mayGo(3), mayGo(5)]).toEqual([true, false]);
    gate.setCap(2);
    expect([mayGo(1), mayGo(3)]).toEqual([true, false]);
  });
});
