import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { readSurroundings } from '../../src-main/cli/control-place.ts';
import { serveControl } from '../../src-main/cli/control-socket.ts';
import { connectors } from '../../src-main/connectors/index.ts';
import { createKeyFile } from '../../src-main/secrets/key-file.ts';
import { accountContext, openFields } from '../../src-main/secrets/seal.ts';
import { openJournal } from '../../src-main/stop/journal.ts';
import { stopPaths } from '../../src-main/stop/stop-files.ts';
import { openStorage } from '../../src-main/storage/open-storage.ts';
import { PNG } from '../support/sample-content.ts';
import { tempDir } from '../support/temp-dir.ts';
import { allstop, allstopOnSmallDisk, allstopUntil, cleanEnv, inProcess } from './run-allstop.ts';

// Each command is a process of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 180_000 });

const ACCOUNTS = `brand,market,time_zone,network,name,url,secret
Maison Lune,France,Europe/Paris,practice,Lune,,
Maison Lune,France,Europe/Paris,webhook,hook,http://127.0.0.1:9/x,whsec_c2VjcmV0
`;
const HEADER = 'brand,network,account,publish_at,time_zone,text,link,media,alt_text,label';
const GOOD = 'Maison Lune,practice,Lune,2099-12-01 09:30,,Bonjour,,,,';
const BAD = 'Maison Lune,practice,Lune,2001-12-01 09:30,,Trop tard,,,,';

let dataDir: string;
let files: string;
beforeEach(() => {
  const dir = tempDir();
  dataDir = join(dir, 'data');
  files = join(dir, 'files');
  mkdirSync(files);
});

const run = (...args: string[]) => allstop([...args, `--data-dir=${dataDir}`]);
const put = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(files, name), content);
  return join(files, name);
};
const json = ({ out }: { out: string }) => JSON.parse(out) as Record<string, unknown>;
const status = async () => json(await run('status', '--json'));
const connect = async () =>
  expect((await run('import-accounts', put('accounts.csv', ACCOUNTS))).code).toBe(0);
const calendar = (...rows: string[]) => put('calendar.csv', [HEADER, ...rows, ''].join('\n'));

const NO_POSTS = {
  scheduled: 0,
  publishing: 0,
  published: 0,
  failed: 0,
  held: 0,
  missed: 0,
  canceled: 0,
  unconfirmed: 0,
};

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
    expect(existsSync(dataDir)).toBe(false);
    expect((await run('status')).out).toContain('Not started');
  });

  test('asks the app while it runs', async () => {
    mkdirSync(dataDir);
    const app = await serveControl({
      dataDir,
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

  test('of an app that hangs is not-confirmed, with counts null', async () => {
    mkdirSync(dataDir);
    const app = await inProcess(`
      import { serveControl } from '@/cli/control-socket.ts';
      import { readSurroundings } from '@/cli/control-place.ts';
      await serveControl({
        dataDir: ${JSON.stringify(dataDir)},
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
    const held = await openStorage({ path: join(dataDir, 'queue.sqlite'), now: Date.now });
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
    mkdirSync(dataDir);
    writeFileSync(
      join(dataDir, 'queue.sqlite'),
      'this is no database, not even a little bit of one'.repeat(100),
    );
    const found = await status();
    expect(found).toMatchObject({ state: 'not-started', counts: null, appRunning: false });
    expect(found.problem).toMatch(/damaged/u);
    const ran = await run('import', calendar(GOOD), '--json');
    expect([ran.code, json(ran)]).toMatchObject([2, { error: { code: 'database-corrupt' } }]);
  });
});

describe('allstop import', () => {
  test('adds a calendar, and nothing the second time', async () => {
    await connect();
    put('pixel.png', PNG);
    const path = calendar(
      GOOD,
      'maison lune,Practice,lune,2099-12-02T09:30+05:00,,"Fil\n---\nsuite",https://example.org,pixel.png,Un pixel,noël',
    );
    const first = await run('import', path, '--json');
    expect([first.code, json(first)]).toMatchObject([
      0,
      { rows: 2, newRows: 2, added: 2, known: 0, skipped: 0, problems: [] },
    ]);
    const again = await run('import', path, '--json');
    expect([again.code, json(again)]).toMatchObject([0, { newRows: 0, added: 0, known: 2 }]);
    const media = readdirSync(join(dataDir, 'media'));
    expect(media).toEqual([createHash('sha256').update(PNG).digest('hex')]);
    expect((await status()).counts).toMatchObject({ scheduled: 2 });
  });

  test('with a bad row exits 2 and adds nothing; with --skip-bad it adds the others', async () => {
    await connect();
    const path = calendar(GOOD, BAD);
    const refused = await run('import', path);
    expect(refused.code).toBe(2);
    expect(refused.out).toContain('Line 3, publish_at: This time has passed.');
    expect((await status()).counts).toEqual(NO_POSTS);
    const asJson = await run('import', path, '--json');
    expect(json(asJson)).toMatchObject({
      error: { code: 'bad-rows' },
      badRows: 1,
      problems: [{ line: 3, column: 'publish_at', reason: 'This time has passed.' }],
    });
    const skipped = await run('import', path, '--skip-bad', '--json');
    expect([skipped.code, json(skipped)]).toMatchObject([0, { added: 1, skipped: 1 }]);
  });

  test('with --dry-run only looks', async () => {
    await connect();
    const good = await run('import', calendar(GOOD), '--dry-run', '--json');
    expect([good.code, json(good)]).toMatchObject([0, { newRows: 1, added: 0, dryRun: true }]);
    expect((await run('import', calendar(GOOD, BAD), '--dry-run')).code).toBe(2);
    expect((await status()).counts).toEqual(NO_POSTS);
  });

  test('of what is no calendar says so in one sentence and exits 2', async () => {
    await connect();
    const cases: [string | Uint8Array, RegExp][] = [
      ['', /empty/u],
      [PNG, /not a text file/u],
      [
        Buffer.from(Array.from({ length: 5_000 }, (_, n) => 1 + ((n * 7_919) % 255))),
        /names none of the columns/u,
      ],
      ['a;b;c\n1;2;3\n', /names none of the columns/u],
      [`${HEADER}\n"never closed\n`, /never closed/u],
    ];
    for (const [content, sentence] of cases) {
      const ran = await run('import', put('garbage.csv', content));
      expect([ran.code, ran.err.trim().split('\n').length]).toEqual([2, 1]);
      expect(ran.err).toMatch(sentence);
    }
    const gone = await run('import', join(files, 'gone.csv'), '--lang=fr');
    expect([gone.code, gone.err.trim()]).toEqual([2, 'Ce fichier n’existe pas.']);
    expect((await status()).counts).toEqual(NO_POSTS);
  });

  test('warns of a plan that cannot go out in time', async () => {
    await connect();
    const rows = Array.from({ length: 400 }, (_, n) => GOOD.replace('Bonjour', `Bonjour ${n}`));
    const ran = await run('import', calendar(...rows), '--dry-run');
    expect(ran.code).toBe(0);
    expect(ran.err).toMatch(/Too much at one time: of 400 posts, \d+ could not go out/u);
  });

  test('finds files from where npm was called', async () => {
    await connect();
    calendar(GOOD);
    const ran = await allstop(['import', 'calendar.csv', '--dry-run', '--data-dir=../data'], {
      npm_lifecycle_event: 'allstop',
      INIT_CWD: files,
    });
    expect([ran.code, ran.out]).toEqual([0, expect.stringContaining('New: 1.')]);
  });

  test('adds nothing when the disk is full, says so, and can be done again', async () => {
    await connect();
    const path = calendar(
      ...Array.from({ length: 8_000 }, (_, n) => GOOD.replace('Bonjour', `Bonjour ${n}`)),
    );
    const full = await allstopOnSmallDisk(['import', path, `--data-dir=${dataDir}`], 600);
    expect([full.code, full.err]).toEqual([
      2,
      expect.stringMatching(/Nothing was added|disk is full|cannot be/u),
    ]);
    expect((await status()).counts).toEqual(NO_POSTS);
    expect((await run('import', path)).code).toBe(0);
    expect((await status()).counts).toMatchObject({ scheduled: 8_000 });
  });

  test('adds nothing when it is killed or called off in the middle, and can be done again', async () => {
    await connect();
    const path = calendar(
      ...Array.from({ length: 8_000 }, (_, n) => GOOD.replace('Bonjour', `Bonjour ${n}`)),
    );
    const whole = (await run('import', path, '--dry-run')).ms;
    for (const [part, signal] of [
      [0.8, 'SIGKILL'],
      [1.1, 'SIGKILL'],
      [1.1, 'SIGINT'],
      [1.3, 'SIGKILL'],
    ] as const) {
      const ran = await allstopUntil(['import', path, `--data-dir=${dataDir}`], whole * part, signal);
      const counts = (await status()).counts as typeof NO_POSTS;
      expect([0, 8_000], signal).toContain(counts.scheduled);
      if (ran.code === 2) expect(ran.err).toContain('nothing was added');
      if (counts.scheduled === 8_000) break;
    }
    expect((await run('import', path)).code).toBe(0);
    expect((await status()).counts).toMatchObject({ scheduled: 8_000 });
  });

  test('where the data folder cannot be made says so and exits 2', async () => {
    const file = put('file', '');
    const ran = await allstop(['import', calendar(GOOD), `--data-dir=${join(file, 'data')}`]);
    expect([ran.code, ran.err]).toEqual([2, expect.stringContaining('cannot be made')]);
  });
});

describe('allstop import-accounts', () => {
  test('keeps secrets where only this user can read them until there is a key', async () => {
    await connect();
    const pending = join(dataDir, 'secrets-pending.json');
    expect(statSync(pending).mode & 0o777).toBe(0o600);
    expect(readFileSync(pending, 'utf8')).toContain('whsec_c2VjcmV0');
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(dataDir)) {
      if (name !== 'secrets-pending.json' && name !== 'stops') {
        expect(readFileSync(join(dataDir, name)).includes('whsec_'), name).toBe(false);
      }
    }
    expect(readFileSync(stopPaths(dataDir).names, 'utf8')).toContain('Maison Lune');
  });

  test('seals secrets with the public key of the data folder', async () => {
    mkdirSync(dataDir, { mode: 0o700 });
    const key = await createKeyFile(dataDir, { store: 'passphrase', passphrase: 'a passphrase' }, false);
    if (!key.ok) throw new Error(key.error.message);
    await connect();
    expect(existsSync(join(dataDir, 'secrets-pending.json'))).toBe(false);
    const opened = await openStorage({ path: join(dataDir, 'queue.sqlite'), now: Date.now });
    if (!opened.ok) throw new Error(opened.error.message);
    onTestFinished(() => opened.value.close());
    const hook = (await opened.value.accounts.list()).find((account) => account.name === 'hook');
    const sealed = await opened.value.accounts.sealedOf(hook?.id ?? 0);
    expect(openFields(key.value.privateKey, accountContext(hook?.id ?? 0), sealed ?? '')).toEqual({
      ok: true,
      value: { secret: 'whsec_c2VjcmV0' },
    });
  });

  test('with a bad row exits 2 and adds nothing', async () => {
    const ran = await run('import-accounts', put('a.csv', `${ACCOUNTS}Nord,,,practice,x,,\n`), '--json');
    expect([ran.code, json(ran)]).toMatchObject([
      2,
      { brandsAdded: 0, accountsAdded: 0, problems: [{ line: 4, column: 'time_zone' }] },
    ]);
    const opened = await openStorage({ path: join(dataDir, 'queue.sqlite'), now: Date.now });
    if (!opened.ok) throw new Error(opened.error.message);
    onTestFinished(() => opened.value.close());
    expect(await opened.value.brands.list()).toEqual([]);
  });

  test('takes every network that needs no sign-in, and no other', async () => {
    const names = connectors.filter((one) => one.fromFile).map((one) => one.network);
    expect(names.sort()).toEqual(['practice', 'webhook']);
  });
});

describe('allstop export', () => {
  test('writes what importing reads back', async () => {
    await connect();
    await run('import', calendar(GOOD, GOOD.replace('Bonjour', '=1+1').replace('09:30', '10:30')));
    const out = join(files, 'out.csv');
    const ran = await run('export', out, '--json');
    expect([ran.code, json(ran)]).toMatchObject([0, { rows: 2, path: out }]);
    expect(readFileSync(out, 'utf8').split('\r\n')).toEqual([
      HEADER,
      'Maison Lune,practice,Lune,2099-12-01 09:30,Europe/Paris,Bonjour,,,,',
      "Maison Lune,practice,Lune,2099-12-01 10:30,Europe/Paris,'=1+1,,,,",
      '',
    ]);
    const again = await run('import', out, '--json');
    expect([again.code, json(again)]).toMatchObject([0, { added: 0, known: 2 }]);
    expect((await run('export', join(files, 'no', 'folder.csv'))).code).toBe(2);
  });
});

describe('while the app runs', () => {
  test('import, import-accounts and export exit 5 and name the screen', async () => {
    mkdirSync(dataDir);
    const app = await serveControl({
      dataDir,
      around: readSurroundings(cleanEnv()),
      onStatus: async () => ({}),
      onStop: () => Promise.reject(new Error('not asked for')),
    });
    onTestFinished(() => app.close());
    for (const [command, screen] of [
      ['import', 'Import'],
      ['import-accounts', 'Import, accounts'],
      ['export', 'export calendar'],
    ] as const) {
      const ran = await run(command, put('x.csv', HEADER), '--json');
      expect([ran.code, json(ran)]).toMatchObject([5, { error: { code: 'app-running' } }]);
      expect(ran.err).toContain(screen);
    }
  });

  test('a database held by somebody who does not answer is an app that runs', async () => {
    await connect();
    const held = await openStorage({ path: join(dataDir, 'queue.sqlite'), now: Date.now });
    if (!held.ok) throw new Error(held.error.message);
    onTestFinished(() => held.value.close());
    expect((await run('import', calendar(GOOD))).code).toBe(5);
  });
});

describe('allstop journal verify', () => {
  const write = () => {
    mkdirSync(dataDir);
    const paths = stopPaths(dataDir);
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
    const lines = readFileSync(stopPaths(dataDir).journal, 'utf8').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { event: 'accounts.imported', control: 'command-line', details: { brands: 1, accounts: 2 } },
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
