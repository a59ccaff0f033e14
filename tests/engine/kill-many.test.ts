import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PostState } from '../../src-main/core/post.ts';
import { createStop } from '../../src-main/core/stop.ts';
import { createStopDisk } from '../../src-main/stop/stop-disk.ts';
import { stopPaths } from '../../src-main/stop/stop-files.ts';
import { openOrThrow } from '../storage/sample-posts.ts';
import { bundleProcess } from '../support/bundle-process.ts';
import { auditEngine } from '../support/engine-audit.ts';
import type { Arrival } from '../support/engine-server.ts';
import { createRandom } from '../support/engine-traffic.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import type { FromLife, LifeOrder, ToLife } from './killed-life.ts';

/** ALLSTOP_KILLS for a longer run, ALLSTOP_SEED to have one again. Beside `kill-loop.test.ts`, where each kill takes longer. */
const KILLS = Number(process.env.ALLSTOP_KILLS ?? '960');
const SEED = Number(process.env.ALLSTOP_SEED ?? Math.floor(Math.random() * 1e9));
/** Folders beside each other. */
const FOLDERS = 3;
const BRANDS = 3;
const ACCOUNTS_EACH = 3;

const closers: (() => Promise<void> | void)[] = [];
afterAll(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

let life = '';
let compiled = '';
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'all-stop-life-'));
  closers.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  compiled = join(folder, 'compiled');
  life = await bundleProcess('tests/engine/killed-life.ts', folder);
});

test.concurrent.each(Array.from({ length: FOLDERS }, (_, index) => SEED + index))(
  `killed ${Math.ceil(KILLS / FOLDERS)} times, it loses nothing, says nothing twice, and stays stopped (seed %i)`,
  { timeout: 60_000 + KILLS * 2_000 },
  async (seed) => {
    const folder = await createFolder(seed);
    const kills = Math.ceil(KILLS / FOLDERS);
    for (let kill = 0; kill < kills; kill += 1) await folder.live(kill, false);
    await folder.live(kills, true);
    const { broken, done } = await folder.audit();
    expect(broken, JSON.stringify({ seed, ...done })).toEqual([]);
    expect(done.kills).toBe(kills);
    if (kills >= 100) {
      expect(done.posts).toBeGreaterThan(kills / 2);
      expect(done.stops).toBeGreaterThan(kills / 40);
      expect(done.inTheMiddle, 'kills between a press and its acknowledgement').toBeGreaterThan(0);
    }
  },
);

type Standing = { readonly isPublishing: boolean; readonly stoppedBrands: readonly number[] };

async function createFolder(seed: number) {
  const random = createRandom(seed);
  const dir = mkdtempSync(join(tmpdir(), 'all-stop-kills-'));
  closers.push(() => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }));
  const dataDir = join(dir, 'data');
  mkdirSync(dataDir);
  const paths = stopPaths(dataDir);
  startPublishing();
  await fill();

  const arrivals: Arrival[] = [];
  const byPerson = new Map<number, PostState>();
  const broken: string[] = [];
  const done = { kills: 0, posts: 0, stops: 0, releases: 0, inTheMiddle: 0, booting: 0 };
  let expected: Standing | null = { isPublishing: true, stoppedBrands: [] };
  let current: Standing | null = null;
  let nextPost = 0;
  let clockMs = 0;
  let child: ChildProcess | null = null;
  let onHello = () => {};
  let heard = 0;
  let onHeard = () => {};

  /** However slow the machine: so many more things said. */
  async function heardMore(count: number): Promise<void> {
    const wanted = heard + count;
    while (heard < wanted)
      await new Promise<void>((resolve) => {
        onHeard = resolve;
      });
  }

  function hear(message: FromLife, socket: Socket): void {
    const answer = (line: ToLife) => {
      if (!socket.destroyed) socket.write(`${JSON.stringify(line)}\n`);
    };
    switch (message.type) {
      case 'hello': {
        const { isPublishing, stoppedBrands, unconfirmed } = message;
        if (expected) expect({ isPublishing, stoppedBrands }, 'after a restart').toEqual(expected);
        expected = { isPublishing, stoppedBrands };
        current = expected;
        const received = new Set(arrivals.map(({ key }) => key));
        const posts = unconfirmed.map(({ id, key }) => ({ id, isOut: received.has(key) }));
        for (const { id, isOut } of posts) byPerson.set(id, isOut ? 'published' : 'missed');
        answer({ type: 'settle', posts });
        onHello();
        return;
      }
      case 'added':
        nextPost = message.nextPost;
        return;
      case 'clock':
        clockMs = message.clockMs;
        return;
      case 'begins':
        expected = null;
        return;
      case 'acknowledged': {
        const { isPublishing, stoppedBrands } = message;
        const before = current?.stoppedBrands.length ?? 0;
        if (!isPublishing || stoppedBrands.length > before) done.stops += 1;
        else done.releases += 1;
        expected = { isPublishing, stoppedBrands };
        current = expected;
        return;
      }
      case 'post': {
        const { id, key, brand, account } = message;
        done.posts += 1;
        if (expected && (!expected.isPublishing || expected.stoppedBrands.includes(brand)))
          broken.push(`post ${id} of brand ${brand} left after its stop was acknowledged`);
        arrivals.push({
          ...{ key, brand, account, postId: id, publishAt: 0, taken: true, isOver: true },
          at: performance.now(),
          wall: Date.now(),
        });
        setTimeout(() => answer({ type: 'answer', id }), random.int(0, 15)).unref();
      }
    }
  }

  const sockets = new Set<Promise<void>>();
  const server = createServer((socket) => {
    const gone = new Promise<void>((closed) => socket.once('close', () => closed()));
    sockets.add(gone);
    void gone.then(() => sockets.delete(gone));
    socket.on('error', () => {});
    const lines = createInterface({ input: socket });
    // A killed process breaks its connection off; what it wrote before is there.
    lines.on('error', () => {});
    lines.on('line', (line) => {
      heard += 1;
      onHeard();
      try {
        hear(JSON.parse(line) as FromLife, socket);
      } catch (error) {
        // Half a line of a killed process is nothing it said.
        if (!(error instanceof SyntaxError)) broken.push(String(error));
      }
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  closers.push(() => void server.close());
  closers.push(() => void child?.kill('SIGKILL'));
  const { port } = server.address() as { port: number };

  function startPublishing(): void {
    const stop = createStop({
      clock: createFakeClock(Date.now()),
      newId: () => 'none',
      disk: createStopDisk(paths, 'host-of-this-test'),
      publisher: { arm() {}, silence() {}, silenceScope() {}, kill() {}, inFlight: () => [] },
      cancelTimers: () => {},
      wake: () => {},
      record: () => {},
    });
    stop.open();
    expect(stop.start('Zoé Martin').ok).toBe(true);
  }

  async function fill(): Promise<void> {
    const storage = await openOrThrow(join(dataDir, 'queue.sqlite'));
    for (let brand = 1; brand <= BRANDS; brand += 1) {
      const made = await storage.brands.create({
        name: `Brand ${brand}`,
        market: 'France',
        timeZone: 'Europe/Paris',
        graceMs: 300_000,
        colour: '#336699',
      });
      if (!made.ok) throw new Error(made.error.message);
      for (let account = 1; account <= ACCOUNTS_EACH; account += 1) {
        await storage.accounts.create({
          brandId: made.value.id,
          network: 'practice',
          name: `${brand}/${account}`,
          settings: {},
          sealed: null,
        });
      }
    }
    await storage.close();
  }

  /** One life: it says hello, works for a moment, and is killed; in some before it has said anything. */
  async function live(number: number, isLast: boolean): Promise<void> {
    const order: LifeOrder = { dataDir, port, seed: seed + number * 7_919, clockMs, nextPost, isLast };
    const env = { ...process.env, NODE_COMPILE_CACHE: compiled, UV_THREADPOOL_SIZE: '2' };
    const mine = spawn(process.execPath, [life, JSON.stringify(order)], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env,
    });
    child = mine;
    const gone = once(mine, 'exit');
    let hasSaidHello = false;
    const hello = new Promise<void>((resolve) => {
      onHello = () => {
        hasSaidHello = true;
        resolve();
      };
    });
    if (!isLast) {
      if (random.chance(0.1)) await Promise.race([gone, pause(random.int(0, 200))]);
      else {
        await Promise.race([gone, hello]);
        await Promise.race([gone, heardMore(random.int(0, 10))]);
        await Promise.race([gone, pause(random.int(0, 12))]);
      }
      if (mine.exitCode !== null) broken.push(`life ${number} ended by itself with ${mine.exitCode}`);
      mine.kill('SIGKILL');
      done.kills += 1;
    }
    await gone;
    // All it wrote before it died has to be heard before the next one starts; its connection may not even have been taken yet.
    for (let turn = 0; turn < 3; turn += 1) await new Promise((next) => setImmediate(next));
    await Promise.all(sockets);
    if (isLast) expect(mine.exitCode, 'of the last life').toBe(0);
    if (!hasSaidHello) done.booting += 1;
    else if (expected === null) done.inTheMiddle += 1;
  }

  async function audit() {
    const texts = Array.from({ length: nextPost }, (_, index) => `post ${index + 1}`);
    const audited = await auditEngine({ paths, arrivals, texts, byPerson, silences: [] });
    return { broken: [...broken, ...audited.broken], done };
  }

  return { live, audit };
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
