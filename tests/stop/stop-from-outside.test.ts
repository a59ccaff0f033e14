import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createSystemClock } from '../../src-main/desktop/system-clock.ts';
import { createPublisherHandle } from '../../src-main/publisher/handle.ts';
import { spawnNodePublisher } from '../../src-main/publisher/node-child.ts';
import { accountContext, newKeyPair, sealFields } from '../../src-main/secrets/seal.ts';
import { readHostId } from '../../src-main/stop/host.ts';
import { readLatch } from '../../src-main/stop/latch.ts';
import { readNarrowStops, writeNarrow } from '../../src-main/stop/narrow-stops.ts';
import { findPublisher, readStartTime } from '../../src-main/stop/publisher-pid.ts';
import { writeNames } from '../../src-main/stop/scope-names.ts';
import { createStopDisk } from '../../src-main/stop/stop-disk.ts';
import { stopPaths } from '../../src-main/stop/stop-files.ts';
import { readPublishingFiles, stopFromOutside } from '../../src-main/stop/stop-from-outside.ts';
import { makeClaim } from '../support/claims.ts';
import { until } from '../support/engine-rig.ts';
import { makeStop } from '../support/sample-stop.ts';
import { createStopFixture } from '../support/stop-fixture.ts';
import { tempDir } from '../support/temp-dir.ts';

const ENTRY = resolve('src-main/publisher/main.ts');

function folder(dir = tempDir()) {
  const paths = stopPaths(dir);
  const disk = createStopDisk(paths, readHostId());
  const stop = (scope = '', change: { by?: string; reason?: string } = {}) =>
    stopFromOutside({
      dataDir: dir,
      scopes: [scope],
      control: 'command-line',
      by: '',
      reason: '',
      ...change,
    });
  const arm = (epoch = 1) => {
    expect(disk.arm(epoch, 0, 'Zoé Martin')).toBe(true);
    writeNames(paths.names, { brands: [{ id: 2, name: 'Maison Verte', market: 'France' }], accounts: [] });
  };
  return { dir, paths, disk, stop, arm };
}

/** With a real publisher that is armed, alive and in the middle of a call nobody answers. */
async function publishing() {
  const made = folder();
  made.arm();
  let arrived = 0;
  const server = createServer(() => {
    arrived += 1;
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const keys = newKeyPair();
  let ended = 0;
  const handle = createPublisherHandle({
    clock: createSystemClock(),
    where: { dataDir: made.dir, host: readHostId() },
    spawn: () => spawnNodePublisher(ENTRY),
    key: () => keys.privateKey,
    cap: () => 4,
    onPart: () => {},
    onRest: () => {},
    onCrash: () => {
      ended += 1;
    },
    onTrouble: () => {},
  });
  onTestFinished(async () => {
    await handle.close();
    server.closeAllConnections();
    server.close();
  });
  handle.arm(1);
  const send = (id: number) =>
    handle.send(
      makeClaim({
        id,
        url,
        sealed: sealFields(keys.publicKey, accountContext(id), { secret: 'a signing secret' }),
      }),
    );
  // A process that is slow to start finds that its first lease ran out, and sends nothing: as in the app, it is tried again.
  let isNotSent = false;
  const sendAgain = () => {
    isNotSent = false;
    const sent = send(1);
    void sent.then(({ kind }) => {
      isNotSent = kind === 'not-sent';
    });
    return sent;
  };
  let outcome = sendAgain();
  await until('the call is under way', 20_000, () => {
    if (isNotSent) outcome = sendAgain();
    return arrived === 1;
  });
  const name = findPublisher(made.paths.publisherPid);
  if (name === null || name === 'unknown') throw new Error('it did not write down who it is');
  return { ...made, handle, send, outcome, pid: name.pid, ended: () => ended, arrived: () => arrived };
}

describe('a stop from outside, with a publisher alive', () => {
  test('ends it, removes the permit, and its main learns what became of the call', async () => {
    const { stop, paths, pid, outcome, ended, send, arrived } = await publishing();
    expect(stop('', { by: 'Zoé Martin', reason: 'Attack in the city' })).toEqual({
      isDurable: true,
      publisher: 'dead',
      widenedFrom: '',
      problem: '',
    });
    expect(readStartTime(pid)).toBeNull();
    expect(existsSync(paths.permit)).toBe(false);
    expect(readLatch(paths.latch)).toMatchObject({
      state: 'stopped',
      epoch: 2,
      stop: { control: 'command-line', by: 'Zoé Martin', reason: 'Attack in the city' },
    });
    expect(await outcome).toMatchObject({ kind: 'unconfirmed' });
    expect(ended()).toBe(1);
    // The one that is started in its place finds no permit.
    expect(await send(2)).toMatchObject({ kind: 'not-sent' });
    expect(arrived()).toBe(1);
  });

  test('of one brand ends it too, for what is in flight, and the others go on', async () => {
    const { stop, paths, pid, outcome, handle } = await publishing();
    expect(stop('brand:maison verte')).toEqual({
      isDurable: true,
      publisher: 'dead',
      widenedFrom: '',
      problem: '',
    });
    expect(readStartTime(pid)).toBeNull();
    expect(existsSync(paths.permit)).toBe(true);
    expect(readNarrowStops(paths.stops)).toMatchObject({
      ok: true,
      stops: [{ stop: { scope: { kind: 'brand', brandId: 2 }, control: 'command-line' }, endsAt: null }],
    });
    expect(await outcome).toMatchObject({ kind: 'unconfirmed' });
    await until('another is started', 10_000, () => handle.isAlive());
  });

  test('also when no file can be written, and says that this does not last', async () => {
    const { stop, paths, pid } = await publishing();
    for (const path of [paths.permit, paths.latch]) {
      rmSync(path);
      mkdirSync(join(path, 'inside'), { recursive: true });
    }
    const stopped = stop();
    expect(stopped).toMatchObject({ isDurable: false, publisher: 'dead' });
    expect(stopped.problem).toContain('could not be removed');
    expect(readStartTime(pid)).toBeNull();
  });

  test('says that it does not know when nobody tells who the publisher is', async () => {
    const { stop, paths, pid } = await publishing();
    writeFileSync(paths.publisherPid, 'null');
    expect(stop()).toMatchObject({ isDurable: true, publisher: 'not-confirmed' });
    expect(readStartTime(pid)).not.toBeNull();
  });
});

describe('a stop from outside, with nothing running', () => {
  test('holds at the next start, with who and why', () => {
    const { dir, arm, stop } = folder();
    arm();
    expect(stop('everything', { reason: 'Attack in the city' })).toEqual({
      isDurable: true,
      publisher: 'not-found',
      widenedFrom: '',
      problem: '',
    });
    const { stop: next } = createStopFixture(dir);
    expect(next.open()).toMatchObject({
      state: 'stopped',
      epoch: 2,
      stops: [{ control: 'command-line', reason: 'Attack in the city', scope: { kind: 'everything' } }],
    });
  });

  test('works in a folder that never was one', () => {
    const dir = join(tempDir(), 'not', 'there', 'yet');
    expect(folder(dir).stop()).toMatchObject({ isDurable: true, problem: '' });
    expect(readPublishingFiles(dir)).toMatchObject({ state: 'stopped', epoch: 1 });
  });

  test('a second one keeps the words of the first and makes the epoch rise', () => {
    const { arm, stop, paths } = folder();
    arm(7);
    stop('', { reason: 'the first' });
    stop('', { reason: 'the second' });
    expect(readLatch(paths.latch)).toMatchObject({ epoch: 9, stop: { reason: 'the first', epoch: 8 } });
  });

  test.each([
    ['no brand has this name', 'brand:Maison Bleue', () => {}],
    ['it is no scope', 'Maison Verte', () => {}],
    ['the index of names is gone', 'brand:Maison Verte', (dir: string) => rmSync(stopPaths(dir).names)],
    ['the index is damaged', 'brand:Maison Verte', (dir: string) => writeFileSync(stopPaths(dir).names, '{')],
  ])('stops everything when %s', (_, scope, change) => {
    const { dir, arm, stop, paths } = folder();
    arm();
    change(dir);
    expect(stop(scope)).toMatchObject({ isDurable: true, widenedFrom: scope });
    expect(existsSync(paths.permit)).toBe(false);
    expect(readLatch(paths.latch).stop).toMatchObject({
      scope: { kind: 'everything' },
      widenedFrom: scope,
    });
  });

  test('stops everything when the narrower stop cannot be written', () => {
    const { dir, arm, stop, paths } = folder();
    arm();
    mkdirSync(join(paths.stops, 'brand-2.json.new', 'inside'), { recursive: true });
    expect(stop('brand:Maison Verte')).toMatchObject({ isDurable: true, widenedFrom: 'brand:2' });
    expect(readPublishingFiles(dir).state).toBe('stopped');
  });

  test('a name longer than any file can keep stops everything all the same', () => {
    const { dir, arm, stop } = folder();
    arm();
    expect(stop(`brand:${'x'.repeat(100_000)}`)).toMatchObject({ isDurable: true, problem: '' });
    expect(readPublishingFiles(dir)).toMatchObject({
      state: 'stopped',
      stops: [{ control: 'command-line' }],
    });
  });

  test('is durable by the latch alone, and by the missing permit alone', () => {
    const byLatch = folder();
    byLatch.arm();
    rmSync(byLatch.paths.permit);
    mkdirSync(join(byLatch.paths.permit, 'inside'), { recursive: true });
    expect(byLatch.stop()).toMatchObject({ isDurable: true });
    expect(readLatch(byLatch.paths.latch).state).toBe('stopped');

    const byPermit = folder();
    byPermit.arm();
    rmSync(byPermit.paths.latch);
    mkdirSync(byPermit.paths.latch);
    expect(byPermit.stop()).toMatchObject({ isDurable: true });
    expect(existsSync(byPermit.paths.permit)).toBe(false);
    for (const { dir } of [byLatch, byPermit]) expect(readPublishingFiles(dir).state).toBe('stopped');
  });

  test.skipIf(process.getuid?.() === 0)('in a folder that may not be changed, the latch holds', () => {
    const { dir, arm, stop, paths } = folder();
    arm();
    chmodSync(dir, 0o500);
    onTestFinished(() => chmodSync(dir, 0o700));
    expect(stop()).toMatchObject({ isDurable: true });
    expect(existsSync(paths.permit)).toBe(true);
    expect(readPublishingFiles(dir).state).toBe('stopped');
  });

  test('ends nobody whose number the publisher once had', () => {
    const { arm, stop, paths } = folder();
    arm();
    writeFileSync(paths.publisherPid, JSON.stringify({ pid: process.pid, startedAt: '1' }));
    expect(stop()).toMatchObject({ isDurable: true, publisher: 'not-found' });
  });

  test('touches neither journal nor database', () => {
    const { arm, stop, paths, dir } = folder();
    arm();
    for (const path of [paths.journal, join(dir, 'queue.sqlite')]) writeFileSync(path, 'as it was');
    stop();
    for (const path of [paths.journal, join(dir, 'queue.sqlite')])
      expect(readFileSync(path, 'utf8')).toBe('as it was');
  });
});

describe('what the files say while nothing runs', () => {
  test.each([
    ['a fresh folder', () => {}, 'not-started'],
    ['an armed one', ({ arm }: ReturnType<typeof folder>) => arm(), 'publishing'],
    [
      'one whose permit was removed by hand',
      ({ arm, paths }: ReturnType<typeof folder>) => {
        arm();
        rmSync(paths.permit);
      },
      'stopped',
    ],
    [
      'one whose latch is gone',
      ({ arm, paths }: ReturnType<typeof folder>) => {
        arm();
        rmSync(paths.latch);
      },
      'stopped',
    ],
    [
      'one whose stops cannot be understood',
      ({ arm, paths }: ReturnType<typeof folder>) => {
        arm();
        writeFileSync(join(paths.stops, 'brand-1.json'), '?');
      },
      'stopped',
    ],
    [
      'one with a permit of another epoch',
      ({ arm, disk }: ReturnType<typeof folder>) => {
        arm();
        expect(disk.latchStop(5, makeStop())).toBe(true);
      },
      'stopped',
    ],
  ])('%s', (_, prepare, state) => {
    const made = folder();
    prepare(made);
    expect(readPublishingFiles(made.dir).state).toBe(state);
  });

  test('the stop of everything comes first, released narrower ones are left out', () => {
    const { dir, arm, paths, stop } = folder();
    arm();
    writeNarrow(paths.stops, [{ stop: makeStop({ scope: { kind: 'brand', brandId: 1 } }), endsAt: null }]);
    writeNarrow(paths.stops, [{ stop: makeStop({ scope: { kind: 'brand', brandId: 2 } }), endsAt: 5 }]);
    stop();
    expect(readPublishingFiles(dir).stops.map(({ scope }) => scope)).toEqual([
      { kind: 'everything' },
      { kind: 'brand', brandId: 1 },
    ]);
  });
});
