import { createHash } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ConnectorContext, PublishRequest } from '../../core/connector.ts';
import type { RemoteRef } from '../../core/post.ts';

type Place = Pick<ConnectorContext, 'account' | 'outboxDir'>;

/** Names Windows keeps for devices, with or without an ending. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu;

/**
 * A folder name for any brand or account: letters, digits and ' ._-' stay, the rest becomes '_'. Where that changed something, a piece
 * of the name's SHA-256 keeps two names apart.
 */
export function folderName(name: string): string {
  const kept = [...name.normalize('NFC').replace(/[^\p{L}\p{M}\p{N} ._-]/gu, '_')].slice(0, 40).join('');
  const safe = kept.replace(/^[. ]+|[. ]+$/gu, '_');
  if (safe === name && safe !== '' && !RESERVED.test(safe)) return safe;
  return `${safe.replaceAll('.', '_') || '_'}-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}

export function accountFolder({ outboxDir, account }: Place): string {
  return join(outboxDir, folderName(account.brand), folderName(account.name));
}

/** '<time>-<postId>-<key>.json', the later parts of a thread with '-2', '-3'… before the ending. Time is `publishAt` in UTC. */
export function partFile(place: Place, request: PublishRequest, index: number): string {
  const time = new Date(request.publishAt).toISOString().replace(/[-:]|\.\d+/gu, '');
  const part = index === 0 ? '' : `-${index + 1}`;
  return join(accountFolder(place), `${time}-${request.postId}-${request.key}${part}.json`);
}

/** `id` is the path below the outbox with forward slashes. */
export function refOf({ outboxDir }: Place, file: string): RemoteRef {
  return { id: relative(outboxDir, file).split(sep).join('/'), url: pathToFileURL(file).href };
}

/** The file a ref names; null when it would lie outside the outbox. */
export function fileOf({ outboxDir }: Place, ref: RemoteRef): string | null {
  const file = resolve(outboxDir, ref.id);
  return file.startsWith(resolve(outboxDir) + sep) ? file : null;
}

/** Puts the whole file there or nothing. Its folder must exist. */
export function writeWhole(file: string, value: unknown): void {
  const part = join(dirname(file), `.${process.pid}.part`);
  try {
    writeFileSync(part, `${JSON.stringify(value, null, 2)}\n`);
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}
