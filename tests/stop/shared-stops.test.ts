import { copyFileSync, linkSync, readdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Scope, scopeKey } from '../../src-main/core/scope.ts';
import type { NarrowStop } from '../../src-main/core/stop-ports.ts';
import { stopIdOf } from '../../src-main/core/stop-state.ts';
import { readNarrowStops, removeNarrow, writeNarrow } from '../../src-main/stop/narrow-stops.ts';
import { makeStop } from '../support/sample-stop.ts';
import { tempDir } from '../support/temp-dir.ts';

const brand = (brandId: number): Scope => ({ kind: 'brand', brandId });
const account = (accountId: number): Scope => ({ kind: 'account', accountId });
const stopsDir = () => join(tempDir(), 'stops');

/** Stops made in one step, as the core makes them. */
function madeTogether(group: string, scopes: readonly Scope[]): NarrowStop[] {
  const { id: _, scope: __, ...words } = makeStop();
  return scopes.map((scope) => ({ stop: { ...words, id: stopIdOf(group, scope), scope }, endsAt: null }));
}

const inFolder = (dir: string) => {
  const reading = readNarrowStops(dir);
  if (!reading.ok) throw new Error(`${reading.file} cannot be understood`);
  return new Map(reading.stops.map((narrow) => [scopeKey(narrow.stop.scope), narrow]));
};
const asMap = (all: readonly NarrowStop[]) =>
  new Map(all.map((narrow) => [scopeKey(narrow.stop.scope), narrow]));
const texts = (dir: string) => new Set(readdirSync(dir).map((name) => statSync(join(dir, name)).ino)).size;

describe('stops made in one step', () => {
  test('are one text by as many names, and each reads back as its own', () => {
    const dir = stopsDir();
    const all = madeTogether('g', [...Array.from({ length: 40 }, (_, id) => brand(id + 1)), account(7)]);
    expect(writeNarrow(dir, all)).toBe(true);
    expect([readdirSync(dir).length, texts(dir)]).toEqual([41, 1]);
    expect(inFolder(dir)).toEqual(asMap(all));
  });

  test('written again, released or removed, one of them changes none of the others', () => {
    const dir = stopsDir();
    const [one, two, three, four] = madeTogether('g', [1, 2, 3, 4].map(brand)) as [
      NarrowStop,
      NarrowStop,
      NarrowStop,
      NarrowStop,
    ];
    writeNarrow(dir, [one, two, three, four]);
    const explained = { ...one, stop: { ...one.stop, reason: 'A storm, too' } };
    const released = { ...two, endsAt: 1_900_000_000_000 };
    expect([writeNarrow(dir, [explained]), writeNarrow(dir, [released])]).toEqual([true, true]);
    expect(removeNarrow(dir, [three.stop])).toEqual([true]);
    expect(inFolder(dir)).toEqual(asMap([explained, released, four]));
  });

  test('whatever becomes of them, in whatever batches, the folder says what was written last of each', () => {
    const scopes = [
      ...[1, 2, 3, 4, 5].map(brand),
      ...[1, 2].map(account),
      { kind: 'market', market: 'France' } as const,
    ];
    const batch = fc.record({
      of: fc.subarray(scopes, { minLength: 1 }),
      group: fc.constantFrom('g', 'h', 'a.b'),
      reason: fc.constantFrom('', 'A storm'),
      endsAt: fc.constantFrom(null, 5, 6),
      isRemoval: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 8 }), (batches) => {
        const dir = stopsDir();
        const model = new Map<string, NarrowStop>();
        for (const { of, group, reason, endsAt, isRemoval } of batches) {
          if (isRemoval) {
            const gone = of.flatMap((scope) => model.get(scopeKey(scope))?.stop ?? []);
            expect(removeNarrow(dir, gone)).toEqual(gone.map(() => true));
            for (const { scope } of gone) model.delete(scopeKey(scope));
          } else {
            const given = madeTogether(group, of).map(({ stop }) => ({ stop: { ...stop, reason }, endsAt }));
            // The end of one stop is not written over another.
            const all = given.filter(({ stop }) => {
              const there = model.get(scopeKey(stop.scope));
              return endsAt === null || !there || there.endsAt !== null || there.stop.id === stop.id;
            });
            expect(writeNarrow(dir, all)).toBe(true);
            for (const narrow of all) model.set(scopeKey(narrow.stop.scope), narrow);
          }
          const found = inFolder(dir);
          // The samples are numbered: what tells them apart here is their id, their words and their end.
          expect(found).toEqual(model);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('one of a batch whose words differ has a text of its own', () => {
    const dir = stopsDir();
    const [one, two, three] = madeTogether('g', [1, 2, 3].map(brand)) as [NarrowStop, NarrowStop, NarrowStop];
    const other = { ...three, stop: { ...three.stop, by: 'Bao Tran' } };
    writeNarrow(dir, [one, two, other]);
    expect(texts(dir)).toBe(2);
    expect(inFolder(dir)).toEqual(asMap([one, two, other]));
  });

  test('a kill between the name and its place leaves a name that nothing is ever written through', () => {
    const dir = stopsDir();
    const [one, two] = madeTogether('g', [brand(1), brand(2)]) as [NarrowStop, NarrowStop];
    writeNarrow(dir, [one]);
    linkSync(join(dir, 'brand-1.json'), join(dir, 'brand-2.json.new'));
    expect(inFolder(dir)).toEqual(asMap([one]));
    expect(writeNarrow(dir, [two])).toBe(true);
    expect(inFolder(dir)).toEqual(asMap([one, two]));
    linkSync(join(dir, 'brand-1.json'), join(dir, 'brand-2.json.new'));
    expect(writeNarrow(dir, madeTogether('h', [brand(1), brand(2)]))).toBe(true);
    expect([...inFolder(dir).values()].map(({ stop }) => stop.id)).toEqual(['h.brand:1', 'h.brand:2']);
  });

  test.each(['brand-1 (copy).json', 'market-france.json', 'brand-0.json', 'brand-01.json', 'brand-x.json'])(
    'under the name %s their text is no stop, and covers everything',
    (name) => {
      const dir = stopsDir();
      writeNarrow(dir, madeTogether('g', [brand(1), brand(2)]));
      copyFileSync(join(dir, 'brand-1.json'), join(dir, name));
      expect(readNarrowStops(dir)).toEqual({ ok: false, file: name });
    },
  );

  test('their text under the name of another brand stops that brand, and says so by its id', () => {
    const dir = stopsDir();
    writeNarrow(dir, madeTogether('g', [brand(1), brand(2)]));
    renameSync(join(dir, 'brand-2.json'), join(dir, 'brand-9.json'));
    expect([...inFolder(dir).values()].map(({ stop }) => stop.id)).toEqual(['g.brand:1', 'g.brand:9']);
  });

  test('an id that only looks as if it were one of many is kept as it is', () => {
    const dir = stopsDir();
    const all = ['.brand:1', 'g.brand:2', 'brand:1', '', 'g.brand:11'].map((id) => ({
      stop: makeStop({ scope: brand(1), id }),
      endsAt: null,
    }));
    for (const narrow of all) {
      expect(writeNarrow(dir, [narrow, { stop: makeStop({ scope: brand(5) }), endsAt: null }])).toBe(true);
      expect(inFolder(dir).get('brand:1')).toEqual(narrow);
    }
  });
});
