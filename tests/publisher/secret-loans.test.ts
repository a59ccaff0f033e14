import { expect, test } from 'vitest';
import { NoAnswer } from '../../src-main/core/connector.ts';
import type { ChildProcess } from '../../src-main/publisher/handle.ts';
import { createLender } from '../../src-main/publisher/lend-secrets.ts';
import type { FromPublisher } from '../../src-main/publisher/protocol.ts';
import { createSecretLoans } from '../../src-main/publisher/secret-loans.ts';
import { accountContext, newKeyPair, openFields, sealFields } from '../../src-main/secrets/seal.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const KEYS = newKeyPair();
const ACCOUNT = 7;
const box = (fields: Record<string, string>) => sealFields(KEYS.publicKey, accountContext(ACCOUNT), fields);
const opened = (sealed: string | undefined) => {
  const fields = openFields(KEYS.privateKey, accountContext(ACCOUNT), sealed ?? '');
  return fields.ok ? fields.value : null;
};

/** Main with one account, and processes that borrow from it. */
function open(replace?: (sealed: string) => Promise<boolean>) {
  const clock = createFakeClock();
  let sealed: string | undefined = box({ token: 'old', refresh: 'r0' });
  const lender = createLender({
    clock,
    sealedOf: async () => sealed ?? null,
    replace: async (_, next, seen) => {
      if (replace) return replace(next);
      if (sealed !== seen) return false;
      sealed = next;
      return true;
    },
  });
  function start() {
    let hear: (message: FromPublisher) => void = () => {};
    let leave = () => {};
    const loans = createSecretLoans((message) => hear(message));
    const child: ChildProcess = {
      pid: () => 1,
      post: (message) => {
        if (message.type === 'lent' || message.type === 'kept') loans.hear(message);
      },
      onMessage: (listener) => {
        hear = listener;
      },
      onExit: (listener) => {
        leave = listener;
      },
      kill: () => leave(),
    };
    lender.serve(child);
    return { loans, child };
  }
  return {
    clock,
    start,
    kept: () => opened(sealed),
    forget: () => {
      sealed = undefined;
    },
  };
}
const key = () => KEYS.privateKey;

test('what is traded is kept before it is handed back', async () => {
  const main = open();
  const { loans } = main.start();
  const renewed = await loans.renew(ACCOUNT, key, async (kept) => {
    expect(kept).toEqual({ token: 'old', refresh: 'r0' });
    return { token: 'new', refresh: 'r1' };
  });
  expect(renewed).toEqual({ token: 'new', refresh: 'r1' });
  expect(main.kept()).toEqual(renewed);
});

test('two processes trade one after the other, and the second sees what the first got', async () => {
  const main = open();
  const trades: string[] = [];
  let letGo = () => {};
  const isLetGo = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const first = main.start().loans.renew(ACCOUNT, key, async (kept) => {
    trades.push(kept.refresh ?? '');
    await isLetGo;
    return { token: 'new', refresh: 'r1' };
  });
  const second = main.start().loans.renew(ACCOUNT, key, async (kept) => {
    trades.push(kept.refresh ?? '');
    return null;
  });
  letGo();
  expect(await first).toEqual(await second);
  expect(trades).toEqual(['r0', 'r1']);
});

test('a process that dies in the middle, or never gives back, does not keep others from trading', async () => {
  const main = open();
  const never = new Promise<never>(() => {});
  const dying = main.start();
  void dying.loans.renew(ACCOUNT, key, () => never);
  const next = main.start().loans.renew(ACCOUNT, key, async () => ({ token: 'second' }));
  dying.child.kill();
  expect(await next).toEqual({ token: 'second' });
  void main.start().loans.renew(ACCOUNT, key, () => never);
  const third = main.start().loans.renew(ACCOUNT, key, async () => ({ token: 'third' }));
  await new Promise((resolve) => setImmediate(resolve));
  await main.clock.advance(60_000);
  expect(await third).toEqual({ token: 'third' });
});

test('what could not be kept is not used, and that is said', async () => {
  for (const replace of [
    async () => false,
    async () => {
      throw new Error('the disk is full');
    },
  ]) {
    const main = open(replace);
    const error = await main
      .start()
      .loans.renew(ACCOUNT, key, async () => ({ token: 'new' }))
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NoAnswer);
    expect(error).toMatchObject({ sent: false, message: expect.stringContaining('could not be kept') });
    expect(main.kept()).toEqual({ token: 'old', refresh: 'r0' });
  }
});

test('without the key, or an account, nothing is traded', async () => {
  const main = open();
  const trade = async () => {
    throw new Error('traded');
  };
  expect(
    await main
      .start()
      .loans.renew(ACCOUNT, () => null, trade)
      .catch((e: unknown) => e),
  ).toBeInstanceOf(NoAnswer);
  main.forget();
  expect(
    await main
      .start()
      .loans.renew(ACCOUNT, key, trade)
      .catch((e: unknown) => e),
  ).toBeInstanceOf(NoAnswer);
});

test('a trade that fails changes nothing and lets the next one try', async () => {
  const main = open();
  const { loans } = main.start();
  const failing = loans.renew(ACCOUNT, key, async () => {
    throw new Error('refused');
  });
  await expect(failing).rejects.toThrow('refused');
  expect(main.kept()).toEqual({ token: 'old', refresh: 'r0' });
  expect(await loans.renew(ACCOUNT, key, async () => ({ token: 'new' }))).toEqual({ token: 'new' });
});
