import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect } from 'vitest';
import { openStorage } from '../../src-main/storage/open-storage.ts';
import { run } from '../../tools/bound-process.ts';
import { makeDeskFolder, type RunningApp } from '../support/app.ts';
import { until } from '../support/desktop-session.ts';
import { picture, type Scene, testOnDesktop } from '../support/e2e-scene.ts';
import { startReceiver } from '../support/receiver.ts';
import { openView, startPublishing, stopButton } from '../support/window-steps.ts';

const test = testOnDesktop();
const EVERY_100_MS = Array.from({ length: 600 }, (_, index) => 1_000 + index * 100);

/** A folder with four accounts on a receiver of its own, and posts for a minute. */
async function desk(scene: Scene) {
  const server = await startReceiver();
  scene.later(server.close);
  const folder = await makeDeskFolder({
    url: server.url,
    brands: 2,
    accountsPerBrand: 2,
    dueIn: EVERY_100_MS,
  });
  scene.later(folder.remove);
  return { server, folder, database: join(folder.dataDir, 'queue.sqlite') };
}

const isShown = (app: RunningApp) =>
  app.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((one) => one.isVisible()));

const flowing = (server: { seen: readonly unknown[] }, from = server.seen.length) =>
  until(() => server.seen.length > from + 3, 20_000, 'posts to go out');

describe('a database that cannot be opened', () => {
  test('because another process holds it: said, nothing sent, and the stop works', async ({ scene }) => {
    const { folder, server, database } = await desk(scene);
    const before = await scene.start(folder);
    await startPublishing(before);
    await flowing(server);
    await before.close();
    const holder = await openStorage({ path: database, now: Date.now });
    if (!holder.ok) throw new Error(holder.error.message);
    scene.later(() => holder.value.close());
    const seen = server.seen.length;

    const app = await scene.start(folder);
    await app.page.getByRole('alert').getByText('Another copy of All Stop has the database open').waitFor();
    await app.page.getByRole('banner').getByText('Nothing can go out').waitFor();
    await stopButton(app.page).click();
    await app.expectState('stopped');
    expect(server.seen.length).toBe(seen);
    expect(app.journal().some(({ event }) => event === 'stop.confirmed')).toBe(true);
  });

  test.for([
    {
      what: 'damaged',
      sentence: 'The database is damaged or is not a database. Nothing was changed',
      spoil: (file: string) => writeFileSync(file, 'This is no database at all. '.repeat(400)),
    },
    {
      what: 'of a newer version',
      sentence: 'A newer version of All Stop wrote this database',
      spoil: (file: string) => {
        // SQLite's file format, part 1.3: the user version.
        const bytes = readFileSync(file);
        bytes.writeUInt32BE(999, 60);
        writeFileSync(file, bytes);
      },
    },
  ])('because it is $what: said, left as it is, and the stop works', async (trouble, { scene }) => {
    const { folder, database } = await desk(scene);
    trouble.spoil(database);
    const bytes = readFileSync(database);
    const app = await scene.start(folder);
    await app.page.getByRole('alert').getByText(trouble.sentence).waitFor();
    await picture(app.page, `trouble-database-${trouble.what}`);
    await scene.desktop.press('ctrl+alt+shift+s');
    await app.expectState('stopped');
    await openView(app.page, 'Journal');
    await app.page.getByText('Stop engaged').first().waitFor();
    await app.close();
    expect(readFileSync(database).equals(bytes)).toBe(true);
  });
});

test('a full disk: said, nothing lost, publishing goes on when there is room; the stop works and stays', async ({
  scene,
  skip,
}) => {
  const { folder, server } = await desk(scene);
  const disk = (await scene.emptyFolder()).dataDir;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', disk], { stdio: 'pipe' });
  } catch (error) {
    const why = `SKIPPED, a full disk: a small one cannot be mounted here, only root may. ${error}`;
    process.stderr.write(`${why}\n`);
    return skip(why);
  }
  scene.later(() => execFileSync('umount', ['-l', disk]));
  await cp(folder.dataDir, disk, { recursive: true });
  const small = { ...folder, dataDir: disk };
  const app = await scene.start(small);
  await startPublishing(app);
  await flowing(server);

  const filler = join(disk, 'filler');
  fill(filler);
  await app.page.getByRole('banner').getByText('The disk is full').waitFor();
  await picture(app.page, 'trouble-full-disk');
  const dialog = app.page.getByRole('dialog', { name: 'Add a brand' });
  const refused = dialog.getByRole('alert').getByText('The disk is full');
  const added = app.page.getByRole('dialog', { name: 'Connect an account' });
  // What a failed claim had taken of the write-ahead log is still there: a few brands fit into it, and are kept as they are said to be.
  let name = '';
  for (let brand = 1; brand <= 60; brand += 1) {
    name = `Maison Verrier ${brand}`;
    await app.page.getByRole('button', { name: 'Add brand' }).click();
    await dialog.getByLabel('Name', { exact: true }).fill(name);
    await dialog.getByRole('button', { name: 'Add brand' }).click();
    await refused.or(added).waitFor();
    if (await refused.isVisible()) break;
    await added.getByRole('button', { name: 'Cancel' }).click();
    await added.waitFor({ state: 'hidden' });
  }
  await refused.waitFor();
  expect(await dialog.getByLabel('Name', { exact: true }).inputValue()).toBe(name);
  rmSync(filler);
  await dialog.getByRole('button', { name: 'Add brand' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await app.page.getByRole('button', { name: 'Cancel' }).click();
  await flowing(server);

  fill(filler);
  await stopButton(app.page).click();
  await app.expectState('stopped');
  const seen = server.seen.length;
  await app.close();
  const again = await scene.start(small);
  await again.expectState('stopped');
  expect(server.seen.length).toBe(seen);
  expect(server.doubles()).toBe(0);
  await again.close();
  rmSync(filler);
  const kept = await openStorage({ path: join(disk, 'queue.sqlite'), now: Date.now });
  if (!kept.ok) throw new Error(kept.error.message);
  const counts = await kept.value.posts.counts();
  await kept.value.close();
  expect(Object.values(counts).reduce((all, one) => all + one, 0)).toBe(EVERY_100_MS.length);
  expect(counts.published + counts.unconfirmed + counts.publishing).toBe(seen);
});

/** Writes until nothing more can be written. */
function fill(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (const size of [1 << 20, 4_096, 1]) {
      const block = Buffer.alloc(size);
      try {
        for (;;) writeSync(file, block);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    }
  } finally {
    closeSync(file);
  }
}

test('a second instance hands its stop to the first and leaves', async ({ scene }) => {
  const { folder, server } = await desk(scene);
  const app = await scene.start(folder);
  await startPublishing(app);
  await flowing(server);
  const rootArgs = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const second = await run(
    process.env.ALLSTOP_TEST_ELECTRON ?? '',
    [...rootArgs, resolve('.'), `--data-dir=${folder.dataDir}`, '--stop'],
    { env: { ...scene.desktop.env, ...folder.env }, timeoutMs: 20_000 },
  );
  const at = performance.now();
  expect(second.ok).toBe(true);
  await app.expectState('stopped');
  expect(server.after(at)).toBe(0);
  expect(app.journal().find(({ event }) => event === 'stop.engaged')).toMatchObject({
    control: 'command-line',
  });
});

test('a shortcut that another program has: the next one is registered, said, and stops', async ({
  scene,
}) => {
  const first = await scene.start(await scene.emptyFolder());
  const { folder } = await desk(scene);
  const app = await scene.start(folder);
  await until(
    () => scene.desktop.notifications.some(({ body }) => body.includes('Ctrl+Alt+Shift+S is taken')),
    10_000,
    'a notification of the key',
  );
  await openView(app.page, 'Settings');
  await app.page.getByText('Ctrl+Alt+Shift+S is taken').waitFor();
  await scene.desktop.press('ctrl+alt+shift+x');
  await app.expectState('stopped');
  expect(await first.state()).toBe('not-started');
});

test('a desktop without tray icons: closing the window asks, and never hides it', async ({ scene }) => {
  await scene.desktop.showTrays(false);
  scene.later(() => scene.desktop.showTrays(true));
  const { folder, server } = await desk(scene);
  const app = await scene.start(folder);
  await startPublishing(app);
  await flowing(server);
  await openView(app.page, 'Settings');
  await app.page.getByText('This desktop shows no tray icon, so the window never hides').waitFor();
  await app.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await flowing(server);
  expect(await isShown(app)).toBe(true);
  // Its question is still open: the stop does not wait for it.
  await stopButton(app.page).click();
  await app.expectState('stopped');
});

test('a page that dies: posts go on, the stop works, and a reload brings it back', async ({ scene }) => {
  const { folder, server } = await desk(scene);
  const app = await scene.start(folder);
  await startPublishing(app);
  await flowing(server);
  const page = await app.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  );
  process.kill(page ?? 0, 'SIGKILL');
  await flowing(server);
  await scene.desktop.press('ctrl+alt+shift+s');
  await until(
    () => app.journal().some(({ event }) => event === 'stop.confirmed'),
    10_000,
    'the stop to be confirmed',
  );
  // The first button of the question is "Reload".
  await scene.desktop.press('Return');
  await until(
    () =>
      app.app.evaluate(async ({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        if (contents === undefined || contents.isCrashed()) return false;
        return contents
          .executeJavaScript(`document.querySelector('[data-state="stopped"]') !== null`)
          .catch(() => false);
      }),
    15_000,
    'the page to be back',
  );
});
