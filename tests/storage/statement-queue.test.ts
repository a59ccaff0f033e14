import { expect, test } from 'vitest';
import { createStatementQueue, type Lane } from '../../src-main/storage/statement-queue.ts';

function takers(queue: ReturnType<typeof createStatementQueue>) {
  const order: string[] = [];
  const take = async (lane: Lane, name: string) => {
    const release = await queue.take(lane);
    order.push(name);
    await Promise.resolve();
    release();
  };
  return { order, take };
}

test('urgent callers go before ordinary ones, and each lane keeps the order of asking', async () => {
  const queue = createStatementQueue(() => undefined);
  const { order, take } = takers(queue);
  await Promise.all([
    take('ordinary', 'first'),
    take('ordinary', 'page'),
    take('urgent', 'claim'),
    take('ordinary', 'import'),
    take('urgent', 'settle'),
  ]);
  expect(order).toEqual(['first', 'claim', 'settle', 'page', 'import']);
});

test('one caller at a time has the connection, and giving it back twice does no harm', async () => {
  const queue = createStatementQueue(() => undefined);
  const first = await queue.take('ordinary');
  let second: (() => void) | null = null;
  let third: (() => void) | null = null;
  void queue.take('ordinary').then((release) => {
    second = release;
  });
  void queue.take('ordinary').then((release) => {
    third = release;
  });
  first();
  first();
  await Promise.resolve();
  await Promise.resolve();
  expect(second).not.toBeNull();
  expect(third).toBeNull();
});

test('closing waits for the one who has it and refuses all who wait or come later', async () => {
  const queue = createStatementQueue(() => undefined);
  const release = await queue.take('ordinary');
  const waiting = queue.take('urgent');
  let isClosed = false;
  const closing = queue.close().then(() => {
    isClosed = true;
  });
  await expect(waiting).rejects.toMatchObject({ code: 'database-closed' });
  await expect(queue.take('urgent')).rejects.toMatchObject({ code: 'database-closed' });
  expect(isClosed).toBe(false);
  release();
  await closing;
});

test('it says whether somebody waits and tells when it is free', async () => {
  let freed = 0;
  const queue = createStatementQueue(() => {
    freed += 1;
  });
  const release = await queue.take('ordinary');
  expect(queue.someoneWaits()).toBe(false);
  const next = queue.take('ordinary');
  expect(queue.someoneWaits()).toBe(true);
  release();
  expect(freed).toBe(0);
  (await next)();
  expect(freed).toBe(1);
});
