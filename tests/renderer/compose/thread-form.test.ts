import { expect, it } from 'vitest';
import {
  cutAt,
  MOST_PARTS,
  mergedWithNext,
  moved,
  replaced,
} from '../../../src-renderer/compose/thread-form.ts';

it('a part is cut at a place, and merged with the next again', () => {
  expect(cutAt(['One two', 'three'], 0, 3)).toEqual(['One', 'two', 'three']);
  expect(cutAt(['One'], 0, 3)).toEqual(['One', '']);
  expect(mergedWithNext(['One', 'two', 'three'], 0)).toEqual(['One\n\ntwo', 'three']);
  expect(mergedWithNext(['', 'two'], 0)).toEqual(['two']);
});

it('parts are moved up and down, and others put in their place', () => {
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
  expect(replaced(['a', 'b'], 0, ['x', 'y'])).toEqual(['x', 'y', 'b']);
});

it('what cannot be done leaves the very same parts', () => {
  const parts = ['a', 'b'];
  expect(moved(parts, 0, -1)).toBe(parts);
  expect(moved(parts, 1, 1)).toBe(parts);
  expect(mergedWithNext(parts, 1)).toBe(parts);
  const full = Array.from({ length: MOST_PARTS }, () => 'a');
  expect(cutAt(full, 0, 0)).toBe(full);
});
