import { describe, expect, it } from 'vitest';
import type { BrandView } from '../../../../src-preload/views.ts';
import {
  fillPlaces,
  hashtagsIn,
  knownValue,
  placesIn,
} from '../../../../src-renderer/compose/aids/places.ts';

const about = {
  brands: [{ name: 'Maison Verrier' }] as BrandView[],
  accountIds: [],
  link: 'https://verrier.example',
  date: '2026-12-01',
  time: '09:30',
};

describe('the places of a template', () => {
  it('are found once each, known ones in both languages', () => {
    const places = placesIn('{Brand} {marque} {promo code} {brand} {} {a{b} {{lien}} {constructor}');
    expect(places).toEqual([
      { name: 'Brand', key: 'brand', known: 'brand' },
      { name: 'marque', key: 'marque', known: 'brand' },
      { name: 'promo code', key: 'promo code', known: null },
      { name: 'b', key: 'b', known: null },
      { name: 'lien', key: 'lien', known: 'link' },
      { name: 'constructor', key: 'constructor', known: null },
    ]);
  });

  it('are filled wherever they stand, with exactly what was typed, and stay while nothing was', () => {
    const values = new Map([
      ['brand', '$& {promo}'],
      ['promo', ''],
    ]);
    expect(fillPlaces('{brand}, {BRAND}: {promo} {other}', values)).toBe(
      '$& {promo}, $& {promo}: {promo} {other}',
    );
  });

  it('know the brand, the day, the time and the link of what is being written', () => {
    expect(knownValue('brand', about, 'en')).toBe('Maison Verrier');
    expect(knownValue('date', about, 'en')).toBe('1 December');
    expect(knownValue('date', about, 'fr')).toBe('1er décembre');
    expect(knownValue('date', { ...about, date: '2026-12-11' }, 'fr')).toBe('11 décembre');
    expect(knownValue('time', about, 'en')).toBe('09:30');
    expect(knownValue('time', about, 'fr')).toBe('9\u00a0h\u00a030');
    expect(knownValue('time', { ...about, time: '00:00' }, 'fr')).toBe('0\u00a0h');
    expect(knownValue('link', about, 'en')).toBe('https://verrier.example');
    expect(knownValue(null, about, 'en')).toBe('');
  });

  it('are never guessed where two brands are meant or nothing is typed', () => {
    const two = [...about.brands, { name: 'Other' } as BrandView];
    expect(knownValue('brand', { ...about, brands: two }, 'en')).toBe('');
    expect(knownValue('date', { ...about, date: '' }, 'en')).toBe('');
  });
});

describe('the hashtags of a text', () => {
  it('are each taken once, and no fragment of an address is one', () => {
    expect(hashtagsIn('#été et #soldes, #été! https://a.example/#part #2026 a#b &#233;')).toBe(
      '#été #soldes',
    );
  });
});
