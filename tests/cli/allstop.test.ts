import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { readSurroundings } from '../../src-main/cli/control-place.ts';
import { serveControl } from '../../src-main/cli/control-socket.ts';
import { writePermit } from '../../src-main/stop/arming.ts';
import { readHostId } from '../../src-main/stop/host.ts';
import { openJournal } from '../../src-main/stop/journal.ts';
import { writeLatch } from '../../src-main/stop/latch.ts';
import { writeNames } from '../../src-main/stop/scope-names.ts';
import { stopPaths } from '../../src-main/stop/stop-files.ts';
import { openStorage } from '../../src-main/storage/open-storage.ts';
import { cleanEnv, inProcess } from './run-allstop.ts';
import { BAD, GOOD, HEADER, json, NO_POSTS, workplace } from './workplace.ts';

// Each command is a process of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 180_000 });

const place = workplace();
const { run, put, calendar, status, connect } = place;

describe('allstop status', () => {
  test('of a folder that never was says not-started, with every count, and makes nothing', async () => {
    const ran = await run('status', '--json');
    expect(ran.code).toBe(0);
    expect(json(ran)).toEqual({
      state: 'not-started',
      epoch: 0,
      stops: [],
      counts: NO_POSTS,
      inFlight: [],
      nextDueAt: null,
      problem: '',
      appRunning: false,
    });
    expect(existsSync(place.dataDir)).toBe(false);
    expect((await run('status')).out).toContain('Not started');
  });

  test('asks the app while it runs', async () => {
    mkdirSync(place.dataDir);
    const app = await serveControl({
      dataDir: place.dataDir,
      around: readSurroundings(cleanEnv()),
      onStatus: async () => ({
        state: 'publishing',
        epoch: 3,
        stops: [],
        counts: NO_POSTS,
        inFlight: [4],
        nextDueAt: null,
        problem: '',
      }),
      onStop: () => Promise.reject(new Error('not asked for')),
    });
    onTestFinished(() => app.close());
    expect(await status()).toMatchObject({ state: 'publishing', epoch: 3, inFlight: [4], appRunning: true });
  });

  test('names the brands that are stopped, and says when publishing starts again', async () => {
    const { names } = stopPaths(place.dataDir);
    writeNames(names, { brands: [{ id: 7, name: 'Maison Lune', market: 'France' }], accounts: [] });
    const endsAt = new Date('2027-01-15T09:30:05').getTime();
    const stop = { scope: { kind: 'brand', brandId: 7 }, engagedAt: 0, by: 'ana', reason: '' };
    const found = {
      state: 'publishing',
      epoch: 3,
      counts: NO_POSTS,
      inFlight: [],
      nextDueAt: null,
      problem: '',
    };
    const app = await serveControl({
      dataDir: place.dataDir,
      around: readSurroundings(cleanEnv()),
      onStatus: async () => ({
        ...found,
        stops: [stop],
        countdowns: [{ scope: { kind: 'everything' }, endsAt }],
      }),
      onStop: () => Promise.reject(new Error('not asked for')),
    });
    onTestFinished(() => app.close());
    const english = (await run('status')).out;
    expect(english).toContain('Publishing starts again at 09:30:05 (countdown).');
    expect(english).toContain('stop (brand Maison Lune) since 1970');
    expect(english).not.toContain('Publishing.');
    expect((await run('status', '--lang=fr')).out).toContain('arrêt (marque Maison Lune) depuis 1970');
  });

  test('of an app that is closed never says that it publishes', async () => {
    const paths = stopPaths(place.dataDir);
    mkdirSync(place.dataDir);
    writePermit(paths.permit, { epoch: 1, host: readHostId(), sendsFrom: 0, by: 'ana' });
    writeLatch(paths.latch, { state: 'armed', epoch: 1, stop: null });
    expect(await status()).toMatchObject({ state: 'publishing', appRunning: false });
    const { out } = await run('status');
    expect(out).toContain('Nothing is published while All Stop is not running.');
    expect(out).not.toContain('Publishing.');
  });

  test('of an app that hangs is not-confirmed, with counts null', async () => {
    mkdirSync(place.dataDir);
    const app = await inProcess(`
      import { serveControl } from '@/cli/control-socket.ts';
      import { readSurroundings } from '@/cli/control-place.ts';
      await serveControl({
        dataDir: ${JSON.stringify(place.dataDir)},
        around: readSurroundings(process.env),
        onStatus: async () => ({}),
        onStop: async () => ({}),
      });
      console.log('ready');
    `);
    app.kill('SIGSTOP');
    expect(await status()).toMatchObject({ state: 'not-confirmed', counts: null, appRunning: true });
    expect((await run('status')).out).toContain('does not answer');
  });

  test('of a database that somebody holds without answering is not-confirmed', async () => {
    await connect();
    const held = await openStorage({ path: join(place.dataDir, 'queue.sqlite'), now: Date.now });
    if (!held.ok) throw new Error(held.error.message);
    onTestFinished(() => held.value.close());
    expect(await status()).toMatchObject({ state: 'not-confirmed', counts: null, appRunning: true });
  });

  test('counts posts and tells the next, and what was in flight when the app ended', async () => {
    await connect();
    expect((await run('import', calendar(GOOD, GOOD.replace('09:30', '10:30')))).code).toBe(0);
    expect(await status()).toMatchObject({
      counts: { ...NO_POSTS, scheduled: 2 },
      nextDueAt: '2099-12-01T08:30:00.000Z',
      inFlight: [],
    });
  });

  test('of a corrupt or newer database still tells the state, and what is wrong', async () => {
    mkdirSync(place.dataDir);
    writeFileSync(
      join(place.dataDir, 'queue.sqlite'),
      'this is no database, not even a little bit of one'.repeat(100),
    );
    const found = await status();
    expect(found).toMatchObject({ state: 'not-started', counts: null, appRunning: false });
    expect(found.problem).toMatch(/damaged/u);
    const ran = await run('import', calendar(GOOD), '--json');
    expect([ran.code, json(ran)]).toMatchObject([2, { error: { code: 'database-corrupt' } }]);
  });
});

describe('while the app runs', () => {
  test('import, import-accounts and export exit 5 and name the screen', async () => {
    mkdirSync(place.dataDir);
    const app = await serveControl({
      dataDir: place.dataDir,
      around: readSurroundings(cleanEnv()),
      onStatus: async () => ({}),
      onStop: () => Promise.reject(new Error('not asked for')),
    });
    onTestFinished(() => app.close());
    for (const [command, screen] of [
      ['import', 'Import → Calendar'],
      ['import-accounts', 'Import → Accounts'],
      ['export', 'Import → Export'],
    ] as const) {
      const ran = await run(command, put('x.csv', HEADER), '--json');
      expect([ran.code, json(ran)]).toMatchObject([5, { error: { code: 'app-running' } }]);
      expect(ran.err).toContain(screen);
    }
  });

  test('a database held by somebody who does not answer is an app that runs', async () => {
    await connect();
    const held = await openStorage({ path: join(place.dataDir, 'queue.sqlite'), now: Date.now });
    if (!held.ok) throw new Error(held.error.message);
    onTestFinished(() => held.value.close());
    expect((await run('import', calendar(GOOD))).code).toBe(5);
  });
});

describe('allstop journal verify', () => {
  const write = () => {
    mkdirSync(place.dataDir);
    const paths = stopPaths(place.dataDir);
    const journal = openJournal({
      path: paths.journal,
      headPath: paths.journalHead,
      now: Date.now,
      monotonic: () => performance.now(),
    });
    for (const event of ['app.started', 'stop.engaged', 'stop.released'])
      journal.append({ event, by: 'ana' });
    journal.close();
    return paths.journal;
  };

  test('what was imported is recorded, and the chain stays whole', async () => {
    await connect();
    await run('import', calendar(GOOD, BAD), '--skip-bad');
    const lines = readFileSync(stopPaths(place.dataDir).journal, 'utf8').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { event: 'accounts.imported', control: 'command-line', details: { brands: 1, accounts: 2 } },
      { event: 'posts.planned', control: 'command-line', details: { how: 'imported', posts: [1] } },
      {
        event: 'calendar.imported',
        control: 'command-line',
        details: { file: 'calendar.csv', added: 1, known: 0, skipped: 1 },
      },
    ]);
    expect((await run('journal', 'verify')).code).toBe(0);
  });

  test('exits 0 where the chain is whole, also where there is none', async () => {
    expect((await run('journal', 'verify')).code).toBe(0);
    write();
    const ran = await run('journal', 'verify', '--json');
    expect([ran.code, json(ran)]).toEqual([0, { isWhole: true, records: 3, brokenAt: null, problem: '' }]);
  });

  test('exits 2 where a record was changed or is missing', async () => {
    const path = write();
    const whole = readFileSync(path, 'utf8');
    writeFileSync(path, whole.replace('stop.engaged', 'stop.released'));
    const changed = await run('journal', 'verify', '--json');
    expect([changed.code, json(changed)]).toMatchObject([2, { isWhole: false, brokenAt: 2 }]);
    writeFileSync(path, whole.split('\n').slice(0, 2).join('\n').concat('\n'));
    const cut = await run('journal', 'verify');
    expect([cut.code, cut.err]).toEqual([2, expect.stringContaining('broken')]);
  });
});

describe('what is not understood', () => {
  test.each([['help'], ['--help'], ['-h']])('%s is the help, and no mistake', async (word) => {
    const ran = await run(word);
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(ran.out).toMatch(/^allstop: All Stop from a terminal/u);
  });

  test('exits 2 with the help', async () => {
    for (const args of [
      [],
      ['frobnicate'],
      ['import'],
      ['import', 'a', 'b'],
      ['status', '--verbose'],
      ['journal', 'eat'],
    ]) {
      const ran = await run(...args);
      expect([ran.code, ran.out], args.join(' ')).toEqual([2, '']);
      expect(ran.err.length).toBeGreaterThan(10);
    }
    expect((await run('--help')).out).toContain('Exit codes');
    expect((await run('--help', '--lang=fr')).out).toContain('Codes de sortie');
  });
});
