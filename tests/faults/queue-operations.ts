import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from '../../src-main/core/connector.ts';
import type { Claim } from '../../src-main/core/queue.ts';
import { createScheduler, type Scheduler } from '../../src-main/core/scheduler.ts';
import type { Storage } from '../../src-main/core/stores.ts';
import { type Journal, openJournal } from '../../src-main/stop/journal.ts';
import { attemptEvents, settlementEvents } from '../../src-main/stop/journal-events.ts';
import { stopPaths } from '../../src-main/stop/stop-files.ts';
import { makeAccount, makeBrand, makePost, NOW, openOrThrow } from '../storage/sample-posts.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const EPOCH = 1;
/** More than the scheduler waits after the database failed it. */
const AFTER_TROUBLE_MS = 6_000;

type OnSend = (postId: number, key: string) => void;

/** Claim and settle, each with the scheduler, the database and the journal of the app. */
export const QUEUE_OPERATIONS = {
  claim: async (desk) => {
    return async () => {
      desk.scheduler.start();
      await desk.quiet();
    };
  },
  settle: async (desk) => {
    desk.scheduler.start();
    await desk.quiet();
    return async () => {
      desk.answerAll({ kind: 'published', refs: [{ id: 'r', url: 'https://example.org/r' }] });
      await desk.quiet();
    };
  },
} as const satisfies Record<string, (desk: Desk) => Promise<() => Promise<void>>>;
export type QueueOperation = keyof typeof QUEUE_OPERATIONS;

/** Two posts of two accounts, due now. Resolves with what is to be tried. */
export async function prepareQueue(operation: QueueOperation, dataDir: string, onSend: OnSend) {
  mkdirSync(dataDir, { recursive: true });
  const desk = await openDesk(dataDir, onSend);
  const brand = await makeBrand(desk.storage, { name: 'Maison Lune' });
  for (const name of ['one', 'two']) {
    const account = await makeAccount(desk.storage, brand, name);
    await desk.storage.posts.add([makePost(account, { text: name })], NOW);
  }
  return QUEUE_OPERATIONS[operation](desk);
}

export type Desk = {
  readonly storage: Storage;
  readonly journal: Journal;
  readonly scheduler: Scheduler;
  /** What is in flight is answered so. */
  answerAll(outcome: Outcome): void;
  /** Waits until nothing more happens, however often the database had to be tried again. */
  quiet(): Promise<void>;
};

export async function openDesk(dataDir: string, onSend: OnSend): Promise<Desk> {
  const paths = stopPaths(dataDir);
  const storage = await openOrThrow(join(dataDir, 'queue.sqlite'));
  const clock = createFakeClock(NOW);
  const journal = openJournal({
    path: paths.journal,
    headPath: paths.journalHead,
    now: clock.now,
    monotonic: clock.monotonic,
  });
  let answers: ((outcome: Outcome) => void)[] = [];
  let keys = 0;
  let troubles = 0;
  let works = 0;
  /** Counts what the database is asked, so that its rest can be waited for. */
  const counted = <A extends unknown[], R>(ask: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      works += 1;
      try {
        return await ask(...args);
      } finally {
        works -= 1;
      }
    };
  };
  const { posts } = storage;
  const scheduler = createScheduler({
    queue: {
      ...posts,
      claimDue: counted(posts.claimDue),
      settle: counted(posts.settle),
      sweepMissed: counted(posts.sweepMissed),
      nextDueAt: counted(posts.nextDueAt),
    },
    clock,
    gate: { isOpen: () => true, epoch: () => EPOCH, covered: () => [], floors: () => [], swept: () => {} },
    send: ({ post, key }: Claim) => {
      onSend(post.id, key);
      return new Promise((resolve) => answers.push(resolve));
    },
    inFlightCap: () => 4,
    newKey: () => `key-${++keys}-${process.hrtime.bigint()}`,
    recordAttempts: (claims) =>
      void journal.appendSoon(attemptEvents(claims, EPOCH, ({ parts }) => parts.join())),
    recordSettlements: (settlements) => void journal.appendSoon(settlementEvents(settlements)),
    onMissed: () => {},
    onSettled: () => {},
    onSignedOut: () => {},
    onTrouble: (problem) => {
      if (problem) troubles += 1;
    },
  });
  const rest = async () => {
    for (let still = 0; still < 3; still = works === 0 ? still + 1 : 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    await journal.flush();
  };
  return {
    storage,
    journal,
    scheduler,
    answerAll(outcome) {
      const all = answers;
      answers = [];
      for (const answer of all) answer(outcome);
    },
    async quiet() {
      await rest();
      for (let turn = 0; turn < 2 && troubles > 0; turn += 1) {
        troubles = 0;
        await clock.advance(AFTER_TROUBLE_MS);
        await rest();
      }
    },
  };
}
