import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type AccountSecrets, importAccounts } from '../../src-main/calendar/import-accounts.ts';
import { connectors } from '../../src-main/connectors/index.ts';
import { readUrl } from '../../src-main/connectors/shared/server-url.ts';
import { type Desk, openDesk, put } from './desk-fixture.ts';

const HEADER = 'brand,market,time_zone,network,name,url,secret';

async function importInto(desk: Desk, text: string, options: { dryRun?: boolean; fails?: boolean } = {}) {
  const kept: AccountSecrets[] = [];
  const result = await importAccounts(
    {
      storage: desk.storage,
      connectors,
      readUrl,
      keepSecrets: async (secrets) => {
        if (options.fails) throw new Error('no room left');
        kept.push(...secrets);
        return 'pending';
      },
    },
    put(desk, 'accounts.csv', text),
    { dryRun: options.dryRun ?? false, language: 'en', signal: null },
  );
  return { result, kept, value: result.ok ? result.value : null };
}

const counts = async (desk: Desk) => [
  (await desk.storage.brands.list()).length,
  (await desk.storage.accounts.list()).length,
];

describe('importing accounts', () => {
  test('makes accounts and the brands they need, with secrets apart from settings', async () => {
    const desk = await openDesk();
    const { value, kept } = await importInto(
      desk,
      [
        HEADER,
        'Nord,Belgique,europe/brussels,webhook,Nord hook,https://hooks.example.org/nord,whsec_c2VjcmV0',
        'nord,,,practice,Nord,,',
        'MAISON LUNE,,,Webhook,local,http://127.0.0.1:8080/x,s3cret',
      ].join('\n'),
    );
    expect(value).toMatchObject({ brandsAdded: 1, accountsAdded: 3, known: 0, problems: [] });
    const brands = await desk.storage.brands.list();
    const nord = brands.find((brand) => brand.name === 'Nord');
    expect(nord).toMatchObject({ market: 'Belgique', timeZone: 'Europe/Brussels', graceMs: 300_000 });
    const accounts = await desk.storage.accounts.list();
    const hook = accounts.find((account) => account.name === 'Nord hook');
    expect(hook).toMatchObject({
      brandId: nord?.id,
      network: 'webhook',
      settings: { url: 'https://hooks.example.org/nord' },
    });
    expect(JSON.stringify(accounts)).not.toContain('whsec');
    expect(accounts.find((account) => account.name === 'Nord')?.settings).toEqual({
      behaviour: 'normal',
      slowMs: '3000',
    });
    expect(kept).toEqual([
      { accountId: hook?.id, fields: { secret: 'whsec_c2VjcmV0' } },
      { accountId: accounts.find((account) => account.name === 'local')?.id, fields: { secret: 's3cret' } },
    ]);
    expect(value?.notice).toContain('secrets-pending.json');
  });

  test('leaves accounts that are there as they are', async () => {
    const desk = await openDesk();
    const text = `${HEADER}\nMaison Lune,Mars,Europe/London,practice,LUNE,,\nMaison Lune,,,practice,New,,\n`;
    expect((await importInto(desk, text)).value).toMatchObject({
      brandsAdded: 0,
      accountsAdded: 1,
      known: 1,
    });
    expect((await importInto(desk, text)).value).toMatchObject({
      accountsAdded: 0,
      known: 2,
      notice: 'Brands that are there already keep their market and time zone.',
    });
    expect(await counts(desk)).toEqual([2, 4]);
  });

  test('gives a known account the secret it lacks, and only then', async () => {
    const desk = await openDesk();
    const text = `${HEADER}\nMaison Lune,,,webhook,hook,https://a.example/,abc\n`;
    expect((await importInto(desk, text)).kept).toHaveLength(1);
    expect((await importInto(desk, text)).kept).toHaveLength(1);
    const hook = (await desk.storage.accounts.list()).find((account) => account.name === 'hook');
    await desk.storage.accounts.setSealed(hook?.id ?? 0, 'sealed');
    expect((await importInto(desk, text)).kept).toEqual([]);
  });

  test('adds nothing when one row is bad, and names line, column and reason', async () => {
    const desk = await openDesk();
    const rows: [string, string, string][] = [
      ['Nord,,,practice,a,,', 'time_zone', 'needs a time zone'],
      ['Sud,,Europe/Pari,practice,a,,', 'time_zone', 'Did you mean “Europe/Paris”?'],
      [',,,practice,a,,', 'brand', 'There is no brand.'],
      ['Maison Lune,,,practise,a,,', 'network', 'Did you mean “practice”?'],
      ['Maison Lune,,,bluesky,a,,', 'network', 'need a sign-in'],
      ['Maison Lune,,,practice,,,', 'name', 'There is no name.'],
      [`${'N'.repeat(101)},,Europe/Paris,practice,a,,`, 'brand', '100'],
      ['Maison Lune,,,webhook,h1,http://example.org/,x', 'url', 'must be https'],
      ['Maison Lune,,,webhook,h2,ftp://example.org/,x', 'url', 'must be https'],
      ['Maison Lune,,,webhook,h3,https://a:b@example.org/,x', 'url', 'without name or password'],
      ['Maison Lune,,,webhook,h4,,x', 'url', 'Webhook needs this'],
      ['Maison Lune,,,webhook,h5,https://example.org/,', 'secret', 'Webhook needs this'],
      ['Maison Lune,,,webhook,h6,https://example.org/,x,y', '', 'The row has 8 cells'],
    ];
    const { value } = await importInto(
      desk,
      [HEADER, 'Est,,Europe/Paris,practice,fine,,', ...rows.map(([text]) => text)].join('\n'),
    );
    expect(value?.problems.map(({ line, column }) => [line, column])).toEqual(
      rows.map(([, column], n) => [n + 3, column]),
    );
    for (const [n, [, , reason]] of rows.entries()) expect(value?.problems[n]?.reason).toContain(reason);
    expect(await counts(desk)).toEqual([2, 3]);
  });

  test('refuses rows that contradict each other', async () => {
    const desk = await openDesk();
    const { value } = await importInto(
      desk,
      `${HEADER}\nNord,,Europe/Paris,practice,a,,\nNord,,Europe/London,practice,b,,\nMaison Lune,,,webhook,h,https://a.example/,1\nMaison Lune,,,webhook,H,https://b.example/,1\n`,
    );
    expect(value?.problems.map(({ line, column }) => [line, column])).toEqual([
      [3, 'time_zone'],
      [5, 'name'],
    ]);
    expect(await counts(desk)).toEqual([2, 3]);
  });

  test('only tells when asked to', async () => {
    const desk = await openDesk();
    const { value, kept } = await importInto(
      desk,
      `${HEADER}\nNord,,Europe/Paris,webhook,a,https://a.example/,x\n`,
      { dryRun: true },
    );
    expect(value).toMatchObject({ brandsAdded: 1, accountsAdded: 1 });
    expect([await counts(desk), kept]).toEqual([[2, 3], []]);
  });

  test('takes its accounts back when their secrets cannot be kept', async () => {
    const desk = await openDesk();
    const { result } = await importInto(desk, `${HEADER}\nMaison Lune,,,webhook,a,https://a.example/,x\n`, {
      fails: true,
    });
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'storage', message: expect.stringContaining('no room left') },
    });
    expect(await counts(desk)).toEqual([2, 3]);
  });

  test('refuses a file that is no such table', async () => {
    const desk = await openDesk();
    expect((await importInto(desk, 'brand,network\n')).result).toMatchObject({
      ok: false,
      error: { code: 'bad-header' },
    });
    const gone = await importAccounts(
      { storage: desk.storage, connectors, readUrl, keepSecrets: async () => 'sealed' },
      join(desk.dir, 'gone.csv'),
      { dryRun: false, language: 'fr', signal: null },
    );
    expect(gone).toMatchObject({
      ok: false,
      error: { code: 'no-file', message: 'Ce fichier n’existe pas.' },
    });
  });
});
