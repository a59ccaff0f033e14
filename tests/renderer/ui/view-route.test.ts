import { describe, expect, it } from 'vitest';
import { hashOf, parseRoute, VIEWS } from '../../../src-renderer/ui/view-route.ts';

describe('the address of a view', () => {
  it('is read back as it was written', () => {
    for (const view of VIEWS) {
      const params = { brandId: '3', search: 'a&b = é?' };
      expect(parseRoute(hashOf(view, params))).toEqual({ view, params });
      expect(parseRoute(hashOf(view))).toEqual({ view, params: {} });
    }
  });

  it('is the desk when it is unknown or absent', () => {
    expect(parseRoute('')).toEqual({ view: 'desk', params: {} });
    expect(parseRoute('#/nowhere?x=1').view).toBe('desk');
  });
});
