import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AccountId, BrandId } from '../../src-main/core/brand.ts';
import type { PostId } from '../../src-main/core/post.ts';
import type { Storage } from '../../src-main/core/stores.ts';
import { createSystemClock } from '../../src-main/desktop/system-clock.ts';
import { createEngine, type Engine, type EngineDeps } from '../../src-main/engine.ts';
import { spawnNodePublisher } from '../../src-main/publisher/node-child.ts';
import { accountContext, type KeyPair, newKeyPair, sealFields } from '../../src-main/secrets/seal.ts';
import { makeBrand, makePost, openOrThrow } from '../storage/sample-posts.ts';
import { tempDir } from './temp-dir.ts';

const PUBLISHER = resolve('src-main/publisher/main.ts');

export type EngineHere = {
  readonly dataDir: string;
  readonly engine: Engine;
  readonly storage: Storage;
  readonly keys: KeyPair;
  /** A webhook account of a brand of its own, its secret sealed for `sealedFor` or for this engine. */
  account(url: string, sealedFor?: KeyPair): Promise<{ accountId: AccountId; brandId: BrandId }>;
  /** Schedules a post and lets the engine look. */
  post(accountId: AccountId, text: string, inMs?: number): Promise<PostId>;
  close(): Promise<void>;
};

/** The real engine of one data folder in this process, with real files and a publisher of its own; ends with the test. */
export async function openEngine(
  change: Partial<EngineDeps> & { readonly keys?: KeyPair } = {},
): Promise<EngineHere> {
  const { keys = newKeyPair(), ...deps } = change;
  const dataDir = deps.dataDir ?? tempDir();
  const engine = createEngine({
    clock: createSystemClock(),
    spawn: () => spawnNodePublisher(PUBLISHER),
    key: () => keys.privateKey,
    inFlightCap: () => 4,
    onChange: () => {},
    onMissed: () => {},
    onSettled: () => {},
    ...deps,
    dataDir,
  });
  const storage = await openOrThrow(join(dataDir, 'queue.sqlite'), { now: Date.now });
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    await engine.close();
    await storage.close();
  };
  onTestFinished(close);
  return {
    dataDir,
    engine,
    storage,
    keys,
    close,
    async account(url, sealedFor = keys) {
      const brandId = await makeBrand(storage);
      const made = await storage.accounts.create({
        brandId,
        network: 'webhook',
        name: 'hook',
        settings: { url },
        sealed: null,
      });
      if (!made.ok) throw new Error(made.error.message);
      const accountId = made.value.id;
      const fields = { secret: 'a signing secret' };
      await storage.accounts.setSealed(
        accountId,
        sealFields(sealedFor.publicKey, accountContext(accountId), fields),
      );
      return { accountId, brandId };
    },
    async post(accountId, text, inMs = 0) {
      const publishAt = Date.now() + inMs;
      const { ids } = await storage.posts.add([makePost(accountId, { text, publishAt })], Date.now());
      engine.wake();
      return ids[0] ?? 0;
    },
  };
}
