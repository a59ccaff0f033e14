import { join } from 'node:path';
import { ok, type Result, refuse } from '../core/result.ts';
import { readText, unfinishedOf, wipeFile, writePrivateFile } from './private-file.ts';

/*
 * Sign-ins the command line was given before there was a key to seal them with. The one file that holds secrets readable, mode 0600,
 * until the app seals them at its next start. Only one process uses it at a time: the command line imports while the app is closed.
 */

const NAME = 'secrets-pending.json';

export type PendingSecret = {
  readonly accountId: number;
  readonly fields: Readonly<Record<string, string>>;
};

/** What waits to be sealed. `forget` is called once every entry is sealed and durable, never before. */
export type Taken = {
  readonly entries: readonly PendingSecret[];
  /** Removes the entries that were taken; what was added meanwhile stays. */
  forget(): Promise<void>;
};

/** Adds to what waits, durably. A later entry of an account stands for an earlier one. Refuses 'pending-unreadable'. */
export async function addPending(dir: string, added: readonly PendingSecret[]): Promise<Result<true>> {
  const known = await read(dir);
  if (!known.ok) return known;
  const isReplaced = new Set(added.map(({ accountId }) => accountId));
  const kept = known.value.filter(({ accountId }) => !isReplaced.has(accountId));
  await write(dir, [...kept, ...added]);
  return ok(true);
}

/**
 * The first of two steps: reads, and removes nothing but what a crash left half written. A crash before `forget` only means that the same is
 * sealed once more. Null when nothing waits; refuses 'pending-unreadable', and leaves the file alone.
 */
export async function takePending(dir: string): Promise<Result<Taken | null>> {
  await wipeFile(unfinishedOf(join(dir, NAME)));
  const taken = await read(dir);
  if (!taken.ok) return taken;
  if (taken.value.length === 0) {
    await wipeFile(join(dir, NAME));
    return ok(null);
  }
  return ok({ entries: taken.value, forget: () => forget(dir, taken.value) });
}

async function forget(dir: string, entries: readonly PendingSecret[]): Promise<void> {
  const done = new Set(entries.map((entry) => JSON.stringify(entry)));
  const now = await read(dir);
  if (!now.ok) return;
  const rest = now.value.filter((entry) => !done.has(JSON.stringify(entry)));
  if (rest.length > 0) await write(dir, rest);
  else await wipeFile(join(dir, NAME));
}

function write(dir: string, entries: readonly PendingSecret[]): Promise<void> {
  return writePrivateFile(join(dir, NAME), `${JSON.stringify(entries)}\n`, true);
}

async function read(dir: string): Promise<Result<readonly PendingSecret[]>> {
  try {
    const text = await readText(join(dir, NAME));
    const entries: unknown = text === null ? [] : JSON.parse(text);
    if (Array.isArray(entries) && entries.every(isPending)) return ok(entries);
  } catch {
    // Said below: what is in it must not be.
  }
  return refuse('pending-unreadable', `The file ${NAME} is damaged: import the accounts in it again.`);
}

function isPending(value: unknown): value is PendingSecret {
  const { accountId, fields } = Object(value) as Partial<Record<'accountId' | 'fields', unknown>>;
  if (typeof accountId !== 'number' || typeof fields !== 'object' || fields === null) return false;
  return Object.values(fields).every((field) => typeof field === 'string');
}
