import { describe, expect, test } from 'vitest';
import { checkMove, MOVES, POST_REASONS, POST_STATES, type PostState } from '../../src-main/core/post.ts';

/** Every state that can be reached from `from`, also over others. */
function reachable(from: PostState): ReadonlySet<PostState> {
  const found = new Set<PostState>();
  const next = [...MOVES[from]];
  for (let state = next.pop(); state !== undefined; state = next.pop()) {
    if (found.has(state)) continue;
    found.add(state);
    next.push(...MOVES[state]);
  }
  return found;
}

describe('the table of moves', () => {
  test('is the drawn one, move by move', () => {
    const drawn = [
      'scheduled>publishing',
      'scheduled>held',
      'scheduled>missed',
      'scheduled>canceled',
      'publishing>published',
      'publishing>failed',
      'publishing>unconfirmed',
      'publishing>scheduled',
      'publishing>missed',
      'held>scheduled',
      'held>canceled',
      'held>missed',
      'missed>scheduled',
      'missed>canceled',
      'missed>held',
      'unconfirmed>published',
      'unconfirmed>failed',
      'unconfirmed>missed',
    ];
    const table = POST_STATES.flatMap((from) => MOVES[from].map((to) => `${from}>${to}`));
    expect(table.sort()).toEqual(drawn.sort());
  });

  test('refuses every other move with a value, and staying as well', () => {
    for (const from of POST_STATES) {
      for (const to of POST_STATES) {
        const answer = checkMove(from, to);
        if (MOVES[from].includes(to)) expect(answer).toEqual({ ok: true, value: to });
        else expect(answer).toMatchObject({ ok: false, error: { code: 'illegal-move' } });
      }
      expect(checkMove(from, from).ok).toBe(false);
    }
  });

  test('never leads from what is public, or may be, straight back into the queue', () => {
    for (const state of ['published', 'failed', 'canceled'] as const) expect(MOVES[state]).toEqual([]);
    expect(MOVES.unconfirmed).not.toContain('scheduled');
    expect(MOVES.unconfirmed).not.toContain('publishing');
  });

  test('sends only what is scheduled', () => {
    const before = POST_STATES.filter((state) => MOVES[state].includes('publishing'));
    expect(before).toEqual(['scheduled']);
  });

  test('leaves a way to its end for every post', () => {
    for (const state of POST_STATES) {
      if (MOVES[state].length === 0) continue;
      const ends = [...reachable(state)].filter((other) => MOVES[other].length === 0);
      expect(ends.length).toBeGreaterThan(0);
    }
  });

  test('names each state and each reason once', () => {
    expect(new Set(POST_STATES).size).toBe(POST_STATES.length);
    expect(new Set<string>(POST_REASONS).size).toBe(POST_REASONS.length);
  });
});
