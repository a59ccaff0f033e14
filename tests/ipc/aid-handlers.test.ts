import { expect, test } from 'vitest';
import { requests } from '../../src-preload/contract.ts';
import { openDeskRig } from './desk-rig.ts';

test('saved hashtags are tidied, listed, told to the window, and removed', async () => {
  const told: string[] = [];
  const rig = await openDeskRig({ notify: (event) => told.push(event) });
  const brandId = await rig.addBrand('Maison Lune');
  const asked = { kind: 'hashtags' as const, name: 'Summer', brandId, text: 'été, #Soldes #soldes' };
  const saved = await rig.handlers['savedText.save'](asked);
  expect(saved).toMatchObject({ ok: true, value: { ...asked, text: '#été #Soldes' } });
  if (!saved.ok) return;
  expect(await rig.handlers['savedText.list']({})).toEqual({ ok: true, value: [saved.value] });
  expect(await rig.handlers['savedText.save']({ ...asked, text: '#a-b' })).toMatchObject({
    error: { code: 'hashtag-invalid' },
  });
  const template = { ...asked, kind: 'template' as const, text: '#a-b {promo}' };
  expect(await rig.handlers['savedText.save'](template)).toMatchObject({ value: { text: '#a-b {promo}' } });
  const { id } = saved.value;
  expect(await rig.handlers['savedText.remove']({ id })).toEqual({ ok: true, value: { removed: true } });
  expect(await rig.handlers['savedText.remove']({ id })).toEqual({ ok: true, value: { removed: false } });
  expect(new Set(told)).toEqual(new Set(['aids.changed']));
});

test('the window may ask for no text without a name, and none longer than it says', () => {
  const schema = requests['savedText.save'];
  const asked = { kind: 'template', name: 'A', brandId: null, text: 'x'.repeat(5_000) };
  expect(schema.safeParse(asked).success).toBe(true);
  for (const wrong of [{ name: ' ' }, { text: ' ' }, { text: 'x'.repeat(5_001) }, { name: 'x'.repeat(81) }])
    expect(schema.safeParse({ ...asked, ...wrong }).success).toBe(false);
});

test('words are kept composed, told to the window, and taken out again; what is no word is not asked for', async () => {
  const told: string[] = [];
  const rig = await openDeskRig({ notify: (event) => told.push(event) });
  const kept = await rig.handlers['word.keep']({ brandId: null, word: 'E\u0301tele' });
  expect(kept).toMatchObject({ ok: true, value: { word: 'Étele', brandId: null } });
  expect(await rig.handlers['word.list']({})).toEqual({ ok: true, value: kept.ok ? [kept.value] : [] });
  const id = kept.ok ? kept.value.id : 0;
  expect(await rig.handlers['word.remove']({ id })).toEqual({ ok: true, value: { removed: true } });
  expect(await rig.handlers['word.list']({})).toEqual({ ok: true, value: [] });
  expect(told).toEqual(['aids.changed', 'aids.changed']);
  const { 'word.keep': schema } = requests;
  const takes = (word: string) => schema.safeParse({ brandId: null, word }).success;
  expect(['l’Été', 'peut-être', 'Nike'].filter((word) => !takes(word))).toEqual([]);
  expect(['', 'two words', 'a1', '-', 'x'.repeat(101)].filter(takes)).toEqual([]);
});
