import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkStop } from './promises.ts';
import { prepareStop, STOP_OPERATIONS, type StopOperation } from './stop-operations.ts';

/*
 * Real file systems of their own: full, and turned read-only. What a disk loses that said it had written is simulated (`tests/sim`): no
 * file system here lies on demand.
 */

const KINDS = ['ext4', 'tmpfs', 'minix', 'xfs', 'btrfs', 'vfat'] as const;
type Kind = (typeof KINDS)[number];
/** Without these the promise is not shown: one that journals, and another. */
const LEAST_KINDS = 2;
const OPERATIONS = Object.keys(STOP_OPERATIONS) as StopOperation[];

const run = (command: string, ...args: string[]) => {
  const { status, error, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  return error ? error.message : status === 0 ? '' : stderr.trim() || `${command} failed`;
};

/** Mounts an empty file system of a few megabytes at `dir`; in words why that cannot be. */
function mount(kind: Kind, dir: string): string {
  mkdirSync(dir, { recursive: true });
  if (kind === 'tmpfs') return run('mount', '-t', 'tmpfs', '-o', 'size=2m', 'all-stop-test', dir);
  const image = `${dir}.img`;
  writeFileSync(image, '');
  truncateSync(image, 16 * 1024 * 1024);
  const made = run(`mkfs.${kind}`, ...(kind === 'ext4' ? ['-q', '-F', '-m', '0'] : []), image);
  return made || run('mount', '-t', kind, '-o', 'loop', image, dir);
}

function whyNot(kind: Kind): string {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root on Linux may mount';
  const dir = mkdtempSync(join(tmpdir(), 'all-stop-disk-'));
  const why = mount(kind, join(dir, 'disk'));
  if (why === '') run('umount', join(dir, 'disk'));
  rmSync(dir, { recursive: true, force: true });
  return why;
}

const possible = KINDS.map((kind) => ({ kind, why: whyNot(kind) }));
const usable = possible.filter(({ why }) => why === '').map(({ kind }) => kind);
for (const { kind, why } of possible)
  if (why) process.stderr.write(`\nSKIPPED: nothing was tried on ${kind}: ${why.split('\n')[0]}\n`);

/** A disk of its own, unmounted with the test. */
function openDisk(kind: Kind): string {
  const dir = mkdtempSync(join(tmpdir(), 'all-stop-disk-'));
  const disk = join(dir, 'disk');
  expect(mount(kind, disk)).toBe('');
  onTestFinished(() => {
    const left = run('umount', disk) && run('umount', '-l', disk);
    if (left === '') rmSync(dir, { recursive: true, force: true });
  });
  return disk;
}

/** Writes until there is no room for one byte more. */
function fill(disk: string): void {
  const file = openSync(join(disk, 'filling'), 'w');
  try {
    for (let size = 65_536; size >= 1; ) {
      try {
        if (writeSync(file, Buffer.alloc(size, 0x61)) < size) size = Math.floor(size / 2);
      } catch (error) {
        expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
        size = Math.floor(size / 2);
      }
    }
  } finally {
    closeSync(file);
  }
}

describe.skipIf(usable.length < LEAST_KINDS)('on a disk of its own', () => {
  describe.each(usable)('%s', (kind) => {
    test.each(OPERATIONS)('full: %s is said as it is, and holds at the next start', async (operation) => {
      const disk = openDisk(kind);
      const dataDir = join(disk, 'data');
      const act = prepareStop(operation, dataDir);
      fill(disk);
      const said = act();
      if (operation.startsWith('stop everything')) expect(said.state).toBe('stopped');
      const ran = { isHit: true, wasKilled: false, said, sent: [] };
      // The journal may lack its last lines: there is no room, and nothing is claimed of it.
      rmSync(join(disk, 'filling'));
      expect(await checkStop(operation, dataDir, ran)).toEqual([]);
    });

    test('turned read-only: the stop is said not to be confirmed, and what was stopped stays so', async () => {
      const disk = openDisk(kind);
      const dataDir = join(disk, 'data');
      const act = prepareStop('stop everything from outside', dataDir);
      expect(run('mount', '-o', 'remount,ro', disk)).toBe('');
      const said = act();
      expect(said).toMatchObject({ state: 'not-confirmed', confirmed: [] });
      expect(run('mount', '-o', 'remount,rw', disk)).toBe('');
      // The same press, where it can be kept.
      const again = act();
      expect(again.state).toBe('stopped');
      const ran = { isHit: true, wasKilled: false, said: again, sent: [] };
      expect(await checkStop('stop everything from outside', dataDir, ran)).toEqual([]);
    });
  });
});
