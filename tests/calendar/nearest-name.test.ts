import { expect, test } from 'vitest';
import { createNearest, nearestName } from '../../src-main/calendar/nearest-name.ts';

const NAMES = ['Maison Lune', 'Maison Verte', 'Harbour & Co', 'Été'];

test('offers the name that is the least typing away, whatever its case and accents', () => {
  expect(nearestName('maison lnue', NAMES)).toBe('Maison Lune');
  expect(nearestName('harbor & co', NAMES)).toBe('Harbour & Co');
  expect(nearestName('ete', NAMES)).toBe('Été');
});

test('offers nothing that is far', () => {
  for (const written of ['', '   ', 'Kestrel', 'x', 'Maison', 'M'.repeat(5_000)]) {
    expect(nearestName(written, NAMES), written.slice(0, 20)).toBe(null);
  }
});

test('a file that is wrong in every row does not look for ever', () => {
  let looked = 0;
  const names = () => {
    looked += 1;
    return NAMES;
  };
  const nearest = createNearest(3);
  for (let n = 0; n < 10; n += 1) expect(nearest('brand', 'Maison Lun', names)).toBe('Maison Lune');
  expect(looked).toBe(1);
  for (let n = 0; n < 10; n += 1) nearest('brand', `Maison Lun${n}`, names);
  expect(looked).toBe(3);
});
