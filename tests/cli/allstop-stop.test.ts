import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { writePermit } from '../../src-main/stop/arming.ts';
import { readHostId } from '../../src-main/stop/host.ts';
import { readLatch, writeLatch } from '../../src-main/stop/latch.ts';
import { writeNames } from '../../src-main/stop/scope-names.ts';
import { stopPaths } from '../../src-main/stop/stop-files.ts';
import { readPublishingFiles } from '../../src-main/stop/stop-from-outside.ts';
import { tempDir } from '../support/temp-dir.ts';
import { allstop, allstopUntil, ended, inProcess } from './run-allstop.ts';

// Each command is a process of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 180_000 });

/** A data folder in which publishing is permitted. */
function armedFolder(): string {
  const dataDir = tempDir();
  const paths = stopPaths(dataDir);
  writePermit(paths.permit, { epoch: 1, host: readHostId(), sendsFrom: 0, by: 'ana' });
  writeLatch(paths.latch, { state: 'armed', epoch: 1, stop: null });
  writeNames(paths.names, { brands: [{ id: 7, name: 'Maison Lune', market: 'France' }], accounts: [] });
  expect(readPublishingFiles(dataDir).state).toBe('publishing');
  return dataDir;
}

const publisher = (dataDir: string) =>
  inProcess(`
    import { writePublisherPid } from '@/stop/publisher-pid.ts';
    writePublisherPid(${JSON.stringify(stopPaths(dataDir).publisherPid)});
    setInterval(() => {}, 1000);
    console.log('ready');
  `);

/** A process that listens like the app; `onStop` is the body of its answer to a stop. */
const app = (dataDir: string, onStop: string) =>
  inProcess(`
    import { serveControl } from '@/cli/control-socket.ts';
    import { readSurroundings } from '@/cli/control-place.ts';
    import { appendFileSync } from 'node:fs';
    import { removePermit } from '@/stop/permit.ts';
    import { writeNarrow } from '@/stop/narrow-stops.ts';
    const stopEverything = () => removePermit(${JSON.stringify(stopPaths(dataDir).permit)});
    const stopBrand = () => writeNarrow(${JSON.stringify(stopPaths(dataDir).stops)}, [{ endsAt: null, stop: {
      id: 'by-the-app', scope: { kind: 'brand', brandId: 7 }, control: 'command-line', by: '', reason: '', widenedFrom: '',
      epoch: 1, engagedAt: 1, isDurable: true, isSilent: true, todo: '', inFlight: [] } }]);
    await serveControl({
      dataDir: ${JSON.stringify(dataDir)},
      around: readSurroundings(process.env),
      onStatus: async () => ({ state: 'publishing', epoch: 1, stops: [], counts: null, inFlight: [], nextDueAt: null, problem: '' }),
      onStop: (request) => {
        appendFileSync(${JSON.stringify(join(dataDir, 'asked'))}, JSON.stringify(request));
        ${onStop}
      },
    });
    console.log('ready');
  `);

const stop = (dataDir: string, ...args: string[]) => allstop(['stop', `--data-dir=${dataDir}`, ...args]);
const json = ({ out }: { out: string }) => JSON.parse(out) as Record<string, unknown>;

describe('allstop stop, with the app closed', () => {
  test('removes the permit, keeps the stop and exits 0', async () => {
    const dataDir = armedFolder();
    const ran = await stop(dataDir, '--reason', 'attentat', '--by=ana');
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(ran.out).toContain('Stopped: every account of every brand');
    expect(existsSync(stopPaths(dataDir).permit)).toBe(false);
    expect(readPublishingFiles(dataDir)).toMatchObject({
      state: 'stopped',
      stops: [{ control: 'command-line', reason: 'attentat', by: 'ana', scope: { kind: 'everything' } }],
    });
  });

  test('of a scope whose value is missing stops everything in the folder that was given', async () => {
    const dataDir = armedFolder();
    const home = tempDir();
    const ran = await allstop(['stop', '--scope', `--data-dir=${dataDir}`], {
      HOME: home,
      XDG_CONFIG_HOME: home,
    });
    expect([ran.code, readdirSync(home)]).toEqual([0, []]);
    expect(ran.err).toContain('Not understood: --scope=…? So everything is stopped.');
    expect(existsSync(stopPaths(dataDir).permit)).toBe(false);
  });

  test('while stopped already keeps the reason where none was given before', async () => {
    const dataDir = armedFolder();
    await stop(dataDir);
    await stop(dataDir, '--reason', 'attentat');
    await stop(dataDir, '--reason', 'another');
    expect(readPublishingFiles(dataDir).stops).toMatchObject([{ reason: 'attentat' }]);
  });

  test('ends a publisher that was left alone', async () => {
    const dataDir = armedFolder();
    const child = await publisher(dataDir);
    const ran = await stop(dataDir, '--json');
    expect([ran.code, json(ran)]).toEqual([
      0,
      expect.objectContaining({ state: 'stopped', publisher: 'silent', appRunning: false }),
    ]);
    await ended(child);
    expect(child.signalCode).toBe('SIGKILL');
  });

  test('of one brand leaves the permit and covers the brand', async () => {
    const dataDir = armedFolder();
    const ran = await stop(dataDir, '--scope=brand:maison lune');
    expect([ran.code, ran.err]).toEqual([0, '']);
    expect(existsSync(stopPaths(dataDir).permit)).toBe(true);
    expect(readPublishingFiles(dataDir).stops).toMatchObject([{ scope: { kind: 'brand', brandId: 7 } }]);
  });

  test('of an unknown brand stops everything, warns and exits 0', async () => {
    const dataDir = armedFolder();
    const ran = await stop(dataDir, '--scope', 'brand:Nobody', '--json');
    expect(ran.code).toBe(0);
    expect(ran.err).toContain('“brand:Nobody” is not to be found');
    expect(json(ran)).toMatchObject({ scope: 'everything', widenedFrom: 'brand:Nobody' });
    expect(readPublishingFiles(dataDir).state).toBe('stopped');
  });

  test.each([
    ['--scope'],
    ['--now'],
    ['please'],
    ['--reason'],
    ['--json=maybe', '--scope=brand:Maison Lune'],
  ])('stops everything although the command line makes no sense (%s)', async (...args) => {
    const dataDir = armedFolder();
    const ran = await stop(dataDir, ...args);
    expect(ran.code).toBe(0);
    expect(ran.err).toContain('So everything is stopped');
    expect(existsSync(stopPaths(dataDir).permit)).toBe(false);
  });

  test.each(['latch', 'names', 'publisherPid'] as const)(
    'a pipe in place of “%s” keeps it from nothing: the permit goes before anything is read',
    async (which) => {
      const dataDir = armedFolder();
      const paths = stopPaths(dataDir);
      rmSync(paths[which], { force: true });
      execFileSync('mkfifo', [paths[which]]);
      const ran = await allstopUntil(['stop', `--data-dir=${dataDir}`], 30_000, 'SIGKILL');
      expect(existsSync(paths.permit)).toBe(false);
      // Of whom a pipe tells nothing it is not known whether they are alive.
      expect(ran.code).toBe(which === 'publisherPid' ? 3 : 0);
    },
  );

  test.each(['permit', 'latch', 'names', 'publisherPid', 'journal'] as const)(
    'a pipe in place of “%s” keeps neither a status nor a stop of one brand waiting',
    async (which) => {
      const dataDir = armedFolder();
      const paths = stopPaths(dataDir);
      rmSync(paths[which], { force: true });
      execFileSync('mkfifo', [paths[which]]);
      const status = await allstopUntil(['status', '--json', `--data-dir=${dataDir}`], 30_000, 'SIGKILL');
      expect(status.code).toBe(0);
      const isArmed = which !== 'permit' && which !== 'latch';
      expect(json(status)).toMatchObject({ state: isArmed ? 'publishing' : 'stopped' });
      const args = ['stop', '--scope', 'brand:Maison Lune', `--data-dir=${dataDir}`];
      const stopped = await allstopUntil(args, 30_000, 'SIGKILL');
      expect(stopped.code).toBe(which === 'publisherPid' ? 3 : 0);
    },
  );

  test('asks nobody in vain where a pipe lies in place of the file that names the socket', async () => {
    const dataDir = armedFolder();
    execFileSync('mkfifo', [join(dataDir, 'socket')]);
    const ran = await allstopUntil(['stop', `--data-dir=${dataDir}`], 30_000, 'SIGKILL');
    expect([ran.code, readPublishingFiles(dataDir).state]).toEqual([0, 'stopped']);
  });

  test('only says how it is used when asked for help', async () => {
    const dataDir = armedFolder();
    const ran = await stop(dataDir, '--help');
    expect([ran.code, existsSync(stopPaths(dataDir).permit)]).toEqual([0, true]);
    expect(ran.out).toContain('allstop stop');
  });

  test('exits 3 when the publisher cannot be told to be dead', async () => {
    const dataDir = armedFolder();
    writeFileSync(stopPaths(dataDir).publisherPid, 'no process name');
    const ran = await stop(dataDir, '--json');
    expect([ran.code, json(ran)]).toEqual([
      3,
      expect.objectContaining({ state: 'not-confirmed', isDurable: true }),
    ]);
    expect(ran.err).toContain('NOT CONFIRMED');
    expect(existsSync(stopPaths(dataDir).permit)).toBe(false);
  });

  test('exits 4 and says what to do by hand when nothing can be written', async () => {
    const file = join(tempDir(), 'a file');
    writeFileSync(file, '');
    const dataDir = join(file, 'data');
    const ran = await stop(dataDir, '--json');
    expect([ran.code, json(ran)]).toEqual([
      4,
      expect.objectContaining({ state: 'failed', isDurable: false }),
    ]);
    expect(ran.err).toContain(`delete the file ${join(dataDir, 'permit')}`);
  });

  test('makes a data folder that was never there, stops it and asks whether it is the right one', async () => {
    const dataDir = join(tempDir(), 'never', 'there');
    const ran = await stop(dataDir);
    expect(ran.code).toBe(0);
    expect(ran.err).toContain('Is it the right one?');
    expect(readPublishingFiles(dataDir).state).toBe('stopped');
  });

  test('takes the data folder from ALLSTOP_DATA_DIR, and speaks French where the session does', async () => {
    const dataDir = armedFolder();
    const ran = await allstop(['stop'], { ALLSTOP_DATA_DIR: dataDir, LC_ALL: 'fr_FR.UTF-8' });
    expect(ran.out).toContain('Arrêté : tous les comptes');
    expect(existsSync(stopPaths(dataDir).permit)).toBe(false);
  });

  test('loads no database, no time zones and no connector', async () => {
    const dataDir = armedFolder();
    const coverage = mkdtempSync(join(tmpdir(), 'as-loaded-'));
    onTestFinished(() => rmSync(coverage, { recursive: true, force: true }));
    await allstop(['stop', `--data-dir=${dataDir}`], { NODE_V8_COVERAGE: coverage });
    const loaded = readdirSync(coverage)
      .map((name) => readFileSync(join(coverage, name), 'utf8'))
      .join();
    expect(loaded).toContain('stop-from-outside.ts');
    expect(loaded).not.toMatch(/kysely|sqlite|temporal|csv-parse|\/connectors\//u);
  });
});

describe('allstop stop, with the app open', () => {
  const CONFIRMED = `{ isDurable: true, isSilent: true, widenedFrom: '', todo: '' }`;

  test('hands the stop to the app and exits 0 when it is confirmed', async () => {
    const dataDir = armedFolder();
    await app(dataDir, `stopBrand(); return Promise.resolve(${CONFIRMED})`);
    const ran = await stop(dataDir, '--scope', 'brand:Maison Lune', '--reason', 'crise', '--json');
    expect([ran.code, json(ran)]).toEqual([
      0,
      expect.objectContaining({ appRunning: true, state: 'stopped' }),
    ]);
    const asked = JSON.parse(readFileSync(join(dataDir, 'asked'), 'utf8')) as unknown;
    expect(asked).toMatchObject({ verb: 'stop', scopes: ['brand:Maison Lune'], reason: 'crise' });
    // The app does it; nothing was done behind its back.
    expect(existsSync(stopPaths(dataDir).permit)).toBe(true);
    expect(readPublishingFiles(dataDir).stops).toMatchObject([{ id: 'by-the-app' }]);
  });

  test.each([
    ['everything', []],
    ['one brand', ['--scope', 'brand:Maison Lune']],
    ['a brand that was widened', ['--scope', 'brand:Nobody']],
  ])('of %s reads the files back, and believes no answer they do not bear out', async (_, args) => {
    const dataDir = armedFolder();
    await app(dataDir, `return Promise.resolve(${CONFIRMED})`);
    const child = await publisher(dataDir);
    const ran = await stop(dataDir, '--json', ...args);
    expect([ran.code, json(ran)]).toEqual([
      0,
      expect.objectContaining({ state: 'stopped', isDurable: true, publisher: 'silent' }),
    ]);
    await ended(child);
    expect(child.signalCode).toBe('SIGKILL');
    const found = readPublishingFiles(dataDir);
    expect([found.state, found.stops.map(({ scope }) => scope)]).toEqual(
      args[1] === 'brand:Maison Lune'
        ? ['publishing', [{ kind: 'brand', brandId: 7 }]]
        : ['stopped', [{ kind: 'everything' }]],
    );
  });

  test('claims nothing for an answer where neither the files nor the publisher can be had', async () => {
    const dataDir = armedFolder();
    const { permit, latch, publisherPid } = stopPaths(dataDir);
    for (const path of [permit, latch]) {
      rmSync(path);
      mkdirSync(join(path, 'inside'), { recursive: true });
    }
    writeFileSync(publisherPid, 'no process name');
    await app(dataDir, `return Promise.resolve(${CONFIRMED})`);
    const ran = await stop(dataDir, '--json');
    expect([ran.code, json(ran)]).toEqual([
      4,
      expect.objectContaining({ state: 'failed', publisher: 'not-confirmed' }),
    ]);
  });

  test('waits for a confirmation that takes its time', async () => {
    const dataDir = armedFolder();
    await app(
      dataDir,
      `stopEverything(); return new Promise((resolve) => setTimeout(() => resolve(${CONFIRMED}), 600))`,
    );
    expect((await stop(dataDir)).code).toBe(0);
    // From outside the latch would have been written.
    expect(readLatch(stopPaths(dataDir).latch).state).toBe('armed');
  });

  test('stops from outside when the app hangs', async () => {
    const dataDir = armedFolder();
    const hung = await app(dataDir, `return Promise.resolve(${CONFIRMED})`);
    const child = await publisher(dataDir);
    hung.kill('SIGSTOP');
    const ran = await stop(dataDir, '--json');
    expect([ran.code, json(ran)]).toEqual([
      0,
      expect.objectContaining({ state: 'stopped', appRunning: true }),
    ]);
    await ended(child);
    expect(existsSync(stopPaths(dataDir).permit)).toBe(false);
    expect(ran.ms).toBeLessThan(10_000);
  });

  test('stops from outside when the app takes the stop and never confirms it', async () => {
    const dataDir = armedFolder();
    await app(dataDir, 'return new Promise(() => {})');
    const child = await publisher(dataDir);
    expect((await stop(dataDir)).code).toBe(0);
    await ended(child);
    expect(existsSync(stopPaths(dataDir).permit)).toBe(false);
  });

  test('stops from outside when the app fails at it, or answers nonsense', async () => {
    for (const answer of [
      `return Promise.reject(new Error('no'))`,
      `return Promise.resolve({ hello: 1 })`,
      `throw new Error('no')`,
    ]) {
      const dataDir = armedFolder();
      await app(dataDir, answer);
      expect((await stop(dataDir)).code, answer).toBe(0);
      expect(existsSync(stopPaths(dataDir).permit)).toBe(false);
    }
  });

  test('tries from outside what the app could not make durable, and does not claim more than it knows', async () => {
    const dataDir = armedFolder();
    await app(
      dataDir,
      `return Promise.resolve({ isDurable: false, isSilent: true, widenedFrom: '', todo: 'x' })`,
    );
    expect((await stop(dataDir)).code).toBe(0);
    expect(existsSync(stopPaths(dataDir).permit)).toBe(false);
    const other = armedFolder();
    writeFileSync(stopPaths(other).publisherPid, 'no process name');
    await app(
      other,
      `return Promise.resolve({ isDurable: true, isSilent: false, widenedFrom: '', todo: 'end it' })`,
    );
    expect((await stop(other)).code).toBe(3);
  });
});

test('a folder without a permit stays without one', async () => {
  const dataDir = tempDir();
  mkdirSync(join(dataDir, 'stops'));
  expect((await stop(dataDir)).code).toBe(0);
  expect(readPublishingFiles(dataDir).state).toBe('stopped');
});
