import { describe, expect, it } from 'vitest';
import type { BrandView, PostState, PostView } from '../../../src-preload/views.ts';
import { ACTIONS_OF, effectOf, spreadMinutes } from '../../../src-renderer/queue/bulk-effect.ts';
import { sampleBrands } from '../fixture/sample-desk.ts';
import { samplePosts } from '../fixture/sample-posts.ts';

const now = Date.UTC(2026, 10, 23, 9, 0);
const brands = sampleBrands();
const byId = new Map(brands.map((brand) => [brand.id, brand]));
const template = samplePosts(brands, 60, now)[40] as PostView;

function post(id: number, state: PostState, change: Partial<PostView> = {}): PostView {
  return { ...template, id, state, isHeldByStop: false, publishAt: now + 3_600_000, ...change };
}

describe('the effect of an action on many posts', () => {
  it('reaches what may be held and names what stays, the most frequent first', () => {
    const chosen = [
      post(1, 'published'),
      post(2, 'scheduled'),
      post(3, 'canceled'),
      post(4, 'published'),
      post(5, 'scheduled'),
    ];
    const effect = effectOf('hold', chosen, byId, now);
    expect(effect.affected.map((one) => one.id)).toEqual([2, 5]);
    expect(effect.refusedCount).toBe(3);
    expect(effect.refused).toEqual([
      { state: 'published', count: 2 },
      { state: 'canceled', count: 1 },
    ]);
  });

  it('leaves no post out: affected and refused add up for every action', () => {
    const states = Object.keys(ACTIONS_OF) as PostState[];
    const chosen = states.map((state, index) => post(index + 1, state));
    for (const action of ['hold', 'resume', 'move', 'draft', 'cancel'] as const) {
      const effect = effectOf(action, chosen, byId, now);
      expect(effect.affected.length + effect.refusedCount).toBe(states.length);
      for (const one of effect.affected) expect(ACTIONS_OF[one.state]).toContain(action);
    }
  });

  it('offers nothing for a post that is out, on its way out, or may be out', () => {
    expect(ACTIONS_OF.publishing).toEqual([]);
    expect(ACTIONS_OF.published).toEqual([]);
    expect(ACTIONS_OF.unconfirmed).toEqual([]);
  });

  it('keeps the order of times, which a move follows on each account', () => {
    const chosen = [
      post(9, 'missed', { publishAt: now - 1_000 }),
      post(3, 'missed', { publishAt: now - 9_000 }),
      post(2, 'missed', { publishAt: now - 9_000 }),
    ];
    expect(effectOf('move', chosen, byId, now).affected.map((one) => one.id)).toEqual([2, 3, 9]);
  });

  it('says of held posts past their time and grace that they would only become missed', () => {
    const brand = brands[0] as BrandView;
    const grace = brand.graceMinutes * 60_000;
    const chosen = [
      post(1, 'held', { brandId: brand.id, publishAt: now - grace - 1 }),
      post(2, 'held', { brandId: brand.id, publishAt: now - grace + 1 }),
    ];
    expect(effectOf('resume', chosen, byId, now).tooLate).toBe(1);
  });

  it('counts what a stop covers, by brand and by single account', () => {
    const [first, second] = sampleBrands() as [BrandView, BrandView];
    const stopped: BrandView = { ...first, isStopped: true };
    const account = second.accounts[0];
    if (!account) throw new Error('the sample has no account');
    const partly: BrandView = {
      ...second,
      accounts: second.accounts.map((one) => ({ ...one, isStopped: one.id === account.id })),
    };
    const covered = new Map([
      [stopped.id, stopped],
      [partly.id, partly],
    ]);
    const chosen = [
      post(1, 'held', { brandId: stopped.id }),
      post(2, 'held', { brandId: partly.id, accountId: account.id }),
      post(3, 'held', { brandId: partly.id, accountId: partly.accounts[1]?.id ?? 0 }),
    ];
    expect(effectOf('resume', chosen, covered, now).stopped).toBe(2);
  });
});

describe('how far a move spreads', () => {
  it('follows the fullest account', () => {
    const chosen = [1, 2, 3, 4].map((id) => post(id, 'missed', { accountId: id < 4 ? 7 : 8 }));
    expect(spreadMinutes(chosen, 10)).toBe(20);
    expect(spreadMinutes([], 10)).toBe(0);
  });
});
