import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepMediaBytes } from '../../src-main/calendar/media-folder.ts';
import { makePost } from '../storage/sample-posts.ts';
import { tempDir } from '../support/temp-dir.ts';
import { openDeskRig } from './desk-rig.ts';

const DAY = 86_400_000;
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mOor6//DwAFhJ/wlseKgAAAABJRU5ErkJggg==',
  'base64',
);

async function rigWithPosts(count: number) {
  const page = join(tempDir(), 'yes.html');
  const rig = await openDeskRig({ chooseReport: async () => page });
  const brandId = await rig.addBrand('Maison Lune');
  const accountId = await rig.addAccount(brandId, 'practice', 'lune', {});
  await rig.handlers['yes.setBrand']({ brandId, from: 'Camille Roux' });
  const publishAt = Math.ceil(Date.now() / DAY) * DAY + DAY;
  const posts = Array.from({ length: count }, (_, n) =>
    makePost(accountId, { text: `Text ${n}`, publishAt: publishAt + n * 60_000 }),
  );
  const { ids } = await rig.storage.posts.add(posts, Date.now());
  const save = () => rig.handlers['yes.save']({ target: { brandId }, from: 'Camille Roux', language: 'en' });
  return { ...rig, page, brandId, accountId, publishAt, ids, save };
}

/** What the page's script saves when somebody answers. */
function answersOn(
  page: string,
  answers: readonly ('yes' | 'no')[],
  remark = '',
  name = 'Camille Roux',
): string {
  const html = readFileSync(page, 'utf8');
  const found = [...html.matchAll(/data-post="(\d+)" data-at="(\d+)" data-code="([0-9a-f]{64})"/gu)];
  const request = JSON.parse(/id="request">(.*?)<\/script>/u.exec(html)?.[1] ?? '{}');
  return JSON.stringify({
    format: 'all-stop-answers',
    version: 1,
    desk: request.desk,
    request: request.request,
    name,
    answeredAt: Date.now(),
    answers: answers.map((answer, index) => ({
      post: Number(found[index]?.[1]),
      publishAt: Number(found[index]?.[2]),
      code: found[index]?.[3],
      answer,
      remark: answer === 'no' ? remark : '',
    })),
  });
}

function linesOf(dataDir: string): { event: string; by: string; details: Record<string, unknown> }[] {
  const lines = readFileSync(join(dataDir, 'journal.jsonl'), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line));
}

test('answers are shown first, done once, told to the journal with what they are about, and taken back', async () => {
  const { handlers, storage, engine, dataDir, page, ids, publishAt, save } = await rigWithPosts(3);
  expect(await save()).toMatchObject({ value: { path: page, posts: 3, left: 0, pictures: 0 } });
  const text = answersOn(page, ['yes', 'no', 'yes'], 'Not this week.');
  const preview = await handlers['yes.preview']({ text, file: 'answers.json' });
  if (!preview.ok) throw new Error(preview.error.message);
  expect(preview.value).toMatchObject({ by: 'Camille Roux', yes: 2, no: 1, otherPerson: 0 });
  expect(preview.value.rows[1]).toMatchObject({ postId: ids[1], effect: 'no', remark: 'Not this week.' });
  expect(await storage.posts.counts()).toMatchObject({ held: 3 });

  await storage.posts.move([ids[2] ?? 0], 'canceled', 'by-person', '', Date.now());
  const { previewId } = preview.value;
  expect(await handlers['yes.apply']({ previewId, alsoOther: false })).toMatchObject({
    value: { yes: 1, no: 1, left: 1 },
  });
  expect(await handlers['yes.apply']({ previewId, alsoOther: false })).toMatchObject({
    error: { code: 'yes-no-preview' },
  });
  expect(await storage.posts.readMany(ids)).toMatchObject([
    { state: 'scheduled', yes: { for: publishAt } },
    { state: 'held', reason: 'said-no', detail: 'Not this week.' },
    { state: 'canceled' },
  ]);
  const again = await handlers['yes.preview']({ text, file: 'answers.json' });
  expect(again).toMatchObject({
    value: { rows: [{ effect: 'answered' }, { effect: 'answered' }, { effect: 'gone' }] },
  });

  expect(await handlers['yes.undo']({})).toMatchObject({ value: { restored: 2, left: 0 } });
  expect(await storage.posts.counts()).toMatchObject({ held: 2, scheduled: 0, canceled: 1 });
  expect(await handlers['yes.undo']({})).toMatchObject({ error: { code: 'yes-no-undo' } });
  await engine.close();
  const lines = linesOf(dataDir);
  const hash = expect.stringMatching(/^[0-9a-f]{64}$/u);
  expect(lines.find(({ event }) => event === 'yes.asked')).toMatchObject({
    details: { brand: 'Maison Lune', from: 'Camille Roux', file: 'yes.html', posts: [...ids] },
  });
  expect(lines.find(({ event }) => event === 'yes.given')).toMatchObject({
    by: 'Camille',
    details: {
      who: 'Camille Roux',
      file: 'answers.json',
      answeredAt: expect.stringMatching(/Z$/u),
      posts: [ids[0]],
      publishAt: [publishAt],
      hashes: [hash],
    },
  });
  expect(lines.find(({ event }) => event === 'yes.refused')).toMatchObject({
    details: { posts: [ids[1]], remark: 'Not this week.' },
  });
  expect(lines.find(({ event }) => event === 'answers.read')).toMatchObject({
    details: { yes: 1, no: 1, left: 1 },
  });
  expect(lines.filter(({ event }) => event === 'yes.taken-back')).toHaveLength(1);
});

test('what is left open on a page is counted, and lines that are no answer are named', async () => {
  const { handlers, page, save } = await rigWithPosts(4);
  await save();
  const [yes] = [answersOn(page, ['yes', 'no'])];
  expect(await handlers['yes.preview']({ text: yes, file: 'a.json' })).toMatchObject({
    value: { open: 2, unread: [] },
  });
  const elsewhere = JSON.stringify({ ...JSON.parse(yes), request: 'ff' });
  expect(await handlers['yes.preview']({ text: elsewhere, file: 'a.json' })).toMatchObject({
    value: { open: null },
  });
  const mail = `Name: Camille Roux\n#1-${JSON.parse(yes).answers[0].code.slice(0, 10)} yes\n#2-3f2a9c0b1d fine by me`;
  expect(await handlers['yes.preview']({ text: mail, file: '' })).toMatchObject({
    value: { yes: 1, unread: [{ line: 3 }] },
  });
});

test('a post that was moved since waits on, and an answer of somebody else counts only when a person says so', async () => {
  const { handlers, storage, page, ids, publishAt, save } = await rigWithPosts(2);
  await save();
  const text = answersOn(page, ['yes', 'yes'], '', 'Jean Petit');
  const [first = 0] = ids;
  const to = { localTime: '2027-03-01T09:00', timeZone: 'UTC' };
  await storage.posts.reschedule([{ postId: first, publishAt: publishAt + 5, ...to }], Date.now());
  const look = async () => {
    const preview = await handlers['yes.preview']({ text, file: '' });
    if (!preview.ok) throw new Error(preview.error.message);
    return preview.value;
  };
  const preview = await look();
  expect(preview.rows.map(({ effect }) => effect)).toEqual(['changed', 'other-person']);
  expect(preview).toMatchObject({ open: 2, openWithOther: 1 });
  await handlers['yes.apply']({ previewId: preview.previewId, alsoOther: false });
  expect(await storage.posts.counts()).toMatchObject({ held: 2 });
  const { previewId } = await look();
  await handlers['yes.apply']({ previewId, alsoOther: true });
  expect(await storage.posts.counts()).toMatchObject({ held: 1, scheduled: 1 });
});

test('a page of another data folder, and one that asks nobody, are told apart from answers', async () => {
  const { handlers, page, save, brandId } = await rigWithPosts(1);
  await save();
  const other = await rigWithPosts(1);
  const preview = await other.handlers['yes.preview']({ text: answersOn(page, ['yes']), file: '' });
  expect(preview).toMatchObject({ value: { rows: [{ effect: 'other-desk', brand: '', text: '' }], yes: 0 } });
  const nobody = { target: { brandId }, from: 'Ines Alba', language: 'fr' } as const;
  expect(await handlers['yes.save'](nobody)).toMatchObject({ error: { code: 'yes-nobody-waits' } });
});

test('pictures are in the page up to their limit; the rest is named, and others get their turn while many posts are written', async () => {
  const { handlers, storage, page, accountId, publishAt, dataDir, brandId, save } = await rigWithPosts(1_500);
  const media = [];
  for (const [name, bytes] of [
    ['small.png', PNG],
    ['large.png', Buffer.concat([PNG, Buffer.alloc(1_600_000)])],
  ] as const) {
    const { sha256 } = await keepMediaBytes(join(dataDir, 'media'), bytes);
    media.push({ sha256, mime: 'image/png', bytes: bytes.length, name, altText: 'A vase' });
  }
  const content = { parts: ['With pictures'], link: '', media };
  await storage.posts.add([makePost(accountId, { content, publishAt: publishAt - 1 })], Date.now());
  let turns = 0;
  let isOver = false;
  const count = () => {
    turns += 1;
    if (!isOver) setTimeout(count, 1);
  };
  count();
  const saved = await save();
  isOver = true;
  expect(saved).toMatchObject({ value: { posts: 1_501, left: 0, pictures: 1 } });
  expect(turns).toBeGreaterThan(20);
  const html = readFileSync(page, 'utf8');
  expect(html.match(/src="data:image\/png;base64,/gu)).toHaveLength(1);
  expect(html).toContain('large.png (1.5 MB)');
  const asked = { target: { brandId }, from: 'Camille Roux', language: 'fr' } as const;
  const large = await handlers['yes.largePictures'](asked);
  const sha256 = media[1]?.sha256 ?? '';
  expect(large).toEqual({ ok: true, value: [{ sha256, name: 'large.png', bytes: expect.any(Number) }] });
  const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(50)]);
  expect(await handlers['yes.smallPicture']({ sha256, bytes: Buffer.alloc(9) })).toMatchObject({
    value: { kept: false },
  });
  expect(await handlers['yes.smallPicture']({ sha256, bytes: jpeg })).toMatchObject({
    value: { kept: true },
  });
  expect(await save()).toMatchObject({ value: { pictures: 0, leftOut: [] } });
  expect(readFileSync(page, 'utf8')).toContain(`src="data:image/jpeg;base64,${jpeg.toString('base64')}"`);
  // It was for that page alone.
  expect(await save()).toMatchObject({ value: { pictures: 1, leftOut: ['large.png'] } });
  const text = await handlers['yes.text']({ target: { brandId }, from: 'Camille Roux', language: 'fr' });
  expect(text).toMatchObject({ value: { posts: 100, left: 1_401 } });
  writeFileSync(page, '');
});
