import { expect, it } from 'vitest';
import { type Asked, createSpeller } from '../../../../src-renderer/compose/spelling/speller.ts';

type Sent = Asked & { readonly id: number };

/** A worker that answers when it is told to. */
function slowWorker() {
  const sent: Sent[] = [];
  const worker: Parameters<typeof createSpeller>[0] = {
    postMessage: (asked: Sent) => void sent.push(asked),
    onmessage: null,
    onerror: null,
  };
  const speller = createSpeller(worker);
  return {
    speller,
    sent,
    async reply(found: unknown, to = -1) {
      const id = sent.at(to)?.id;
      worker.onmessage?.call(worker as Worker, new MessageEvent('message', { data: { id, found } }));
      await new Promise((resolve) => setImmediate(resolve));
    },
    settle: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

const asked = (text: string) => ({ language: 'en' as const, texts: [text], known: [] });
const meant = () => new AbortController().signal;

it('a check that was typed over before its turn never reaches the worker, and one of another field does', async () => {
  const { speller, sent, reply, settle } = slowWorker();
  const first = speller.check(asked('one'), meant());
  const typedOver = new AbortController();
  const second = speller.check(asked('one t'), typedOver.signal);
  const third = speller.check(asked('one two'), meant());
  const elsewhere = speller.check(asked('other field'), meant());
  await settle();
  expect(sent).toHaveLength(1);
  typedOver.abort();
  await expect(Promise.all([first, reply([['a']])])).resolves.toEqual([[['a']], undefined]);
  await expect(second).rejects.toThrow();
  await reply([['b']]);
  expect(await third).toEqual([['b']]);
  await reply([['c']]);
  expect(await elsewhere).toEqual([['c']]);
  expect(sent.map((one) => (one.kind === 'check' ? one.texts[0] : ''))).toEqual([
    'one',
    'one two',
    'other field',
  ]);
});

it('suggestions do not wait for checks that have not begun, and a check that fails lets the next have its turn', async () => {
  const { speller, sent, reply, settle } = slowWorker();
  const first = speller.check(asked('one'), meant());
  const second = speller.check(asked('two'), meant());
  const failed = expect(first).rejects.toThrow('The dictionary could not be read.');
  await settle();
  await reply(null);
  await failed;
  const suggested = speller.suggest('en', 'hte');
  expect(sent.map(({ kind }) => kind)).toEqual(['check', 'check', 'suggest']);
  await reply(['the']);
  expect(await suggested).toEqual(['the']);
  await reply([['b']], 1);
  expect(await second).toEqual([['b']]);
});
