import { expect, test } from 'vitest';
import { clean } from '../../src-main/desktop/clean-text.ts';

test('a log line carries no credentials, queries or tokens', () => {
  const token = 'ya29.a0AfH6SMBx_verylongtokenthatnobodyshouldsee1234567890';
  for (const text of [
    `GET https://zoe:hunter2@example.org/api?access_token=${token} failed`,
    `authorization: Bearer ${token}`,
    `authorization: bearer abc`,
    `key ${'0123456789abcdef'.repeat(4)}`,
  ]) {
    expect(clean(text)).not.toMatch(/hunter2|verylongtoken|access_token|abc\b|0123456789abcdef0/u);
  }
});

test('what helps stays', () => {
  expect(clean("ENOENT: no such file or directory, open '/home/zoe/permit'")).toBe(
    "ENOENT: no such file or directory, open '/home/zoe/permit'",
  );
});

test('a text is cut to a length that a log can bear', () => {
  expect(clean('a b '.repeat(10_000)).length).toBeLessThanOrEqual(1_000);
});
