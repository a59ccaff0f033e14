import { flushCompileCache } from 'node:module';
import { join, resolve } from 'node:path';
import type { PostId, PostReason, PostState } from '../../src-main/core/post.ts';
import type { NewPost } from '../../src-main/core/queue.ts';
import type { Scope } from '../../src-main/core/scope.ts';
import type { Control, EngagedStop, PublishingStatus, ReleaseOrder } from '../../src-main/core/stop-types.ts';
import type { Storage } from '../../src-main/core/stores.ts';
import { createSystemClock } from '../../src-main/desktop/system-clock.ts';
import { createEngine } from '../../src-main/engine.ts';
import { spawnNodePublisher } from '../../src-main/publisher/node-child.ts';
import { accountContext, sealFields } from '../../src-main/secrets/seal.ts';
import { toScopeNames } from '../../src-main/stop/scope-names.ts';
import { openStorage } from '../../src-main/storage/open-storage.ts';
import { NO_TRIPS } from './no-trips.ts';

/*
 * The real engine of one data folder in a process of plain Node, driven over its channel by `engine-rig.ts`. It ends when the
 * channel closes, so that a test that dies leaves nothing behind.
 */

export type BrandSeed = {
  readonly name: string;
  readonly graceMs: number;
  /** Name and address of each account. */
  readonly accounts: readonly { readonly name: string; readonly url: string }[];
};

export type PostLine = {
  readonly id: PostId;
  readonly accountId: number;
  readonly brandId: number;
  readonly state: PostState;
  readonly reason: PostReason;
  readonly publishAt: number;
  readonly text: string;
  /** Of its last attempt; '' before the first. */
  readonly key: string;
};

export type Orders = {
  seed: {
    in: {
      readonly publicKey: string;
      readonly brands: readonly BrandSeed[];
      /** Of every account; one of no meaning when not given. */
      readonly secret?: string;
    };
    out: { readonly brandIds: number[]; readonly accountIds: number[] };
  };
  start: { in: null; out: string };
  engage: { in: { readonly scope: Scope; readonly control: Control }; out: EngagedStop };
  release: {
    in: Pick<ReleaseOrder, 'brandIds' | 'stopIds' | 'allBrands'>;
    out: string;
  };
  add: {
    in: { readonly posts: readonly NewPost[] };
    out: { readonly ids: readonly PostId[]; readonly known: number };
  };
  move: {
    in: { readonly ids: readonly PostId[]; readonly to: PostState };
    out: { readonly moved: readonly PostId[] };
  };
  status: { in: null; out: PublishingStatus & { readonly problem: string } };
  posts: { in: { readonly states: readonly PostState[] }; out: readonly PostLine[] };
  close: { in: null; out: null };
};
export type OrderName = keyof Orders;

export type ToEngine = {
  [K in OrderName]: { readonly id: number; readonly order: K; readonly with: Orders[K]['in'] };
}[OrderName];

export type FromEngine =
  | { readonly type: 'ready'; readonly status: PublishingStatus }
  | { readonly type: 'publisher'; readonly pid: number }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly message: string };

const PUBLISHER = resolve('src-main/publisher/main.ts');

const dataDir = process.argv[2] ?? '';
const cap = Number(process.argv[3] ?? '4');
const clock = createSystemClock();
const say = (message: FromEngine) => {
  if (process.connected) process.send?.(message);
};
process.on('disconnect', () => process.exit(0));

const engine = createEngine({
  dataDir,
  clock,
  spawn: () => {
    const child = spawnNodePublisher(PUBLISHER);
    say({ type: 'publisher', pid: child.pid() ?? 0 });
    return child;
  },
  key: () => process.env.ALLSTOP_TEST_KEY ?? null,
  inFlightCap: () => cap,
  onChange: () => {},
  onMissed: () => {},
  onSettled: () => {},
  tripLimits: NO_TRIPS,
});

const opened = await openStorage({ path: join(dataDir, 'queue.sqlite'), now: clock.now });
if (!opened.ok) throw new Error(`${opened.error.code}: ${opened.error.message}`);
const storage = opened.value;
await keepNames();
await engine.attach(storage);

process.on('message', (message) => {
  const asked = message as ToEngine;
  carryOut(asked).then(
    (value) => say({ type: 'answer', id: asked.id, value }),
    (error: unknown) => say({ type: 'failed', id: asked.id, message: String(error) }),
  );
});
// A process that is killed writes no cache at its end, and the next one would have to compile everything again.
flushCompileCache();
say({ type: 'ready', status: engine.stop.status() });

async function carryOut(asked: ToEngine): Promise<Orders[OrderName]['out']> {
  switch (asked.order) {
    case 'seed':
      return await seed(storage, asked.with);
    case 'start': {
      const started = engine.stop.start('Zoé Martin');
      return started.ok ? '' : started.error.code;
    }
    case 'engage': {
      const { scope, control } = asked.with;
      const stop = engine.stop.engage({ scope, control, by: '', reason: '', widenedFrom: '' });
      return await engine.stop.settled(stop.id);
    }
    case 'release': {
      const released = engine.stop.release({
        ...asked.with,
        by: 'Zoé Martin',
        pressCount: engine.stop.status().pressCount,
      });
      return released.ok ? '' : released.error.code;
    }
    case 'add': {
      const added = await storage.posts.add(asked.with.posts, clock.now());
      engine.wake();
      return added;
    }
    case 'move': {
      const moved = await storage.posts.move(asked.with.ids, asked.with.to, 'by-person', '', clock.now());
      engine.wake();
      return moved;
    }
    case 'status':
      return { ...engine.stop.status(), problem: engine.problem() };
    case 'posts':
      return await linesOf(asked.with.states);
    case 'close':
      await engine.close();
      await storage.close();
      return null;
  }
}

async function linesOf(states: readonly PostState[]): Promise<PostLine[]> {
  const lines: PostLine[] = [];
  for await (const chunk of storage.posts.stream({ states })) {
    for (const { id, accountId, brandId, state, reason, publishAt, content, attempts } of chunk) {
      const key = attempts === 0 ? '' : ((await storage.posts.attempts(id)).at(-1)?.key ?? '');
      lines.push({ id, accountId, brandId, state, reason, publishAt, text: content.parts[0] ?? '', key });
    }
  }
  return lines;
}

async function seed(into: Storage, order: Orders['seed']['in']): Promise<Orders['seed']['out']> {
  const { secret = 'a signing secret' } = order;
  const brandIds: number[] = [];
  const accountIds: number[] = [];
  for (const { name, graceMs, accounts } of order.brands) {
    const brand = await into.brands.create({
      name,
      market: 'France',
      timeZone: 'Europe/Paris',
      graceMs,
      colour: '#336699',
    });
    if (!brand.ok) throw new Error(brand.error.message);
    brandIds.push(brand.value.id);
    for (const account of accounts) {
      const made = await into.accounts.create({
        brandId: brand.value.id,
        network: 'webhook',
        name: account.name,
        settings: { url: account.url },
        sealed: null,
      });
      if (!made.ok) throw new Error(made.error.message);
      const { id } = made.value;
      const sealed = sealFields(order.publicKey, accountContext(id), { secret });
      await into.accounts.setSealed(id, sealed);
      accountIds.push(id);
    }
  }
  await keepNames();
  return { brandIds, accountIds };
}

async function keepNames(): Promise<void> {
  const [brands, accounts] = await Promise.all([storage.brands.list(), storage.accounts.list()]);
  engine.keepNames(toScopeNames(brands, accounts));
}
