import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Outcome } from '../../src-main/core/connector.ts';
import { settleOutcome } from '../../src-main/core/retry.ts';
import { tempDir } from '../support/temp-dir.ts';
import { makeAccount, makeBrand, makePost, NOW, openOrThrow } from './sample-posts.ts';

const NOT_SENT: Outcome = { kind: 'not-sent', detail: 'the publisher is not running' };
const REFUSED: Outcome = { kind: 'try-later', detail: 'busy', notBefore: null };

test('a claim counts the temporary refusals of its approval, and not what was never sent', async () => {
  const storage = await openOrThrow(join(tempDir(), 'queue.sqlite'));
  onTestFinished(() => storage.close());
  const accountId = await makeAccount(storage, await makeBrand(storage), 'maison');
  const { ids } = await storage.posts.add([makePost(accountId)], NOW);
  let now = NOW;
  let keys = 0;

  async function attempt(outcome: Outcome) {
    const [claim] = await storage.posts.claimDue({
      now,
      limit: 4,
      perAccount: 1,
      epoch: 1,
      stopped: [],
      floors: [],
      newKey: () => `key${++keys}`,
    });
    if (!claim) throw new Error('nothing was due');
    const settlement = settleOutcome(claim, outcome, now);
    expect(await storage.posts.settle([settlement])).toEqual([]);
    now = settlement.retryAt ?? now;
    return { attempt: claim.attempt, refusals: claim.refusals, state: settlement.state };
  }

  expect(await attempt(NOT_SENT)).toEqual({ attempt: 1, refusals: 0, state: 'scheduled' });
  expect(await attempt(NOT_SENT)).toEqual({ attempt: 2, refusals: 0, state: 'scheduled' });
  expect(await attempt(REFUSED)).toEqual({ attempt: 3, refusals: 0, state: 'scheduled' });
  expect(await attempt(NOT_SENT)).toEqual({ attempt: 4, refusals: 1, state: 'scheduled' });
  const outcomes = (await storage.posts.attempts(ids[0] ?? 0)).map(({ outcome }) => outcome);
  expect(outcomes).toEqual(['not-sent', 'not-sent', 'try-later', 'not-sent']);

  now += 60_000;
  const later = { publishAt: now, localTime: '2027-01-15T09:09', timeZone: 'Europe/Paris' };
  await storage.posts.reschedule([{ postId: ids[0] ?? 0, ...later }], now);
  expect(await attempt(REFUSED)).toEqual({ attempt: 1, refusals: 0, state: 'scheduled' });
  expect(await attempt(REFUSED)).toEqual({ attempt: 2, refusals: 1, state: 'scheduled' });
  expect(await attempt(REFUSED)).toEqual({ attempt: 3, refusals: 2, state: 'failed' });
});
