import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Storage } from '../../src-main/core/stores.ts';
import { expectSound, freshPath } from './fresh-storage.ts';
import { makeAccount, makeBrand, NOW, openOrThrow } from './sample-posts.ts';
import { IMPORT_ROWS, type Report } from './work-until-killed.ts';

const ROUNDS = 20;

/** Starts the worker, kills it after `ms` of work and returns what it said it had done. */
async function workAndKill(path: string, round: number, ms: number): Promise<readonly Report[]> {
  const worker = spawn(
    process.execPath,
    [join(import.meta.dirname, 'work-until-killed.ts'), path, `${round}`],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  onTestFinished(() => {
    worker.kill('SIGKILL');
  });
  let said = '';
  worker.stdout.once('data', () => setTimeout(() => worker.kill('SIGKILL'), ms));
  worker.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [code, signal] = (await once(worker, 'close')) as [number | null, string | null];
  expect([code, signal]).toEqual([null, 'SIGKILL']);
  return said
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Report);
}

async function expectKept(storage: Storage, reports: readonly Report[]): Promise<void> {
  const settled = new Set<number>();
  for (const report of reports) if (report.kind === 'settled') settled.add(report.id);
  const drafted = reports.filter(({ kind }) => kind === 'drafted');
  for (const report of reports) {
    switch (report.kind) {
      case 'added':
        expect(await storage.posts.readMany(report.ids)).toHaveLength(report.ids.length);
        break;
      case 'claimed': {
        const post = await storage.posts.read(report.id);
        // What was claimed and not reported as settled may have been settled in the last moment, but is not free again.
        expect(settled.has(report.id) ? ['published'] : ['publishing', 'published']).toContain(post?.state);
        const attempts = await storage.posts.attempts(report.id);
        expect(attempts.map(({ attempt, key }) => [attempt, key])).toEqual([[report.attempt, report.key]]);
        break;
      }
      case 'drafted':
        // Of older ones some are thinned out.
        if (report !== drafted.at(-1)) break;
        expect((await storage.drafts.versions(report.id)).map(({ content }) => content.parts)).toContainEqual(
          report.parts,
        );
        break;
      case 'settled':
        expect((await storage.posts.read(report.id))?.refs).toEqual([
          { id: `${report.id}`, url: report.url },
        ]);
        break;
      case 'importing':
      case 'imported': {
        const keys = Array.from({ length: IMPORT_ROWS }, (_, n) => `${report.name} ${n}`);
        const { size } = await storage.posts.knownKeys(keys);
        expect(report.kind === 'imported' ? [IMPORT_ROWS] : [0, IMPORT_ROWS]).toContain(size);
      }
    }
  }
}

test(`killed ${ROUNDS} times in the middle of its work, it keeps what it acknowledged and no half of anything`, async () => {
  const path = await freshPath();
  let storage = await openOrThrow(path);
  const brandId = await makeBrand(storage);
  for (let n = 0; n < 4; n += 1) await makeAccount(storage, brandId, `account ${n}`);
  await storage.close();

  let leftLogs = 0;
  const kinds = new Set<string>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const reports = await workAndKill(path, round, (round * 37) % 400);
    for (const { kind } of reports) kinds.add(kind);
    const log = await stat(`${path}-wal`).catch(() => null);
    if (log !== null && log.size > 0) leftLogs += 1;
    storage = await openOrThrow(path);
    await expectKept(storage, reports);
    const inFlight = (await storage.posts.counts()).publishing;
    expect(await storage.posts.recover(NOW)).toBe(inFlight);
    const unknown = await storage.posts.page({ states: ['unconfirmed'] }, 'soonest', 0, 500);
    await storage.posts.move(
      unknown.posts.map((post) => post.id),
      'missed',
      'looked-up',
      '',
      NOW,
    );
    await storage.close();
    if (round % 5 === 4) await expectSound(path);
  }
  expect(leftLogs).toBeGreaterThan(ROUNDS / 2);
  expect(kinds).toEqual(new Set(['added', 'drafted', 'claimed', 'settled', 'importing', 'imported']));
}, 120_000);
