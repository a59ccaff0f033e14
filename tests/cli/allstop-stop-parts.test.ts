import { existsSync, writeFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { readHostId } from '../../src-main/stop/host.ts';
import { writeNarrow } from '../../src-main/stop/narrow-stops.ts';
import { writeNames } from '../../src-main/stop/scope-names.ts';
import { createStopDisk } from '../../src-main/stop/stop-disk.ts';
import { stopPaths } from '../../src-main/stop/stop-files.ts';
import { readPublishingFiles } from '../../src-main/stop/stop-from-outside.ts';
import { makeStop } from '../support/sample-stop.ts';
import { tempDir } from '../support/temp-dir.ts';
import { allstop } from './run-allstop.ts';
import { json } from './workplace.ts';

// Each command is a process of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 180_000 });

/** A data folder in which publishing is permitted, with two brands. */
function armedFolder(): string {
  const dataDir = tempDir();
  const paths = stopPaths(dataDir);
  expect(createStopDisk(paths, readHostId()).arm(1, 0, 'ana')).toBe(true);
  writeNames(paths.names, {
    brands: [
      { id: 7, name: 'Maison Lune', market: 'France' },
      { id: 8, name: 'Casa Roja', market: 'Spain' },
    ],
    accounts: [
      { id: 71, brandId: 7, network: 'mastodon', name: 'news' },
      { id: 81, brandId: 8, network: 'mastodon', name: 'news' },
      { id: 82, brandId: 8, network: 'bluesky', name: 'roja.example' },
    ],
  });
  return dataDir;
}

const stop = (dataDir: string, ...args: string[]) => allstop(['stop', `--data-dir=${dataDir}`, ...args]);

describe('allstop stop --scope', () => {
  test('of a market, a brand, a network and an account at once leaves the permit, and status names each', async () => {
    const dataDir = armedFolder();
    const scopes = ['market:spain', 'brand:maison lune', 'network:Mastodon', 'account:bluesky/roja.example'];
    const ran = await stop(dataDir, '--json', ...scopes.flatMap((scope) => ['--scope', scope]));
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(json(ran)).toMatchObject({ state: 'stopped', scope: scopes.join(', '), widenedFrom: '' });
    expect(existsSync(stopPaths(dataDir).permit)).toBe(true);
    const status = json(await allstop(['status', '--json', `--data-dir=${dataDir}`]));
    expect(status).toMatchObject({ state: 'publishing', epoch: 1 });
    expect((status.stops as { scope: unknown }[]).map(({ scope }) => scope)).toEqual(
      expect.arrayContaining([
        { kind: 'market', market: 'Spain' },
        { kind: 'brand', brandId: 7 },
        { kind: 'network', network: 'mastodon' },
        { kind: 'account', accountId: 82 },
      ]),
    );
    const { out } = await allstop(['status', `--data-dir=${dataDir}`]);
    for (const name of [
      'market Spain',
      'brand Maison Lune',
      'network mastodon',
      'account Casa Roja/bluesky/roja.example',
    ])
      expect(out).toContain(`stop (${name}) since`);
  });

  test('of an account whose name two have beside a brand stops everything, and keeps the brand', async () => {
    const dataDir = armedFolder();
    const ran = await stop(dataDir, '--scope=brand:Maison Lune', '--scope=account:mastodon/news', '--json');
    expect(ran.code).toBe(0);
    expect(ran.err).toContain('“account:mastodon/news” is not to be found');
    expect(json(ran)).toMatchObject({ scope: 'everything', widenedFrom: 'account:mastodon/news' });
    expect(readPublishingFiles(dataDir)).toMatchObject({
      state: 'stopped',
      stops: [{ scope: { kind: 'everything' } }, { scope: { kind: 'brand', brandId: 7 } }],
    });
  });

  test('exits 3 and keeps the part stopped where it is not known whether the publisher is dead', async () => {
    const dataDir = armedFolder();
    writeFileSync(stopPaths(dataDir).publisherPid, 'null');
    const ran = await stop(dataDir, '--scope=network:bluesky', '--scope=market:France', '--json');
    expect([ran.code, json(ran).state]).toEqual([3, 'not-confirmed']);
    expect(readPublishingFiles(dataDir)).toMatchObject({ state: 'publishing', stops: [{}, {}] });
  });

  test('says of a part that was released and counts down that nothing of it is in force', async () => {
    const dataDir = armedFolder();
    const released = {
      stop: makeStop({ scope: { kind: 'network', network: 'bluesky' } }),
      endsAt: Date.now() + 60_000,
    };
    writeNarrow(stopPaths(dataDir).stops, [released]);
    const ran = await allstop(['status', '--json', `--data-dir=${dataDir}`]);
    expect([ran.code, json(ran).stops]).toEqual([0, []]);
  });
});

test('the help names every kind of part, in both languages', async () => {
  for (const language of ['en', 'fr']) {
    const { out } = await allstop(['--help', `--lang=${language}`]);
    for (const kind of ['market:<', 'brand:<', 'network:<', 'account:<']) expect(out).toContain(kind);
  }
});
