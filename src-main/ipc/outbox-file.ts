import { realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The file a practice post's address names, links followed; null when it is no file address, names another machine, is not there or lies
 * outside the outbox.
 */
export async function findInOutbox(outboxDir: string, address: string): Promise<string | null> {
  let path: string;
  try {
    const url = new URL(address);
    if (url.protocol !== 'file:' || url.host !== '') return null;
    path = fileURLToPath(url);
  } catch {
    return null;
  }
  try {
    const [outbox, file] = await Promise.all([realpath(outboxDir), realpath(path)]);
    return file.startsWith(outbox + sep) ? file : null;
  } catch {
    return null;
  }
}
