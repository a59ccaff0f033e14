import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { covers, type Scope } from '../../src-main/core/scope.ts';
import {
  createNarrowReader,
  isCovered,
  readNarrowStops,
  removeNarrow,
  writeNarrow,
} from '../../src-main/stop/narrow-stops.ts';
import { makeStop } from '../support/sample-stop.ts';
import { tempDir } from '../support/temp-dir.ts';

const stopsDir = () => join(tempDir(), 'stops');
const brand = (brandId: number): Scope => ({ kind: 'brand', brandId });
const narrow = (scope: Scope, endsAt: number | null = null) => ({ stop: makeStop({ scope }), endsAt });
const PLACE = { accountId: 11, brandId: 1, market: 'France', network: 'mastodon' };
const stopOf = (scope: unknown) =>
  JSON.stringify({ stop: { ...narrow(brand(4)).stop, scope }, endsAt: null });
const scopesIn = (dir: string) => {
  const reading = readNarrowStops(dir);
  return reading.ok ? reading.stops.map(({ stop }) => stop.scope) : 'unreadable';
};

describe('the folder of narrower stops', () => {
  test('keeps one file for each, which says all there is to say', () => {
    const dir = stopsDir();
    expect(readNarrowStops(dir)).toEqual({ ok: true, stops: [] });
    const one = narrow(brand(1));
    const two = narrow({ kind: 'market', market: 'Île-de-France' }, 1_900_000_000_000);
    expect([writeNarrow(dir, [one]), writeNarrow(dir, [two])]).toEqual([true, true]);
    const reading = readNarrowStops(dir);
    expect(reading.ok && reading.stops).toEqual(expect.arrayContaining([one, two]));
    expect(readdirSync(dir)).toContain('brand-1.json');
  });

  test('in force, it is not written over by the end of another', () => {
    const dir = stopsDir();
    const outside = narrow(brand(1));
    writeNarrow(dir, [outside]);
    expect(writeNarrow(dir, [narrow(brand(1), 5)])).toBe(false);
    expect(readNarrowStops(dir)).toEqual({ ok: true, stops: [outside] });
    expect(readdirSync(dir)).toEqual(['brand-1.json']);
  });

  test('written again it is replaced, removed it is gone, and removing what is gone is no failure', () => {
    const dir = stopsDir();
    const made = narrow(brand(1));
    const released = { ...made, endsAt: 5 };
    writeNarrow(dir, [made]);
    writeNarrow(dir, [released]);
    expect(readNarrowStops(dir)).toEqual({ ok: true, stops: [released] });
    expect([removeNarrow(dir, [released.stop]), removeNarrow(dir, [released.stop])]).toEqual([
      [true],
      [true],
    ]);
    expect(scopesIn(dir)).toEqual([]);
  });

  test('two scopes never share a file, whatever their names', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 30 }),
        fc.string({ minLength: 1, maxLength: 30 }),
        (one, other) => {
          const dir = stopsDir();
          const scopes: Scope[] = [
            { kind: 'market', market: one },
            { kind: 'market', market: other },
            { kind: 'network', network: one },
          ];
          for (const scope of scopes) expect(writeNarrow(dir, [narrow(scope)])).toBe(true);
          const same = one.toLowerCase() === other.toLowerCase();
          expect(scopesIn(dir)).toHaveLength(same ? 2 : 3);
          expect(readdirSync(dir).every((name) => name.endsWith('.json'))).toBe(true);
        },
      ),
      {
        numRuns: 60,
        examples: [
          ['a:b', 'a-b'],
          ['..', '.'],
          ['a/b', 'a\\b'],
        ],
      },
    );
  });

  test('a scope no file can be named after is refused, not thrown', () => {
    const dir = stopsDir();
    for (const market of ['\ud800', 'x'.repeat(1_000)]) {
      expect(writeNarrow(dir, [narrow({ kind: 'market', market })])).toBe(false);
      expect(removeNarrow(dir, [narrow({ kind: 'market', market }).stop])).toEqual([false]);
    }
  });

  test.each([
    ['garbage', 'garbage'],
    ['an empty file', ''],
    ['a stop without a scope', '{"stop":{"id":"1"},"endsAt":null}'],
    ['an end that is no instant', JSON.stringify({ ...narrow(brand(4)), endsAt: 'soon' })],
    ['a kind of scope it does not know', stopOf({ kind: 'planet' })],
    ['a brand without a number', stopOf({ kind: 'brand' })],
    ['a brand whose number is a text', stopOf({ kind: 'brand', brandId: '4' })],
    ['a market without a name', stopOf({ kind: 'market' })],
    ['a stop of another brand', JSON.stringify(narrow(brand(5)))],
    ['a stop without its words', JSON.stringify(narrow(brand(4)).stop)],
    ['a stop with nothing but a scope', JSON.stringify({ stop: { scope: brand(4) }, endsAt: null })],
    ['a stop cut short', JSON.stringify(narrow(brand(4))).slice(0, -1)],
  ])('%s in it covers everything', (_, text) => {
    const dir = stopsDir();
    writeNarrow(dir, [narrow(brand(2))]);
    writeFileSync(join(dir, 'brand-4.json'), text);
    const reading = readNarrowStops(dir);
    expect(reading).toEqual({ ok: false, file: 'brand-4.json' });
    expect(isCovered(reading, PLACE, 0)).toBe(true);
  });

  test('the copy a program that synchronises folders makes is named, and not taken for the stop', () => {
    const dir = stopsDir();
    const name = 'brand-4 (conflicted copy).json';
    mkdirSync(dir);
    writeFileSync(join(dir, name), JSON.stringify(narrow(brand(4))));
    expect(readNarrowStops(dir)).toEqual({ ok: false, file: name });
  });

  test('what another process put in the place of a stop is not removed with it', () => {
    const dir = stopsDir();
    const released = narrow(brand(1), 5);
    writeNarrow(dir, [released]);
    const another = { ...narrow(brand(1)), stop: makeStop({ scope: brand(1), id: 'another' }) };
    writeNarrow(dir, [another]);
    expect(removeNarrow(dir, [released.stop])).toEqual([false]);
    expect(readNarrowStops(dir)).toEqual({ ok: true, stops: [another] });
  });

  test('a file in its place covers everything', () => {
    const dir = stopsDir();
    writeFileSync(dir, '');
    expect(readNarrowStops(dir)).toEqual({ ok: false, file: '' });
    expect(writeNarrow(dir, [narrow(brand(1))])).toBe(false);
  });

  test('what a kill or a file manager leaves in it is no stop', () => {
    const dir = stopsDir();
    writeNarrow(dir, [narrow(brand(1))]);
    for (const name of ['brand-2.json.new', '.DS_Store', '._brand-1.json', 'Thumbs.db', 'desktop.ini'])
      writeFileSync(join(dir, name), 'not ours');
    expect(scopesIn(dir)).toEqual([brand(1)]);
  });

  test('covers as the core says, until a countdown is over', () => {
    const scopes: Scope[] = [
      brand(1),
      brand(2),
      { kind: 'market', market: 'france' },
      { kind: 'network', network: 'bluesky' },
      { kind: 'account', accountId: 11 },
    ];
    for (const scope of scopes) {
      const stops = (endsAt: number | null) => ({ ok: true, stops: [narrow(scope, endsAt)] }) as const;
      expect(isCovered(stops(null), PLACE, 1_000)).toBe(covers(scope, PLACE));
      expect(isCovered(stops(1_001), PLACE, 1_000)).toBe(covers(scope, PLACE));
      expect(isCovered(stops(1_000), PLACE, 1_000)).toBe(false);
    }
  });
});

describe('the reader asked before every send', () => {
  test('sees every stop at once, however soon after the one before', () => {
    const dir = stopsDir();
    const read = createNarrowReader(dir, Date.now);
    expect(read()).toEqual({ ok: true, stops: [] });
    for (let brandId = 1; brandId <= 150; brandId += 1) {
      const kept = narrow(brand(brandId));
      writeNarrow(dir, [kept]);
      expect(isCovered(read(), { ...PLACE, brandId }, 0)).toBe(true);
      if (brandId % 3 === 0) {
        removeNarrow(dir, [kept.stop]);
        expect(isCovered(read(), { ...PLACE, brandId }, 0)).toBe(false);
      }
    }
  });

  test('does not trust a folder that may have changed twice within one tick of its time', () => {
    const dir = stopsDir();
    writeNarrow(dir, [narrow(brand(1))]);
    const tick = 1_800_000_000;
    utimesSync(dir, tick, tick);
    const read = createNarrowReader(dir, () => tick * 1_000 + 50);
    expect(isCovered(read(), { ...PLACE, brandId: 2 }, 0)).toBe(false);
    writeNarrow(dir, [narrow(brand(2))]);
    utimesSync(dir, tick, tick);
    expect(isCovered(read(), { ...PLACE, brandId: 2 }, 0)).toBe(true);
  });

  test('is read anew for two seconds and more where folders keep whole seconds, or every other one', () => {
    const dir = stopsDir();
    writeNarrow(dir, [narrow(brand(1))]);
    const tick = 1_800_000_000;
    utimesSync(dir, tick, tick);
    let now = tick * 1_000 + 1_990;
    const read = createNarrowReader(dir, () => now);
    expect(isCovered(read(), { ...PLACE, brandId: 2 }, 0)).toBe(false);
    writeNarrow(dir, [narrow(brand(2))]);
    utimesSync(dir, tick, tick);
    expect(isCovered(read(), { ...PLACE, brandId: 2 }, 0)).toBe(true);
    now += 200;
    expect(read()).toBe(read());
  });

  test('of a finer time is read once soon after it changed', () => {
    const dir = stopsDir();
    writeNarrow(dir, [narrow(brand(1))]);
    utimesSync(dir, 1_800_000_000.5, 1_800_000_000.5);
    const read = createNarrowReader(dir, () => 1_800_000_000_650);
    expect(read()).toBe(read());
  });

  test('reads a settled folder once, and again when it changed', () => {
    const dir = stopsDir();
    writeNarrow(dir, [narrow(brand(1))]);
    const longAgo = Date.now() / 1_000 - 60;
    utimesSync(dir, longAgo, longAgo);
    const read = createNarrowReader(dir, Date.now);
    expect(read()).toBe(read());
    writeNarrow(dir, [narrow(brand(2))]);
    expect(isCovered(read(), { ...PLACE, brandId: 2 }, 0)).toBe(true);
  });

  test('keeps nothing it could not read, and nothing when the folder is gone', () => {
    const dir = stopsDir();
    mkdirSync(dir);
    writeFileSync(join(dir, 'brand-1.json'), 'garbage');
    const longAgo = Date.now() / 1_000 - 60;
    utimesSync(dir, longAgo, longAgo);
    const read = createNarrowReader(dir, Date.now);
    expect(read()).toMatchObject({ ok: false });
    writeFileSync(join(dir, 'brand-1.json'), JSON.stringify(narrow(brand(1))));
    utimesSync(dir, longAgo, longAgo);
    expect(read()).toMatchObject({ ok: true, stops: [{ endsAt: null }] });
    rmSync(dir, { recursive: true });
    expect(read()).toEqual({ ok: true, stops: [] });
    writeFileSync(dir, 'a file in its place');
    expect(existsSync(dir)).toBe(true);
  });
});
