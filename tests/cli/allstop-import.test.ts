import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { connectors } from '../../src-main/connectors/index.ts';
import { createKeyFile } from '../../src-main/secrets/key-file.ts';
import { accountContext, openFields } from '../../src-main/secrets/seal.ts';
import { stopPaths } from '../../src-main/stop/stop-files.ts';
import { openStorage } from '../../src-main/storage/open-storage.ts';
import { PNG } from '../support/sample-content.ts';
import { allstop, allstopOnSmallDisk, allstopUntil } from './run-allstop.ts';
import { ACCOUNTS, BAD, GOOD, HEADER, json, NO_POSTS, workplace } from './workplace.ts';

// Each command is a process of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 180_000 });

const place = workplace();
const { run, put, calendar, status, connect } = place;

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
    const media = readdirSync(join(place.dataDir, 'media'));
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
    const gone = await run('import', join(place.files, 'gone.csv'), '--lang=fr');
    expect([gone.code, gone.err.trim()]).toEqual([2, 'Ce fichier n’existe pas.']);
    expect((await status()).counts).toEqual(NO_POSTS);
  });

  test('reads the files of other tools, as it is told and says what it took for granted', async () => {
    await connect();
    const path = put(
      'sprout.csv',
      'date,time_24hr,message_text,Profile\n03/04/2099,10:00,Bonjour,Lune\n13/04/2099,10:00,Salut,elsewhere\n',
    );
    const zoneless = await run('import', path);
    expect([zoneless.code, zoneless.err]).toEqual([
      2,
      expect.stringMatching(
        /read as dmy.*“03\/04\/2099 10:00” is 2099-04-03 10:00.*belong to no time zone/su,
      ),
    ]);
    const said = ['--time-zone=brand', '--column', 'account=Profile'];
    const bad = await run('import', path, ...said);
    expect([bad.code, bad.out]).toEqual([
      2,
      expect.stringContaining('No account was chosen for “elsewhere”.'),
    ]);
    const account = 'elsewhere=Maison Lune/practice/Lune';
    const done = await run('import', path, ...said, '--account', account, '--json');
    expect([done.code, json(done)]).toMatchObject([0, { format: 'sprout-social', added: 2 }]);
    expect(done.err).toContain('“Lune” is read as Maison Lune/practice/Lune.');
    const id = String(json(done).importId);
    expect(json(await run('imports', '--json'))).toMatchObject({
      imports: [{ fileName: 'sprout.csv', posts: 2 }],
    });
    const undone = await run('undo-import', id);
    expect([undone.code, undone.out.trim()]).toEqual([0, 'Canceled 2 posts; left as they are: 0.']);
    const wrong: [string, RegExp][] = [
      ['--format=bufer', /--format “bufer” is not understood\. There are: agorapulse/u],
    ];
    for (const [option, sentence] of wrong) {
      const ran = await run('import', path, option);
      expect([ran.code, ran.err]).toEqual([2, expect.stringMatching(sentence)]);
    }
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
      INIT_CWD: place.files,
    });
    expect([ran.code, ran.out]).toEqual([0, expect.stringContaining('New: 1.')]);
  });

  test('adds nothing when the disk is full, says so, and can be done again', async () => {
    await connect();
    const path = calendar(
      ...Array.from({ length: 8_000 }, (_, n) => GOOD.replace('Bonjour', `Bonjour ${n}`)),
    );
    const full = await allstopOnSmallDisk(['import', path, `--data-dir=${place.dataDir}`], 600);
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
      const ran = await allstopUntil(['import', path, `--data-dir=${place.dataDir}`], whole * part, signal);
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
    const pending = join(place.dataDir, 'secrets-pending.json');
    expect(statSync(pending).mode & 0o777).toBe(0o600);
    expect(readFileSync(pending, 'utf8')).toContain('whsec_c2VjcmV0');
    expect(statSync(place.dataDir).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(place.dataDir)) {
      if (name !== 'secrets-pending.json' && name !== 'stops') {
        expect(readFileSync(join(place.dataDir, name)).includes('whsec_'), name).toBe(false);
      }
    }
    expect(readFileSync(stopPaths(place.dataDir).names, 'utf8')).toContain('Maison Lune');
  });

  test('seals secrets with the public key of the data folder', async () => {
    mkdirSync(place.dataDir, { mode: 0o700 });
    const key = await createKeyFile(
      place.dataDir,
      { store: 'passphrase', passphrase: 'a passphrase' },
      false,
    );
    if (!key.ok) throw new Error(key.error.message);
    await connect();
    expect(existsSync(join(place.dataDir, 'secrets-pending.json'))).toBe(false);
    const opened = await openStorage({ path: join(place.dataDir, 'queue.sqlite'), now: Date.now });
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
    const opened = await openStorage({ path: join(place.dataDir, 'queue.sqlite'), now: Date.now });
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
    const out = join(place.files, 'out.csv');
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
    expect((await run('export', join(place.files, 'no', 'folder.csv'))).code).toBe(2);
  });
});
