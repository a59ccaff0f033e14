import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** What tells this machine from another: hashed, so that a permit file gives nothing away. 32 hex digits. */
export function readHostId(): string {
  return createHash('sha256').update(`all-stop:${machineText()}`).digest('hex').slice(0, 32);
}

function machineText(): string {
  try {
    if (process.platform === 'darwin') {
      const text = execFileSync('/usr/sbin/ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice'], {
        encoding: 'utf8',
        timeout: 2_000,
      });
      const found = /"IOPlatformUUID" = "([^"]+)"/u.exec(text)?.[1];
      if (found) return found;
    } else if (process.platform === 'win32') {
      const text = execFileSync(
        'reg.exe',
        ['query', 'HKLM\\SOFTWARE\\Microsoft\\Cryptography', '/v', 'MachineGuid'],
        { encoding: 'utf8', timeout: 2_000, windowsHide: true },
      );
      const found = /MachineGuid\s+REG_SZ\s+(\S+)/u.exec(text)?.[1];
      if (found) return found;
    } else {
      const found = readFileSync('/etc/machine-id', 'utf8').trim();
      if (found) return found;
    }
  } catch {
    // No machine id: the name of the host is the best there is. A changed name stops publishing, which is the safe side.
  }
  return `${process.platform}:${hostname()}`;
}
