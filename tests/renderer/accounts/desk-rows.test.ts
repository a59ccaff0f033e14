import { describe, expect, it } from 'vitest';
import { deskRows, plainOf, toDecide } from '../../../src-renderer/accounts/desk-rows.ts';
import { noCounts, sampleBrands } from '../fixture/sample-desk.ts';

const all = { search: '', market: null, closed: new Set<number>() };
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
    expect(lines(deskRows(sampleBrands(), { ...all, market: '' }))[0]).toBe('Brightwell Books');
    expect(deskRows(sampleBrands(), { ...all, market: 'France' })).toHaveLength(24);
  });

  it('count what waits for a person', () => {
    expect(toDecide({ ...noCounts(), missed: 2, unconfirmed: 3, held: 4, failed: 9 })).toBe(9);
    expect(plainOf('ÀÉîçŒ')).toBe('aeicœ');
  });
});
