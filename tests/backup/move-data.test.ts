import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { readArguments } from '../../src-main/cli/arguments.ts';
import { followMoves } from '../../src-main/desktop/data-dir.ts';
import { stopFromOutside } from '../../src-main/stop/stop-from-outside.ts';
import { openDeskRig } from '../ipc/desk-rig.ts';
import { startApp as startHere } from '../support/app-here.ts';
import { tempDir } from '../support/temp-dir.ts';

vi.setConfig({ testTimeout: 90_000 });

/** The folders out of which the data were moved in this test file: the app starts anew after each. */
const moves: string[] = [];

const startApp = (dataDir: string) => startHere(dataDir, () => moves.push(dataDir));

async function closeRig(rig: Awaited<ReturnType<typeof openDeskRig>>): Promise<void> {
  await rig.desk.backups.close();
  await rig.engine.close();
  await rig.storage.close();
}

it('moves everything at the next start, reads it back, keeps the old folder, and arms neither', async () => {
  const chosen = tempDir();
  writeFileSync(join(chosen, 'a-letter.txt'), 'mine');
  const rig = await openDeskRig({ chooseFolder: async () => chosen });
  const { dataDir, handlers, engine } = rig;
  await rig.addBrand('Maison Verrier');
  mkdirSync(join(dataDir, 'media'));
  writeFileSync(join(dataDir, 'media', 'a'.repeat(64)), 'a picture');
  expect(engine.stop.start('Zoé').ok).toBe(true);
  expect(await handlers['folder.move']({})).toMatchObject({ error: { code: 'move-publishing' } });
  await engine.stop.engage({
    scope: { kind: 'everything' },
    control: 'button',
    by: '',
    reason: '',
    widenedFrom: '',
  });
  await vi.waitFor(() => expect(engine.stop.status().state).toBe('stopped'), 5_000);
  const to = join(chosen, 'All Stop');
  expect(await handlers['folder.move']({})).toMatchObject({ value: { movesTo: to } });
  expect(existsSync(to)).toBe(false);
  await closeRig(rig);

  const moving = await startApp(dataDir);
  expect(moving.holder.open()).toBeNull();
  expect(moving.holder.problem()).toContain(to);
  expect(moves).toContain(dataDir);
  await moving.close();
  expect(followMoves(dataDir)).toBe(to);
  // The command line stops where the app is.
  expect(readArguments(['stop', `--data-dir=${dataDir}`], {}, () => '/').dataDir).toBe(to);

  const moved = await startApp(to);
  expect((await moved.holder.open()?.storage.brands.list())?.map(({ name }) => name)).toEqual([
    'Maison Verrier',
  ]);
  expect(readFileSync(join(to, 'media', 'a'.repeat(64)), 'utf8')).toBe('a picture');
  expect(moved.engine.stop.status().state).toBe('stopped');
  expect(existsSync(join(to, 'permit'))).toBe(false);
  expect(moved.engine.journal.tail().map(({ event }) => event)).toContain('data-folder.moved');
  expect(existsSync(join(dataDir, 'queue.sqlite'))).toBe(true);
  await moved.close();

  // Its disk is not at hand: the old data are not taken for the present ones.
  renameSync(to, `${to} away`);
  expect(followMoves(dataDir)).toBe(dataDir);
  const without = await startApp(dataDir);
  expect(without.holder.open()).toBeNull();
  expect(without.holder.problem()).toContain('The data are now in another folder');
});

const EVERYTHING = {
  scope: { kind: 'everything' },
  control: 'button',
  by: '',
  reason: '',
  widenedFrom: '',
} as const;

/** A folder whose data were moved, and whose new folder publishes. */
async function openMoved() {
  const to = join(tempDir(), 'new');
  mkdirSync(to);
  const rig = await openDeskRig({ chooseFolder: async () => to });
  const lune = await rig.addBrand('Maison Lune');
  await rig.handlers['folder.move']({});
  await closeRig(rig);
  await (await startApp(rig.dataDir)).close();
  const first = await startApp(to);
  expect(first.engine.stop.start('Zoé').ok).toBe(true);
  await first.close();
  return { from: rig.dataDir, to, lune };
}

it('what is stopped in the old folder while the new one is not at hand is stopped in the new one, once', async () => {
  const { from, to, lune } = await openMoved();
  const unmoved = await startApp(to);
  expect(unmoved.engine.stop.status().state).toBe('publishing');
  await unmoved.close();
  renameSync(to, `${to} away`);
  const brand = { ...EVERYTHING, scope: { kind: 'brand', brandId: lune } } as const;
  const old = await startApp(from);
  old.engine.stop.engage(brand);
  await old.close();
  renameSync(`${to} away`, to);
  const part = await startApp(to);
  expect(part.engine.stop.status()).toMatchObject({ state: 'publishing', stops: [{ scope: brand.scope }] });
  await part.close();

  renameSync(to, `${to} away`);
  const order = { scopes: [], control: 'command-line', by: 'Ana', reason: '' } as const;
  expect(stopFromOutside({ dataDir: followMoves(from), ...order }).isDurable).toBe(true);
  renameSync(`${to} away`, to);
  const whole = await startApp(to);
  await vi.waitFor(() => expect(whole.engine.stop.status().state).toBe('stopped'), 5_000);
  const press = whole.engine.stop.status();
  expect(
    whole.engine.stop.release({
      brandIds: [lune],
      stopIds: [],
      allBrands: [{ brandId: lune, market: '' }],
      by: 'Zoé',
      pressCount: press.pressCount,
    }),
  ).toMatchObject({ ok: true });
  await whole.close();
  const released = await startApp(to);
  expect(released.engine.stop.status().state).toBe('publishing');
  await released.close();

  // Pressed in the app, where everything is stopped already.
  renameSync(to, `${to} away`);
  const again = await startApp(from);
  expect(again.engine.stop.status().state).toBe('stopped');
  again.engine.stop.engage(EVERYTHING);
  await vi.waitFor(() => expect(existsSync(join(from, 'pressed-since.json'))).toBe(true), 5_000);
  await again.close();
  renameSync(`${to} away`, to);
  const last = await startApp(to);
  await vi.waitFor(() => expect(last.engine.stop.status().state).toBe('stopped'), 5_000);
});

it('what is left in an old folder is never moved again, by an order of before or a new one', async () => {
  const { from, to } = await openMoved();
  renameSync(to, `${to} away`);
  const third = join(tempDir(), 'third');
  writeFileSync(join(from, 'move-data.json'), JSON.stringify({ version: 1, to: third, by: '' }));
  const old = await startApp(from);
  expect(old.holder.problem()).toContain(to);
  expect(existsSync(third)).toBe(false);
  expect(followMoves(from)).toBe(from);
  const { handlers } = await openDeskRig({ chooseFolder: async () => third, dataDir: from });
  expect(await handlers['folder.move']({})).toMatchObject({ error: { code: 'folder-moved' } });
});

it('a link in the data folder is named, not left behind', async () => {
  const rig = await openDeskRig({ chooseFolder: async () => join(tempDir(), 'new') });
  await rig.handlers['folder.move']({});
  await closeRig(rig);
  symlinkSync(tempDir(), join(rig.dataDir, 'media'));
  const failed = await startApp(rig.dataDir);
  expect(failed.holder.problem()).toContain('media is a link');
  expect(followMoves(rig.dataDir)).toBe(rig.dataDir);
});

it('refuses what is not empty, is synchronised or is its own, and a start in a synchronised folder', async () => {
  const chosen = { folder: tempDir() };
  const rig = await openDeskRig({ chooseFolder: async () => chosen.folder });
  const { handlers, dataDir } = rig;
  const code = async () => {
    const done = await handlers['folder.move']({});
    return done.ok ? done.value.movesTo : done.error.code;
  };
  const empty = chosen.folder;
  expect(await code()).toBe(empty);
  expect(await handlers['folder.cancelMove']({})).toMatchObject({ value: { movesTo: '' } });
  mkdirSync(join(empty, 'All Stop', 'x'), { recursive: true });
  expect(await code()).toBe('folder-not-empty');
  chosen.folder = join(empty, 'Dropbox');
  expect(await code()).toBe('folder-synced');
  chosen.folder = join(dataDir, 'deep');
  expect(await code()).toBe('folder-in-data');
  await closeRig(rig);

  mkdirSync(join(dataDir, '.stfolder'));
  const { holder, engine } = await startApp(dataDir);
  expect(holder.open()).toBeNull();
  expect(holder.problem()).toContain('kept in step with others by Syncthing');
  await engine.stop.engage({
    scope: { kind: 'everything' },
    control: 'button',
    by: '',
    reason: '',
    widenedFrom: '',
  });
  expect(['stopping', 'stopped']).toContain(engine.stop.status().state);
});

it('changes nothing where a file cannot be written there, and goes on where it was', async () => {
  const chosen = tempDir();
  const rig = await openDeskRig({ chooseFolder: async () => chosen });
  await rig.handlers['folder.move']({});
  await closeRig(rig);
  rmSync(chosen, { recursive: true });
  writeFileSync(chosen, 'a file in its place');
  const failed = await startApp(rig.dataDir);
  expect(failed.holder.problem()).toContain('could not be moved');
  await failed.close();
  const again = await startApp(rig.dataDir);
  expect(again.holder.open()).not.toBeNull();
});
