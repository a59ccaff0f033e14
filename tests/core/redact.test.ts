import { expect, test } from 'vitest';
import { withoutSecrets } from '../../src-main/core/redact.ts';

const TOKEN = '12:a/b c';

test('a secret is taken out as it is and as addresses write it', () => {
  const text = `at https://x/${TOKEN} or ${encodeURIComponent(TOKEN)} or ${encodeURI(TOKEN)}`;
  expect(withoutSecrets(text, [TOKEN])).toBe('at https://x/… or … or …');
});

test('of two secrets of which one holds the other nothing is left', () => {
  expect(withoutSecrets('https://hooks/abcd-efgh', ['abcd', 'https://hooks/abcd-efgh'])).toBe('…');
});

test('what is too short to be a secret takes no words with it', () => {
  expect(withoutSecrets('the cat', ['cat', ''])).toBe('the cat');
});

test('half of a character, which no address can hold, is no obstacle', () => {
  expect(withoutSecrets('x\ud800abc', ['\ud800abc'])).toBe('x…');
});
