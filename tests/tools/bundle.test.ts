import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprint } from '../../tools/bundle.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'all-stop-bundle-test-'));
  mkdirSync(join(root, 'src-main/core'), { recursive: true });
  writeFileSync(join(root, 'src-main/core/a.ts'), 'export const a = 1;\n');
  writeFileSync(join(root, 'package.json'), '{}');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('what was built from stays the same when files are only touched', async () => {
  const before = await fingerprint(root);
  utimesSync(join(root, 'src-main/core/a.ts'), new Date(), new Date());
  expect(await fingerprint(root)).toBe(before);
});

test.each([
  ['a changed file', () => writeFileSync(join(root, 'src-main/core/a.ts'), 'export const a = 2;\n')],
  ['a new file', () => writeFileSync(join(root, 'src-main/core/b.ts'), '')],
  ['a removed file', () => rmSync(join(root, 'src-main/core/a.ts'))],
  ['a changed dependency', () => writeFileSync(join(root, 'package-lock.json'), '{}')],
])('%s asks for a new build', async (_, change) => {
  const before = await fingerprint(root);
  change();
  expect(await fingerprint(root)).not.toBe(before);
});
