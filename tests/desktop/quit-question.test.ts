import { expect, test } from 'vitest';
import { createQuitQuestion } from '../../src-main/desktop/quit-question.ts';

function rig(isNeeded: boolean) {
  const seen = { asked: 0, quits: 0 };
  let answer: (wantsToQuit: boolean) => void = () => {};
  let fail: (error: Error) => void = () => {};
  const question = createQuitQuestion({
    isNeeded: () => isNeeded,
    ask: () => {
      seen.asked += 1;
      return new Promise((resolve, reject) => {
        answer = resolve;
        fail = reject;
      });
    },
    quit: () => {
      seen.quits += 1;
    },
  });
  const later = () => new Promise((resolve) => setImmediate(resolve));
  return {
    seen,
    question,
    answer(wantsToQuit: boolean) {
      answer(wantsToQuit);
      return later();
    },
    fail() {
      fail(new Error('no display'));
      return later();
    },
  };
}

test('nothing is asked where nothing would be missed', () => {
  const { seen, question } = rig(false);
  question.quit();
  expect(seen).toEqual({ asked: 0, quits: 1 });
});

test('quitting while posts wait asks first, and goes on running when the person says so', async () => {
  const { seen, question, answer } = rig(true);
  question.quit();
  expect(seen).toEqual({ asked: 1, quits: 0 });
  await answer(false);
  expect(seen).toEqual({ asked: 1, quits: 0 });
  question.quit();
  await answer(true);
  expect(seen).toEqual({ asked: 2, quits: 1 });
});

test('a second quit during the question goes through; a second close does nothing', () => {
  const { seen, question } = rig(true);
  question.ask();
  question.ask();
  expect(seen).toEqual({ asked: 1, quits: 0 });
  question.quit();
  expect(seen).toEqual({ asked: 1, quits: 1 });
});

test('a question that cannot be shown does not keep the app open', async () => {
  const { seen, question, fail } = rig(true);
  question.quit();
  await fail();
  expect(seen).toEqual({ asked: 1, quits: 1 });
});
