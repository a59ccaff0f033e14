import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DAY, makePost } from '../storage/sample-posts.ts';
import { openDeskRig } from './desk-rig.ts';

async function scene() {
  let answer: string | null = null;
  const rig = await openDeskRig({
    chooseCalendar: async () => answer,
    printPdf: async (html: string) => new TextEncoder().encode(html),
  });
  const brandId = await rig.addBrand('Maison <Lune>');
  const accountId = await rig.addAccount(brandId, 'practice', 'lune', {});
  const now = Date.now();
  const { ids } = await rig.storage.posts.add(
    [
      makePost(accountId, { text: 'in range <b>', publishAt: now + 1_000_000 }),
      makePost(accountId, { text: 'held', publishAt: now + 2_000_000 }),
      makePost(accountId, { text: 'too late', publishAt: now + 2 * DAY }),
    ],
    now,
  );
  await rig.storage.posts.move([ids[1] ?? 0], 'held', 'by-person', '', now);
  type States = Parameters<(typeof rig.handlers)['calendar.save']>[0]['states'];
  const save = (
    format: 'ics' | 'csv' | 'pdf',
    path: string | null,
    states: States = ['scheduled', 'held'],
  ) => {
    answer = path;
    return rig.handlers['calendar.save']({
      states,
      brandId,
      from: now,
      to: now + DAY,
      timeZone: 'Europe/Paris',
      format,
    });
  };
  return { ...rig, save };
}

test('what the calendar shows is written as ICS, CSV and a page for paper, of its range and nothing else', async () => {
  const { save, dir } = await scene();
  const ics = join(dir, 'out.ics');
  expect(await save('ics', ics)).toEqual({ ok: true, value: { path: ics, posts: 2, leftOut: 0 } });
  const events = readFileSync(ics, 'utf8');
  expect(events.match(/BEGIN:VEVENT/gu)).toHaveLength(2);
  expect(events).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*STATUS:TENTATIVE[\s\S]*END:VCALENDAR\r\n$/u);

  const csv = join(dir, 'out.csv');
  expect(await save('csv', csv)).toEqual({ ok: true, value: { path: csv, posts: 1, leftOut: 1 } });
  expect(readFileSync(csv, 'utf8').trim().split('\r\n')).toHaveLength(2);

  const pdf = join(dir, 'out.pdf');
  expect(await save('pdf', pdf)).toEqual({ ok: true, value: { path: pdf, posts: 2, leftOut: 0 } });
  const page = readFileSync(pdf, 'utf8');
  expect(page).toContain('in range &lt;b&gt;');
  expect(page).toContain('Maison &lt;Lune&gt;');
  expect(page).toContain('Held');
  expect(page).not.toContain('too late');
});

test('a dialog that is dismissed writes nothing, and our own folder is refused', async () => {
  const { save, dataDir, dir } = await scene();
  expect(await save('ics', null)).toEqual({ ok: true, value: { path: null, posts: 0, leftOut: 0 } });
  expect(await save('pdf', join(dataDir, 'out.pdf'))).toMatchObject({
    ok: false,
    error: { code: 'inside-data' },
  });
  expect(existsSync(join(dataDir, 'out.pdf'))).toBe(false);
  const lost = join(dir, 'nowhere', 'out.ics');
  expect(await save('ics', lost)).toMatchObject({ ok: false, error: { code: 'calendar-not-saved' } });
  expect(readdirSync(dir).filter((name) => name.startsWith('out'))).toEqual([]);
});

test('a calendar that shows no scheduled posts has none in its table', async () => {
  const { save, dir } = await scene();
  const csv = join(dir, 'out.csv');
  expect(await save('csv', csv, ['held'])).toEqual({ ok: true, value: { path: csv, posts: 0, leftOut: 1 } });
  expect(readFileSync(csv, 'utf8').trim().split('\r\n')).toHaveLength(1);
});
