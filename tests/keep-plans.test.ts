import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createDirectory } from '../src-main/ipc/directory.ts';
import { createPlanPages } from '../src-main/keep-plans.ts';
import { freshStorage } from './storage/fresh-storage.ts';
import { makeAccount, makeBrand, NOW } from './storage/sample-posts.ts';
import { tempDir } from './support/temp-dir.ts';

const WORDS = {
  language: 'en',
  decisionMakers: [],
  toneRules: [],
  holdingMessage: '',
  steps: [],
} as const;

/** Three brands with a plan and an account with a tool each; `asked` tells how often the tools were read, and what the first reading waits for. */
async function threeBrands() {
  const { storage } = await freshStorage();
  const asked = { tools: 0, first: Promise.resolve() };
  const ids: number[] = [];
  for (const name of ['Elan', 'Lune', 'Nord']) {
    const brandId = await makeBrand(storage, { name });
    const accountId = await makeAccount(storage, brandId, `@${name}`);
    await storage.plans.save({ brandId, ...WORDS, holdingMessage: `as ${name} said first` }, NOW);
    const tool = { key: 'a', kind: 'scheduler', name: `Tool of ${name}`, link: '', note: '' } as const;
    await storage.otherTools.replace(accountId, [tool]);
    ids.push(brandId);
  }
  const dir = join(tempDir(), 'plans');
  const pages = createPlanPages({
    dir,
    storage: {
      plans: storage.plans,
      otherTools: {
        ...storage.otherTools,
        async list() {
          asked.tools += 1;
          if (asked.tools === 1) await asked.first;
          return await storage.otherTools.list();
        },
      },
    },
    directory: createDirectory(storage),
    networkName: (network) => network,
  });
  const textOf = (id: number) =>
    readFileSync(join(dir, readdirSync(dir).find((name) => name.startsWith(`${id}-`)) ?? ''), 'utf8');
  return { storage, dir, pages, asked, ids, textOf };
}

test('the pages of all brands are made from one reading of the tools, and those that are gone or other are put back', async () => {
  const { dir, pages, asked, ids, textOf } = await threeBrands();
  await pages.keepAll(() => false);
  expect(asked.tools).toBe(1);
  const [first = '', second = '', third = ''] = readdirSync(dir).sort();
  const texts = ids.map(textOf);
  texts.forEach((text, index) => {
    expect(text.match(/Tool of \w+/gu)).toEqual([`Tool of ${['Elan', 'Lune', 'Nord'][index]}`]);
  });
  rmSync(join(dir, first));
  writeFileSync(join(dir, second), 'what an older copy said');
  await pages.keepAll(() => false);
  expect(readdirSync(dir).sort()).toEqual([first, second, third]);
  expect(ids.map(textOf)).toEqual(texts);
});

test('a plan saved while all are being kept is not written over with what it said before', async () => {
  const { storage, pages, asked, ids, textOf } = await threeBrands();
  const last = ids[2] ?? 0;
  let goOn = () => {};
  asked.first = new Promise((resolve) => {
    goOn = resolve;
  });
  const all = pages.keepAll(() => false);
  await storage.plans.save({ brandId: last, ...WORDS, holdingMessage: 'said anew' }, NOW + 1);
  expect(await pages.keep(last)).toBe('');
  goOn();
  await all;
  expect(textOf(last)).toContain('said anew');
});

test('nothing more is written once the app is closing', async () => {
  const { dir, pages, ids } = await threeBrands();
  let asked = 0;
  await pages.keepAll(() => {
    asked += 1;
    return asked > 1;
  });
  expect(readdirSync(dir).map((name) => name.split('-')[0])).toEqual([String(ids[0])]);
});
