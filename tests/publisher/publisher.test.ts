import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Outcome } from '../../src-main/core/connector.ts';
import { createSystemClock } from '../../src-main/desktop/system-clock.ts';
import { createPublisherHandle, type PublisherHandle } from '../../src-main/publisher/handle.ts';
import { spawnNodePublisher } from '../../src-main/publisher/node-child.ts';
import { accountContext, newKeyPair, sealFields } from '../../src-main/secrets/seal.ts';
import { writeNarrow } from '../../src-main/stop/narrow-stops.ts';
import { findPublisher } from '../../src-main/stop/publisher-pid.ts';
import { createStopDisk } from '../../src-main/stop/stop-disk.ts';
import { stopPaths } from '../../src-main/stop/stop-files.ts';
import { makeClaim } from '../support/claims.ts';
import { tempDir } from '../support/temp-dir.ts';

const ENTRY = resolve('src-main/publisher/main.ts');
const closers: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Receives webhooks; `hold` keeps answers back until it is called. */
async function receiver() {
  const seen: { id: string; at: number }[] = [];
  let waiting: (() => void)[] = [];
  let isHeld = false;
  const server: Server = createServer((request, response) => {
    seen.push({ id: String(request.headers['webhook-id']), at: performance.now() });
    request.resume();
    const answer = () => response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"1"}');
    if (isHeld) waiting.push(answer);
    else answer();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return {
    seen,
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`,
    hold: () => {
      isHeld = true;
    },
    letGo: () => {
      const all = waiting;
      waiting = [];
      for (const answer of all) answer();
    },
  };
}

const until = (isSo: () => boolean) => expect.poll(isSo, { timeout: 20_000, interval: 10 }).toBe(true);

/** An armed publisher in a real process, with a real permit, as soon as it runs: one that is slow to start finds its first lease run out. */
async function armed(change: { cap?: number; hasKey?: boolean } = {}) {
  const dir = tempDir();
  const paths = stopPaths(dir);
  const host = 'host-of-this-test';
  const disk = createStopDisk(paths, host);
  const keys = newKeyPair();
  let crashes = 0;
  const handle: PublisherHandle = createPublisherHandle({
    clock: createSystemClock(),
    where: { dataDir: dir, host },
    spawn: () => spawnNodePublisher(ENTRY),
    key: () => (change.hasKey === false ? null : keys.privateKey),
    cap: () => change.cap ?? 4,
    onPart: () => {},
    onRest: () => {},
    onCrash: () => {
      crashes += 1;
    },
    onTrouble: () => {},
  });
  closers.push(() => handle.close());
  expect(disk.arm(1, 0, 'test')).toBe(true);
  handle.arm(1);
  await until(() => findPublisher(paths.publisherPid) !== null);
  const claim = (id: number, url: string, brandId = 1) =>
    makeClaim({
      id,
      url,
      brandId,
      sealed: sealFields(keys.publicKey, accountContext(id), { secret: 'a signing secret' }),
    });
  return { dir, paths, disk, handle, claim, crashes: () => crashes };
}

const silence = (handle: PublisherHandle) => new Promise<void>((done) => handle.silence(done));

describe('the publisher', () => {
  test('sends what it is handed, and writes down who it is', async () => {
    const { url, seen } = await receiver();
    const { handle, claim, paths } = await armed();
    expect(await handle.send(claim(1, url))).toMatchObject({ kind: 'published' });
    expect(seen.map(({ id }) => id)).toEqual([claim(1, url).key]);
    expect(findPublisher(paths.publisherPid)).toMatchObject({ pid: expect.any(Number) });
  });

  test.each([
    ['the permit is removed', (dir: string) => rmSync(join(dir, 'permit'))],
    ['the permit is overwritten', (dir: string) => writeFileSync(join(dir, 'permit'), 'x')],
    [
      'the latch says stopped',
      (dir: string) =>
        writeFileSync(
          join(dir, 'latch'),
          JSON.stringify({ version: 1, state: 'stopped', epoch: 1, stop: null }),
        ),
    ],
    [
      'the folder of stops holds something it cannot read',
      (dir: string) => writeFileSync(join(dir, 'stops', 'brand-9.json'), '?'),
    ],
  ])('sends nothing once %s, without main saying a word', async (_, change) => {
    const { url, seen } = await receiver();
    const { handle, claim, dir, paths, disk } = await armed();
    expect(
      disk.removeNarrow([narrowStop({ kind: 'brand', brandId: 9 })])[0] || !existsSync(paths.stops),
    ).toBe(true);
    await handle.send(claim(1, url));
    const stop = { kind: 'brand', brandId: 8 } as const;
    writeNarrow(paths.stops, [{ stop: narrowStop(stop), endsAt: null }]);
    change(dir);
    expect(await handle.send(claim(2, url))).toMatchObject({ kind: 'not-sent' });
    expect(seen).toHaveLength(1);
  });

  test('sends for no brand a narrower stop covers, and for the others', async () => {
    const { url, seen } = await receiver();
    const { handle, claim, paths } = await armed();
    writeNarrow(paths.stops, [{ stop: narrowStop({ kind: 'brand', brandId: 2 }), endsAt: null }]);
    expect(await handle.send(claim(1, url, 2))).toMatchObject({ kind: 'not-sent' });
    expect(await handle.send(claim(2, url, 1))).toMatchObject({ kind: 'published' });
    writeNarrow(paths.stops, [
      { stop: narrowStop({ kind: 'brand', brandId: 2 }), endsAt: Date.now() + 60_000 },
    ]);
    expect(await handle.send(claim(3, url, 2))).toMatchObject({ kind: 'not-sent' });
    expect(seen).toHaveLength(1);
  });

  test('sends nothing when main has given no lease for a second', async () => {
    const { url, seen } = await receiver();
    const { handle, claim } = await armed();
    await handle.send(claim(1, url));
    handle.suspend();
    await new Promise((done) => setTimeout(done, 1_100));
    expect(await handle.send(claim(2, url))).toMatchObject({ kind: 'not-sent', detail: 'lease ran out' });
    handle.resume();
    expect(await handle.send(claim(3, url))).toMatchObject({ kind: 'published' });
    expect(seen).toHaveLength(2);
  });

  test('sends nothing later than the grace, and everything within it', async () => {
    const { url, seen } = await receiver();
    const { handle, claim } = await armed();
    const lateBy = (id: number, ms: number) => {
      const of = claim(id, url);
      return { ...of, post: { ...of.post, publishAt: Date.now() - of.brand.graceMs - ms } };
    };
    expect(await handle.send(lateBy(1, -60_000))).toMatchObject({ kind: 'published' });
    expect(await handle.send(lateBy(2, 1))).toEqual({ kind: 'not-sent', detail: 'late' });
    const noGrace = lateBy(3, -60_000);
    // The least grace is a minute.
    expect(await handle.send({ ...noGrace, brand: { ...noGrace.brand, graceMs: 0 } })).toEqual({
      kind: 'not-sent',
      detail: 'late',
    });
    expect(seen).toHaveLength(1);
  });

  test('silenced, it aborts what is in flight, says what it knows, and is gone', async () => {
    const server = await receiver();
    server.hold();
    const { handle, claim, paths } = await armed();
    const outcomes: Promise<Outcome>[] = [1, 2, 3].map((id) => handle.send(claim(id, server.url)));
    await until(() => server.seen.length === 3);
    expect(handle.inFlight({ kind: 'everything' })).toEqual([1, 2, 3]);
    await silence(handle);
    expect((await Promise.all(outcomes)).map(({ kind }) => kind)).toEqual([
      'unconfirmed',
      'unconfirmed',
      'unconfirmed',
    ]);
    await until(() => !handle.isAlive() && findPublisher(paths.publisherPid) === null);
    expect(await handle.send(claim(4, server.url))).toMatchObject({ kind: 'not-sent' });
  });

  test('silent, it stays until main has read what became of the call, however late main reads', async () => {
    const { url } = await receiver();
    const { handle, claim, paths } = await armed();
    writeNarrow(paths.stops, [{ stop: narrowStop({ kind: 'brand', brandId: 8 }), endsAt: null }]);
    const outcome = handle.send(claim(1, url, 8));
    const silent = silence(handle);
    // A main that waits for its disk: meanwhile it reads nothing.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 800);
    expect(existsSync(paths.publisherPid), 'it has not left').toBe(true);
    expect(await outcome).toMatchObject({ kind: 'not-sent' });
    await silent;
    await until(() => !handle.isAlive());
  });

  test('a narrower silence aborts only what it covers', async () => {
    const server = await receiver();
    server.hold();
    const { handle, claim } = await armed();
    const covered = handle.send(claim(1, server.url, 2));
    const other = handle.send(claim(2, server.url, 1));
    await until(() => server.seen.length === 2);
    await new Promise<void>((done) => handle.silenceScope({ kind: 'brand', brandId: 2 }, done));
    expect(await covered).toMatchObject({ kind: 'unconfirmed' });
    server.letGo();
    expect(await other).toMatchObject({ kind: 'published' });
  });

  test('killed in mid-flight, what it was sending is unconfirmed, and a new one goes on', async () => {
    const server = await receiver();
    server.hold();
    const { handle, claim, paths, crashes } = await armed();
    const outcome = handle.send(claim(1, server.url));
    await until(() => server.seen.length === 1);
    const { pid } = JSON.parse(readFileSync(paths.publisherPid, 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
    expect(await outcome).toMatchObject({ kind: 'unconfirmed' });
    expect(crashes()).toBe(1);
    server.letGo();
    await until(() => handle.isAlive() && findPublisher(paths.publisherPid) !== null);
    const next = await receiver();
    expect(await handle.send(claim(2, next.url))).toMatchObject({ kind: 'published' });
  });

  test('refuses more in flight than the cap', async () => {
    const server = await receiver();
    server.hold();
    const { handle, claim } = await armed({ cap: 2 });
    const first = [handle.send(claim(1, server.url)), handle.send(claim(2, server.url))];
    await until(() => server.seen.length === 2);
    expect(await handle.send(claim(3, server.url))).toMatchObject({
      kind: 'not-sent',
      detail: 'too many in flight',
    });
    server.letGo();
    expect((await Promise.all(first)).map(({ kind }) => kind)).toEqual(['published', 'published']);
  });

  test('without any key nothing is sent, and nothing is said of the account', async () => {
    const { url, seen } = await receiver();
    const { handle, claim } = await armed({ hasKey: false });
    expect(await handle.send(claim(1, url))).toEqual({
      kind: 'not-sent',
      detail: 'The key to the sign-ins is not available.',
    });
    expect(seen).toHaveLength(0);
  });

  test('an account whose box this key does not open counts as signed out, and nothing is sent', async () => {
    const { url, seen } = await receiver();
    const { handle, claim } = await armed();
    const stranger = { ...claim(1, url), sealed: sealFields(newKeyPair().publicKey, accountContext(1), {}) };
    expect(await handle.send(stranger)).toMatchObject({ kind: 'signed-out' });
    expect(seen).toHaveLength(0);
  });
});

function narrowStop(scope: { kind: 'brand'; brandId: number }) {
  return {
    id: `stop-${scope.brandId}`,
    epoch: 1,
    scope,
    control: 'command-line' as const,
    by: '',
    reason: '',
    widenedFrom: '',
    engagedAt: 0,
    isDurable: true,
    isSilent: true,
    todo: '',
    inFlight: [],
  };
}
