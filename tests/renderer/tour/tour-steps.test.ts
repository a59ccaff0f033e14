import { expect, it } from 'vitest';
import { proofStateOf, TOUR } from '../../../src-renderer/tour/tour-steps.ts';

it('the tour has six steps, ends with the proof, and says only what is so', () => {
  expect(TOUR).toHaveLength(6);
  expect(TOUR.at(-1)?.name).toBe('proof');
  const proven = { isRegistered: true, provenAt: 1 };
  const unproven = { isRegistered: true, provenAt: null };
  expect(proofStateOf(proven, false)).toBe('proven');
  expect(proofStateOf(unproven, true)).toBe('ready');
  expect(proofStateOf(unproven, false)).toBe('publishing');
  expect(proofStateOf({ isRegistered: false, provenAt: 1 }, true)).toBe('lost');
});
