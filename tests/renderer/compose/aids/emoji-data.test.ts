import { expect, it } from 'vitest';
import { EMOJI_GROUPS, findEmoji, readEmoji } from '../../../../src-renderer/compose/aids/emoji-data.ts';

const all = readEmoji();
const found = (search: string, language: 'en' | 'fr' = 'en') =>
  findEmoji(all, search, language).map(({ unicode }) => unicode);

it('every emoji of every group is there once, with a name in both languages', () => {
  expect(all.length).toBeGreaterThan(1_800);
  expect(new Set(all.map(({ unicode }) => unicode)).size).toBe(all.length);
  expect(all.filter(({ label }) => label.en === '' || label.fr === '')).toEqual([]);
  expect(new Set(all.map(({ group }) => group))).toEqual(new Set(EMOJI_GROUPS));
});

it('they are found by the beginnings of words in either language, with or without accents', () => {
  expect(found('fete')).toContain('🎉');
  expect(found('FÊTE')).toContain('🎉');
  expect(found('party')).toContain('🎉');
  expect(found('coeur rouge', 'fr')[0]).toBe('❤️');
  expect(found('red heart')[0]).toBe('❤️');
  expect(found('+1')).toContain('👍');
  expect(found('  ')).toEqual([]);
  expect(found('xyzzy')).toEqual([]);
});

it('those named so come before those only tagged so', () => {
  const suns = findEmoji(all, 'soleil', 'fr');
  const isNamed = suns.map(({ label }) => label.fr.includes('soleil'));
  expect(isNamed).toContain(false);
  expect(isNamed.lastIndexOf(true)).toBeLessThan(isNamed.indexOf(false));
});

it('one sign is one sign, and skins are the five tones', () => {
  const thumb = all.find(({ label }) => label.en === 'thumbs up');
  expect(thumb).toMatchObject({ unicode: '👍', skins: ['👍🏻', '👍🏼', '👍🏽', '👍🏾', '👍🏿'] });
  expect(all.filter(({ skins }) => skins.length !== 0 && skins.length !== 5)).toEqual([]);
});
