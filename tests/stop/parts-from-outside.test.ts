import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeNarrow } from '../../src-main/stop/narrow-stops.ts';
import { readPermit } from '../../src-main/stop/permit.ts';
import { type ScopeNames, writeNames } from '../../src-main/stop/scope-names.ts';
import { createStopDisk } from '../../src-main/stop/stop-disk.ts';
import { stopPaths } from '../../src-main/stop/stop-files.ts';
import {
  isStopRecorded,
  readPublishingFiles,
  stopFromOutside,
} from '../../src-main/stop/stop-from-outside.ts';
import { makeStop } from '../support/sample-stop.ts';
import { createStopFixture } from '../support/stop-fixture.ts';
import { tempDir } from '../support/temp-dir.ts';

const HOST = 'host-of-this-test';

describe('a stop from outside of a part', () => {
  const names: ScopeNames = {
    brands: [
      { id: 2, name: 'Maison Verte', market: 'France' },
      { id: 3, name: 'Casa Roja', market: 'Spain' },
    ],
    accounts: [
      { id: 21, brandId: 2, network: 'bluesky', name: 'verte.example' },
      { id: 22, brandId: 2, network: 'mastodon', name: 'news' },
      { id: 31, brandId: 3, network: 'mastodon', name: 'news' },
    ],
  };
  const PARTS = [
    ['market:FRANCE', { kind: 'market', market: 'France' }],
    ['brand:casa roja', { kind: 'brand', brandId: 3 }],
    ['network:Mastodon', { kind: 'network', network: 'mastodon' }],
    ['account:bluesky/verte.example', { kind: 'account', accountId: 21 }],
    ['account:casa roja/mastodon/news', { kind: 'account', accountId: 31 }],
  ] as const;

  function armed() {
    const dir = tempDir();
    const paths = stopPaths(dir);
    expect(createStopDisk(paths, HOST).arm(1, 0, 'Zoé Martin')).toBe(true);
    writeNames(paths.names, names);
    const stopAll = (...scopes: readonly string[]) =>
      stopFromOutside({ dataDir: dir, scopes, control: 'command-line', by: '', reason: 'a storm' });
    return { dir, paths, stopAll };
  }

  test.each(PARTS)('%s leaves the permit, and holds at the next start', (text, scope) => {
    const { dir, paths, stopAll } = armed();
    expect(isStopRecorded(dir, [text])).toBe(false);
    expect(stopAll(text)).toEqual({ isDurable: true, publisher: 'not-found', widenedFrom: '', problem: '' });
    expect(isStopRecorded(dir, [text])).toBe(true);
    expect(readPermit(paths.permit, HOST).ok).toBe(true);
    const { stop } = createStopFixture(dir);
    expect(stop.open()).toMatchObject({
      state: 'publishing',
      stops: [{ scope, reason: 'a storm', control: 'command-line', isDurable: true }],
    });
    stop.close();
  });

  test('several at once are as many stops, and recorded when each of them is', () => {
    const { dir, paths, stopAll } = armed();
    const texts = PARTS.map(([text]) => text);
    expect(stopAll(...texts)).toMatchObject({ isDurable: true, widenedFrom: '' });
    const { stops } = readPublishingFiles(dir);
    expect(stops.map(({ scope }) => scope)).toEqual(expect.arrayContaining(PARTS.map(([, scope]) => scope)));
    expect(new Set(stops.map(({ id }) => id)).size).toBe(texts.length);
    expect(isStopRecorded(dir, texts)).toBe(true);
    rmSync(join(paths.stops, 'network-mastodon.json'));
    expect(isStopRecorded(dir, texts)).toBe(false);
    // One that counts down is not in force.
    const ended = makeStop({ scope: { kind: 'network', network: 'mastodon' } });
    writeNarrow(paths.stops, [{ stop: ended, endsAt: Date.now() + 60_000 }]);
    expect(isStopRecorded(dir, texts)).toBe(false);
  });

  test.each(['market:Italy', 'network:threads', 'account:bluesky/roja.example', 'account:mastodon/news'])(
    '%s beside one that is there stops everything and keeps the other',
    (text) => {
      const { dir, paths, stopAll } = armed();
      expect(stopAll('market:France', text)).toMatchObject({ isDurable: true, widenedFrom: text });
      expect(existsSync(paths.permit)).toBe(false);
      expect(readPublishingFiles(dir)).toMatchObject({
        state: 'stopped',
        stops: [{ scope: { kind: 'everything' }, widenedFrom: text }, { scope: { market: 'France' } }],
      });
    },
  );

  test('one of several that cannot be written stops everything, and says which were asked for', () => {
    const { dir, paths, stopAll } = armed();
    mkdirSync(join(paths.stops, 'network-mastodon.json.new', 'inside'), { recursive: true });
    const stopped = stopAll('brand:Casa Roja', 'network:mastodon');
    expect(stopped).toMatchObject({ isDurable: true, widenedFrom: 'brand:3, network:mastodon' });
    expect(readPublishingFiles(dir).state).toBe('stopped');
  });

  test('everything among several removes the permit, and the others stay beside it', () => {
    const { dir, paths, stopAll } = armed();
    expect(stopAll('brand:Casa Roja', 'everything')).toMatchObject({ isDurable: true, widenedFrom: '' });
    expect(existsSync(paths.permit)).toBe(false);
    expect(readPublishingFiles(dir).stops.map(({ scope }) => scope.kind)).toEqual(['everything', 'brand']);
  });
});
