import { execFile } from 'node:child_process';
import { chmodSync, linkSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { addPending, type PendingSecret, takePending } from '../../src-main/secrets/pending.ts';
import { accountContext, newKeyPair, openFields, sealFields } from '../../src-main/secrets/seal.ts';
import { dataFolder, filesWith, modeOf, namesIn } from './folder.ts';

const CANARY = 'canary-4711-hunter2';
const one: PendingSecret = { accountId: 1, fields: { secret: CANARY } };
const two: PendingSecret = { accountId: 2, fields: { secret: 'two', more: '' } };
const FILE = 'secrets-pending.json';

async function take(dir: string) {
  const taken = await takePending(dir);
  if (!taken.ok) throw new Error(taken.error.message);
  return taken.value;
}

describe('secrets that wait to be sealed', () => {
  test('there are none at first', async () => {
    const dir = dataFolder();
    expect(await take(dir)).toBeNull();
    expect(namesIn(dir)).toEqual([]);
  });

  test('are taken in the order in which they came, and are gone once forgotten', async () => {
    const dir = dataFolder();
    await addPending(dir, [one]);
    await addPending(dir, [two]);
    const taken = await take(dir);
    expect(taken?.entries).toEqual([one, two]);
    expect(namesIn(dir)).toEqual([FILE]);
    await taken?.forget();
    expect(namesIn(dir)).toEqual([]);
    await taken?.forget();
    expect(await take(dir)).toBeNull();
  });

  test('a later one of an account stands for an earlier one', async () => {
    const dir = dataFolder();
    const newer = { accountId: 1, fields: { secret: 'newer' } };
    await addPending(dir, [one, two]);
    await addPending(dir, [newer]);
    expect((await take(dir))?.entries).toEqual([two, newer]);
  });

  test('what was added after the taking stays', async () => {
    const dir = dataFolder();
    const newer = { accountId: 2, fields: { secret: 'newer' } };
    await addPending(dir, [one, two]);
    const taken = await take(dir);
    await addPending(dir, [newer]);
    await taken?.forget();
    expect((await take(dir))?.entries).toEqual([newer]);
  });

  test.skipIf(process.platform === 'win32')(
    'the file is for this user only, even where it was not',
    async () => {
      const dir = dataFolder();
      const before = process.umask(0);
      try {
        await addPending(dir, [one]);
        expect(modeOf(join(dir, FILE))).toBe(0o600);
        chmodSync(join(dir, FILE), 0o644);
        await addPending(dir, [two]);
        expect(modeOf(join(dir, FILE))).toBe(0o600);
      } finally {
        process.umask(before);
      }
    },
  );

  test('are overwritten before they are removed or replaced', async () => {
    const dir = dataFolder();
    await addPending(dir, [one]);
    linkSync(join(dir, FILE), join(dir, 'another name of the first file'));
    await addPending(dir, [two]);
    linkSync(join(dir, FILE), join(dir, 'another name of the second file'));
    await (await take(dir))?.forget();
    expect(namesIn(dir)).toHaveLength(2);
    for (const name of namesIn(dir)) expect(readFileSync(join(dir, name), 'utf8')).toMatch(/^\0+$/);
  });

  test('killed between taking and forgetting, they are taken again', async () => {
    const dir = dataFolder();
    await addPending(dir, [one, two]);
    const script = `
      import { takePending } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../src-main/secrets/pending.ts')).href)};
      const taken = await takePending(${JSON.stringify(dir)});
      process.stdout.write(String(taken.value.entries.length), () => process.kill(process.pid, 'SIGKILL'));
    `;
    const seen = await new Promise((resolve) => {
      execFile(process.execPath, ['--input-type=module', '-e', script], (error, stdout) =>
        resolve([error?.signal, stdout]),
      );
    });
    expect(seen).toEqual(['SIGKILL', '2']);
    expect((await take(dir))?.entries).toEqual([one, two]);
  });

  test('what a crash left half written is wiped and not believed', async () => {
    const dir = dataFolder();
    await addPending(dir, [two]);
    writeFileSync(join(dir, `${FILE}.new`), JSON.stringify([one]).slice(0, -3));
    expect((await take(dir))?.entries).toEqual([two]);
    expect(filesWith(dir, CANARY)).toEqual([]);
    writeFileSync(join(dir, `${FILE}.new`), JSON.stringify([one]));
    await addPending(dir, [two]);
    expect(namesIn(dir)).toEqual([FILE]);
    expect(filesWith(dir, CANARY)).toEqual([]);
  });

  test('a damaged file is refused, without its words, and left alone', async () => {
    const dir = dataFolder();
    for (const text of [
      `{"${CANARY}`,
      `["${CANARY}"]`,
      `[{"accountId":1,"fields":{"a":1,"b":"${CANARY}"}}]`,
      '{}',
    ]) {
      writeFileSync(join(dir, FILE), text);
      for (const answer of [await takePending(dir), await addPending(dir, [two])]) {
        expect(answer).toMatchObject({ ok: false, error: { code: 'pending-unreadable' } });
        expect(JSON.stringify(answer)).not.toContain(CANARY);
      }
      expect(readFileSync(join(dir, FILE), 'utf8')).toBe(text);
    }
  });

  test('a canary stands in no file but this one, and in none once it is sealed', async () => {
    const dir = dataFolder();
    await addPending(dir, [one]);
    expect(filesWith(dir, CANARY)).toEqual([FILE]);
    const keys = newKeyPair();
    const taken = await take(dir);
    const sealed = sealFields(keys.publicKey, accountContext(1), taken?.entries[0]?.fields ?? {});
    writeFileSync(join(dir, 'database'), sealed);
    await taken?.forget();
    expect(filesWith(dir, CANARY)).toEqual([]);
    expect(openFields(keys.privateKey, accountContext(1), sealed)).toEqual({ ok: true, value: one.fields });
  });
});
