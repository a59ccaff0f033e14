import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readNarrowStops } from '../../src-main/stop/narrow-stops.ts';
import { isKnownScope, readNames, resolveScope, writeNames } from '../../src-main/stop/scope-names.ts';
import { tempDir } from '../support/temp-dir.ts';

const brand = (brandId: number) => ({ kind: 'brand', brandId }) as const;
const account = (accountId: number) => ({ kind: 'account', accountId }) as const;

const names = {
  brands: [
    { id: 3, name: 'Maison Verte', market: 'France' },
    { id: 4, name: 'Éclair', market: 'Côte d’Ivoire' },
    { id: 5, name: 'Nowhere', market: '' },
  ],
  accounts: [
    { id: 31, brandId: 3, network: 'bluesky', name: 'verte.example' },
    { id: 32, brandId: 3, network: 'mastodon', name: 'news' },
    { id: 41, brandId: 4, network: 'mastodon', name: 'News' },
    { id: 42, brandId: 4, network: 'practice', name: 'a/b' },
  ],
};

function namesPath() {
  const dir = join(tempDir(), 'stops');
  mkdirSync(dir);
  return { dir, path: join(dir, 'names.json') };
}

describe('the index of names', () => {
  test('is beside the stops and is none of them', () => {
    const { dir, path } = namesPath();
    writeNames(path, names);
    expect(readNames(path)).toEqual(names);
    expect(readNarrowStops(dir)).toEqual({ ok: true, stops: [] });
  });

  test('that is missing or damaged is none', () => {
    const { path } = namesPath();
    expect(readNames(path)).toBeNull();
    writeNames(path, names);
    for (const text of ['', 'garbage', 'null', '{}', '{"brands":{}}', '{"brands":[],"accounts":1}']) {
      writeFileSync(path, text);
      expect(readNames(path)).toBeNull();
    }
  });

  test('of an earlier version knows its brands, and no market or account', () => {
    const { path } = namesPath();
    writeFileSync(path, '{"brands":[{"id":3,"name":"Maison Verte"}]}');
    const found = readNames(path);
    expect(resolveScope('brand:maison verte', found)).toEqual(brand(3));
    expect(resolveScope('market:France', found)).toBeNull();
  });

  test('holds a thousand brands and ten thousand accounts with long names', () => {
    const { path } = namesPath();
    const many = {
      brands: Array.from({ length: 1_000 }, (_, id) => ({
        id,
        name: `${id} ${'é'.repeat(400)}`,
        market: 'x',
      })),
      accounts: Array.from({ length: 10_000 }, (_, id) => ({
        id,
        brandId: id % 1_000,
        network: 'practice',
        name: `${id} ${'é'.repeat(200)}`,
      })),
    };
    writeNames(path, many);
    expect(readNames(path)).toEqual(many);
  });

  test.each([
    ['', { kind: 'everything' }],
    ['everything', { kind: 'everything' }],
    ['brand:Maison Verte', brand(3)],
    ['brand:  maison verte ', brand(3)],
    ['brand:éCLAIR', brand(4)],
    ['brand:Maison', null],
    ['brand:', null],
    ['Maison Verte', null],
    ['market:france', { kind: 'market', market: 'France' }],
    ['market:CÔTE D’IVOIRE', { kind: 'market', market: 'Côte d’Ivoire' }],
    ['market: ', null],
    ['market:Spain', null],
    ['network:Bluesky', { kind: 'network', network: 'bluesky' }],
    ['network:webhook', null],
    ['account:bluesky/VERTE.example', account(31)],
    ['account:Maison Verte/mastodon/news', account(32)],
    ['account:éclair/mastodon/news', account(41)],
    ['account:practice/a/b', account(42)],
    // Two accounts are called so: which one is meant is not known.
    ['account:mastodon/news', null],
    ['account:verte.example', null],
    ['planet:Earth', null],
  ])('%j names what it says, or nothing', (text, scope) => {
    expect(resolveScope(text, names)).toEqual(scope);
  });

  test('without it only everything has a name', () => {
    expect(resolveScope('everything', null)).toEqual({ kind: 'everything' });
    expect(resolveScope('brand:Maison Verte', null)).toBeNull();
    expect(resolveScope('network:bluesky', null)).toBeNull();
  });

  test('tells scopes that cover something from those that cover nothing', () => {
    const known = [brand(3), account(42), { kind: 'market', market: 'FRANCE' } as const];
    for (const scope of known) expect(isKnownScope(scope, names)).toBe(true);
    const unknown = [
      brand(9),
      account(3),
      { kind: 'market', market: '' } as const,
      { kind: 'market', market: 'Spain' } as const,
      { kind: 'network', network: 'webhook' } as const,
    ];
    for (const scope of unknown) expect(isKnownScope(scope, names)).toBe(false);
    expect(isKnownScope({ kind: 'network', network: 'mastodon' }, names)).toBe(true);
  });
});
