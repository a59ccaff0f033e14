import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../src-main/core/connector.ts';
import { checkMove } from '../../src-main/core/post.ts';
import { settleOutcome } from '../../src-main/core/retry.ts';
import { makeClaim } from '../support/claims.ts';

const AT = Date.UTC(2026, 11, 1, 9);
const REF = { id: '42', url: 'https://example.org/42' };
const settle = (outcome: Outcome, attempt = 1, refusals = attempt - 1) =>
  settleOutcome({ ...makeClaim({ id: 7, url: 'https://example.org' }), attempt, refusals }, outcome, AT);

describe('what becomes of a post after an attempt', () => {
  test('a definite yes is published, with where it can be seen', () => {
    expect(settle({ kind: 'published', refs: [REF] })).toEqual({
      postId: 7,
      attempt: 1,
      key: makeClaim({ id: 7, url: '' }).key,
      outcome: 'published',
      state: 'published',
      reason: '',
      detail: '',
      refs: [REF],
      retryAt: null,
      at: AT,
    });
  });

  test.each<[Outcome, string, string]>([
    [{ kind: 'cut', refs: [REF], detail: 'two of three' }, 'failed', 'cut'],
    [{ kind: 'refused', detail: 'too long' }, 'failed', 'refused'],
    [{ kind: 'unconfirmed', detail: 'time-out', refs: [REF] }, 'unconfirmed', 'no-answer'],
  ])('%j is final', (outcome, state, reason) => {
    expect(settle(outcome)).toMatchObject({ state, reason, retryAt: null });
    expect(settle(outcome).detail).toBe('detail' in outcome ? outcome.detail : '');
  });

  test('what is certainly not public waits longer after each attempt', () => {
    const waits = [1, 2, 3, 4, 50].map((attempt) => {
      return (settle({ kind: 'not-sent', detail: '' }, attempt).retryAt ?? 0) - AT;
    });
    expect(waits).toEqual([10_000, 30_000, 60_000, 60_000, 60_000]);
  });

  test('being kept back by a stop or signed out never makes a post fail, however often', () => {
    for (const attempt of [1, 3, 30]) {
      expect(settle({ kind: 'not-sent', detail: 'stopped' }, attempt)).toMatchObject({
        state: 'scheduled',
        reason: '',
      });
      expect(settle({ kind: 'signed-out', detail: 'revoked' }, attempt)).toMatchObject({
        state: 'scheduled',
        reason: 'signed-out',
      });
    }
  });

  test('the third temporary refusal is the last', () => {
    const refusal: Outcome = { kind: 'try-later', detail: 'busy', notBefore: null };
    expect([1, 2, 3, 4].map((attempt) => settle(refusal, attempt).state)).toEqual([
      'scheduled',
      'scheduled',
      'failed',
      'failed',
    ]);
    expect(settle(refusal, 3)).toMatchObject({ reason: 'attempts', retryAt: null, detail: 'busy' });
    // Attempts of which nothing was sent met no refusal.
    expect(settle(refusal, 9, 1).state).toBe('scheduled');
    expect(settle(refusal, 9, 2).state).toBe('failed');
  });

  test('a server that says when is not asked before, nor sooner than we would', () => {
    const refusal = (notBefore: number): Outcome => ({ kind: 'try-later', detail: '', notBefore });
    expect(settle(refusal(AT + 45_000)).retryAt).toBe(AT + 45_000);
    expect(settle(refusal(AT + 1_000)).retryAt).toBe(AT + 10_000);
    expect(settle(refusal(AT - 1_000)).retryAt).toBe(AT + 10_000);
  });

  test('a server that writes a novel is quoted in short', () => {
    expect(settle({ kind: 'refused', detail: 'x'.repeat(10_000) }).detail).toHaveLength(500);
  });

  test('every outcome is a legal move, and only certainly unsent or refused ones go again', () => {
    const detail = fc.string();
    const refs = fc.constantFrom([], [REF]);
    const outcome: fc.Arbitrary<Outcome> = fc.oneof(
      fc.record({ kind: fc.constant('published' as const), refs }),
      fc.record({ kind: fc.constant('cut' as const), refs, detail }),
      fc.record({ kind: fc.constant('refused' as const), detail }),
      fc.record({ kind: fc.constant('signed-out' as const), detail }),
      fc.record({ kind: fc.constant('not-sent' as const), detail }),
      fc.record({ kind: fc.constant('unconfirmed' as const), refs, detail }),
      fc.record({
        kind: fc.constant('try-later' as const),
        detail,
        notBefore: fc.option(fc.integer({ min: AT - 1e6, max: AT + 1e6 })),
      }),
    );
    fc.assert(
      fc.property(outcome, fc.integer({ min: 1, max: 9 }), (given, attempt) => {
        const settlement = settle(given, attempt);
        expect(checkMove('publishing', settlement.state).ok).toBe(true);
        const mayGoAgain = ['signed-out', 'not-sent', 'try-later'].includes(given.kind);
        if (settlement.state === 'scheduled') {
          expect(mayGoAgain).toBe(true);
          expect(settlement.retryAt).toBeGreaterThan(AT);
        } else expect(settlement.retryAt).toBeNull();
      }),
    );
  });
});
