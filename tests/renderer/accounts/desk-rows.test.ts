import { describe, expect, it } from 'vitest';
import {
  deskRows,
  endingSignIn,
  labelsOf,
  NO_DESK_FILTER,
  nextOfBrand,
  plainOf,
  toDecide,
} from '../../../src-renderer/accounts/desk-rows.ts';
import { noCounts, sampleBrands } from '../fixture/sample-desk.ts';

const all = { search: '', filter: NO_DESK_FILTER, closed: new Set<number>() };
const lines = (rows: ReturnType<typeof deskRows>) =>
  rows.map((row) => (row.kind === 'brand' ? row.brand.name : `  ${row.account.name}`));

describe('the rows of the desk', () => {
  it('are every brand followed by its accounts', () => {
    const rows = deskRows(sampleBrands(), all);
    expect(rows).toHaveLength(8 + 40);
    expect(rows[0]).toMatchObject({ kind: 'brand', isOpen: true });
    expect(rows[6]).toMatchObject({ kind: 'brand' });
  });

  it('leave out the accounts of a closed brand', () => {
    const rows = deskRows(sampleBrands(), { ...all, closed: new Set([1]) });
    expect(rows).toHaveLength(8 + 35);
    expect(rows[0]).toMatchObject({ kind: 'brand', isOpen: false });
  });

  it('find a brand without its accents, with all its accounts, closed or not', () => {
    const rows = deskRows(sampleBrands(), { ...all, search: 'energie', closed: new Set([2]) });
    expect(rows.map((row) => row.brand.name)).toEqual(Array(6).fill('Lumen Énergie'));
  });

  it('find an account by its name or its network, under its brand', () => {
    expect(lines(deskRows(sampleBrands(), { ...all, search: 'skerryoutdoor@jobs' }))).toEqual([
      'Skerry Outdoor',
      '  skerryoutdoor@jobs.example',
    ]);
    expect(deskRows(sampleBrands(), { ...all, search: 'BLUESKY' })).toHaveLength(16);
    expect(deskRows(sampleBrands(), { ...all, search: 'nobody' })).toEqual([]);
  });

  it('keep to one market, also to none', () => {
    expect(lines(deskRows(sampleBrands(), { ...all, filter: { ...NO_DESK_FILTER, market: '' } }))[0]).toBe(
      'Brightwell Books',
    );
    expect(
      deskRows(sampleBrands(), { ...all, filter: { ...NO_DESK_FILTER, market: 'France' } }),
    ).toHaveLength(24);
  });

  it('keep to a network, a label or a state, and open the brands that have such accounts', () => {
    const filtered = (filter: Partial<typeof NO_DESK_FILTER>) =>
      lines(
        deskRows(sampleBrands(), { ...all, filter: { ...NO_DESK_FILTER, ...filter }, closed: new Set([1]) }),
      );
    expect(labelsOf(sampleBrands())).toEqual(['winter']);
    expect(filtered({ label: 'winter' })).toHaveLength(3);
    expect(filtered({ network: 'bluesky' })).toHaveLength(16);
    expect(filtered({ state: 'held' })).toHaveLength(2);
    expect(filtered({ state: 'signed-out', network: 'practice' })).toEqual([]);
    expect(lines(deskRows(sampleBrands(), { ...all, search: 'WINTER' }))).toHaveLength(3);
  });

  it('count what waits for a person', () => {
    expect(toDecide({ ...noCounts(), missed: 2, unconfirmed: 3, held: 4, failed: 9 })).toBe(9);
    expect(plainOf('ÀÉîçŒ')).toBe('aeicœ');
  });
});

describe('the next post of a brand', () => {
  const [sample] = sampleBrands();
  const [first, second, third, ...rest] = sample?.accounts ?? [];
  if (!sample || !first || !second || !third) throw new Error('no sample');
  const ready = { state: 'ready', isHeld: false, isStopped: false } as const;
  const brand = { ...sample, isStopped: false, nextDueAt: 1 };

  it('is of an account that can send', () => {
    const accounts = [
      { ...first, ...ready, isStopped: true, nextDueAt: 1 },
      { ...second, ...ready, isHeld: true, nextDueAt: 2 },
      { ...third, ...ready, nextDueAt: 5 },
      ...rest.map((account) => ({ ...account, ...ready, nextDueAt: null })),
    ];
    expect(nextOfBrand({ ...brand, accounts })).toEqual({ at: 5, isQuiet: false });
    const signedOut = accounts.map((account) => ({ ...account, state: 'signed-out' as const }));
    expect(nextOfBrand({ ...brand, accounts: signedOut })).toEqual({ at: 1, isQuiet: true });
    expect(nextOfBrand({ ...brand, accounts: accounts.slice(3) })).toEqual({ at: null, isQuiet: false });
  });

  it('is promised by no brand whose accounts are all stopped', () => {
    const accounts = [{ ...first, ...ready, isStopped: true, nextDueAt: 1 }];
    expect(nextOfBrand({ ...brand, accounts })).toEqual({ at: 1, isQuiet: true });
    const free = [{ ...first, ...ready, nextDueAt: 1 }];
    expect(nextOfBrand({ ...brand, isStopped: true, accounts: free })).toEqual({ at: 1, isQuiet: true });
  });
});

describe('a sign-in that ends', () => {
  const [account] = sampleBrands()[0]?.accounts ?? [];
  if (!account) throw new Error('no account');
  const now = Date.UTC(2026, 10, 24);
  const DAY = 24 * 3_600_000;
  const ending = (at: number | null, nextDueAt: number | null = null) =>
    endingSignIn({ ...account, state: 'ready', signInEndsAt: at, nextDueAt }, now);

  it('is said two weeks ahead, or when the next post comes after it', () => {
    expect(ending(null)).toBeNull();
    expect(ending(now + 15 * DAY)).toBeNull();
    expect(ending(now + 15 * DAY, now + 14 * DAY)).toBeNull();
    expect(ending(now + 15 * DAY, now + 16 * DAY)).toBe(now + 15 * DAY);
    expect(ending(now + 14 * DAY)).toBe(now + 14 * DAY);
    expect(ending(now - DAY)).toBe(now - DAY);
  });

  it('is not said of an account that is signed out already', () => {
    expect(endingSignIn({ ...account, state: 'signed-out', signInEndsAt: now }, now)).toBeNull();
  });
});
