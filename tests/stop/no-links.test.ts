import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { stopIdOf } from '../../src-main/core/stop-state.ts';
import { readNarrowStops, writeNarrow } from '../../src-main/stop/narrow-stops.ts';
import { makeStop } from '../support/sample-stop.ts';
import { tempDir } from '../support/temp-dir.ts';

/** As on a memory stick, whose file system knows one name for each file. */
vi.mock('node:fs', async (load) => ({
  ...(await load<typeof import('node:fs')>()),
  linkSync: () => {
    throw Object.assign(new Error('EPERM: operation not permitted, link'), { code: 'EPERM' });
  },
}));

test('where a file can have one name only, each stop made in one step is a file of its own', () => {
  const dir = join(tempDir(), 'stops');
  const words = makeStop();
  const all = [1, 2, 3].map((brandId) => {
    const scope = { kind: 'brand', brandId } as const;
    return { stop: { ...words, id: stopIdOf('g', scope), scope }, endsAt: null };
  });
  expect(writeNarrow(dir, all)).toBe(true);
  expect(new Set(readdirSync(dir).map((name) => statSync(join(dir, name)).ino)).size).toBe(3);
  expect(readNarrowStops(dir)).toEqual({ ok: true, stops: all });
});
