import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { placeOfFolder } from '../src-main/local-folder.ts';
import { tempDir } from './support/temp-dir.ts';

test('a share is known by its mount, the nearest one', () => {
  const mounts = [
    'overlay / overlay rw 0 0',
    'server:/export /srv/team nfs4 rw 0 0',
    '/dev/sdb1 /srv/team/local ext4 rw 0 0',
    '//nas/media /mnt/The\\040Nas cifs rw 0 0',
    'drive /mnt/d 9p rw 0 0',
    'remote /home/z/remote fuse.sshfs rw 0 0',
    '/dev/sdc1 /mnt/usb fuseblk rw 0 0',
  ].join('\n');
  const kindOf = (path: string) => placeOfFolder(path, 'linux', mounts).kind;
  expect(placeOfFolder('/srv/team/data', 'linux', mounts)).toEqual({ kind: 'shared', what: 'nfs4' });
  expect(kindOf('/srv/team/local/data')).toBe('local');
  expect(kindOf('/srv/teammates')).toBe('local');
  expect(kindOf('/mnt/The Nas/All Stop')).toBe('shared');
  expect(kindOf('/mnt/d/data')).toBe('shared');
  expect(kindOf('/home/z/remote')).toBe('shared');
  expect(kindOf('/mnt/usb/data')).toBe('local');
  // A computer whose own root is one of these has no other disk.
  expect(placeOfFolder('/var/data', 'linux', 'root / 9p rw 0 0').kind).toBe('local');
  expect(placeOfFolder('\\\\nas\\share\\data', 'win32', '').kind).toBe('shared');
  expect(placeOfFolder('\\\\?\\C:\\data', 'win32', '').kind).toBe('local');
});

test('a synchronised folder is known by its name, by what the service leaves in it, and through a link', () => {
  const dir = tempDir();
  for (const name of [
    'Dropbox (Agence)',
    'OneDrive - Agence',
    'Google Drive',
    'Nextcloud',
    'Mobile Documents',
  ])
    expect(placeOfFolder(join(dir, name, 'deep', 'data'))).toMatchObject({ kind: 'synced' });
  mkdirSync(join(dir, 'shared', 'inner'), { recursive: true });
  expect(placeOfFolder(join(dir, 'shared', 'inner')).kind).toBe('local');
  mkdirSync(join(dir, 'shared', '.stfolder'));
  expect(placeOfFolder(join(dir, 'shared', 'inner', 'new'))).toEqual({ kind: 'synced', what: 'Syncthing' });
  symlinkSync(join(dir, 'shared'), join(dir, 'link'));
  expect(placeOfFolder(join(dir, 'link', 'data')).kind).toBe('synced');
  writeFileSync(join(dir, 'Dropboxes'), '');
  expect(placeOfFolder(join(dir, 'Dropboxes')).kind).toBe('local');
});

test('who has Dropbox keeps the data folder of its home: only the file in the folder that is kept in step is its mark', () => {
  const home = tempDir();
  mkdirSync(join(home, '.dropbox'));
  mkdirSync(join(home, 'Work'));
  expect(placeOfFolder(join(home, '.config', 'all-stop')).kind).toBe('local');
  writeFileSync(join(home, 'Work', '.dropbox'), '');
  expect(placeOfFolder(join(home, 'Work', 'All Stop'))).toEqual({ kind: 'synced', what: 'Dropbox' });
});
