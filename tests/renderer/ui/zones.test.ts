import { describe, expect, it } from 'vitest';
import { zoneNamed, zonesMatching } from '../../../src-renderer/ui/zones.ts';

const ZONES = ['UTC', 'America/New_York', 'Asia/Tokyo', 'Europe/Paris'];

describe('zones as typed', () => {
  it('names a zone whatever its case and spaces', () => {
    expect(zoneNamed('europe/paris', ZONES)).toBe('Europe/Paris');
    expect(zoneNamed('America/New York ', ZONES)).toBe('America/New_York');
  });

  it('names no zone for a part of one, nor for one that does not exist', () => {
    expect(zoneNamed('tokyo', ZONES)).toBe('');
    expect(zoneNamed('Nowhere/Land', ZONES)).toBe('');
    expect(zoneNamed('', ZONES)).toBe('');
  });

  it('finds zones by a part of the name, and nothing for what is none', () => {
    expect(zonesMatching('tokyo', ZONES)).toEqual(['Asia/Tokyo']);
    expect(zonesMatching('new york', ZONES)).toEqual(['America/New_York']);
    expect(zonesMatching('Nowhere/Land', ZONES)).toEqual([]);
  });
});
