import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where a folder lies. `what` names the file system, the service or the file that told. */
export type FolderPlace =
  | { readonly kind: 'local' }
  | { readonly kind: 'shared' | 'synced'; readonly what: string };

/** File systems that are somebody else's disk: locks and the order of writes are not ours to rely on there. */
const SHARED =
  /^(?:nfs\d?|cifs|smb\d?|smbfs|smb3|afpfs|afs|ncpfs|9p|ceph|glusterfs|lustre|davfs|webdav|vboxsf|vmhgfs|prl_fs|fuse\.(?:sshfs|rclone|s3fs|gcsfuse|gvfsd-fuse|davfs2?|smbnetfs|curlftpfs|glusterfs|ceph|vmhgfs-fuse|google-drive-ocamlfuse|onedriver|jmtpfs))$/u;

/** Folders of services that copy what lies in them elsewhere, and put back what others copied. */
const SYNCED: readonly (readonly [RegExp, string])[] = [
  [/^dropbox(?: \(.+\))?$/iu, 'Dropbox'],
  [/^onedrive(?: - .+)?$/iu, 'OneDrive'],
  [/^(?:icloud ?drive|mobile documents)$/iu, 'iCloud Drive'],
  [/^(?:google ?drive|my drive)$/iu, 'Google Drive'],
  [/^cloudstorage$/iu, 'CloudStorage'],
  [/^nextcloud$/iu, 'Nextcloud'],
  [/^owncloud$/iu, 'ownCloud'],
  [/^pcloud ?drive$/iu, 'pCloud'],
  [/^syncthing$/iu, 'Syncthing'],
];
/** What such a service leaves in the topmost folder it keeps, whatever that is called. */
const MARKS: readonly (readonly [string, string])[] = [
  ['.stfolder', 'Syncthing'],
  ['.dropbox.cache', 'Dropbox'],
  ['.nextcloudsync.log', 'Nextcloud'],
  ['.owncloudsync.log', 'ownCloud'],
  ['.tmp.drivedownload', 'Google Drive'],
];

/**
 * Whether a folder, there or yet to be made, is on a disk of this computer and left alone by others. A share is known by its mount on Linux and by
 * its path on Windows; macOS does not tell, and neither does a letter of a drive. `mounts` is the text of /proc/self/mounts.
 */
export function placeOfFolder(
  path: string,
  platform: NodeJS.Platform = process.platform,
  mounts: string = readMounts(platform),
): FolderPlace {
  if (platform === 'win32' && /^(?:\\\\|\/\/)(?![.?][\\/])/u.test(path))
    return { kind: 'shared', what: 'UNC' };
  const real = realPathOf(path);
  const system = fileSystemOf(real, mounts);
  if (SHARED.test(system)) return { kind: 'shared', what: system };
  for (const part of real.split(/[\\/]/u))
    for (const [name, service] of SYNCED) if (name.test(part)) return { kind: 'synced', what: service };
  for (let folder = real; ; folder = dirname(folder)) {
    for (const [mark, service] of MARKS)
      if (existsSync(join(folder, mark))) return { kind: 'synced', what: service };
    // HAZARD: a folder of this name is where Dropbox keeps its own settings, in the home of everybody who has it; the mark is a file.
    if (isFile(join(folder, '.dropbox'))) return { kind: 'synced', what: 'Dropbox' };
    if (dirname(folder) === folder) return { kind: 'local' };
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Of the mount the path lies on; '' when that is not known, or when it is the root: a computer has no other disk than that. */
function fileSystemOf(path: string, mounts: string): string {
  let longest = '/';
  let system = '';
  for (const line of mounts.split('\n')) {
    const [, escaped = '', type = ''] = line.split(' ');
    const point = escaped.replace(/\\(\d{3})/gu, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 8)),
    );
    if (point === '/' || point.length < longest.length) continue;
    if (path !== point && !path.startsWith(`${point}/`)) continue;
    longest = point;
    system = type;
  }
  return system;
}

function readMounts(platform: NodeJS.Platform): string {
  if (platform !== 'linux') return '';
  try {
    return readFileSync('/proc/self/mounts', 'utf8');
  } catch {
    return '';
  }
}

/** With every link followed, as far as the path is there. */
function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPathOf(parent), path.slice(parent.length));
  }
}
