import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { createBackups } from '../../src-main/backup/create-backups.ts';
import { connectorFor, connectors } from '../../src-main/connectors/index.ts';
import { covers } from '../../src-main/core/scope.ts';
import { parseSettings, type Settings } from '../../src-main/desktop/settings.ts';
import { createSystemClock } from '../../src-main/desktop/system-clock.ts';
import { watchElsewhere } from '../../src-main/elsewhere-desk.ts';
import { createEngine } from '../../src-main/engine.ts';
import type { Desk } from '../../src-main/ipc/desk.ts';
import { createDirectory, placeOf } from '../../src-main/ipc/directory.ts';
import { createHandlers } from '../../src-main/ipc/handlers.ts';
import { createStopHistory } from '../../src-main/ipc/stop-history.ts';
import { createStopTicks } from '../../src-main/ipc/stop-ticks.ts';
import { createPlanPages } from '../../src-main/keep-plans.ts';
import { keepRecurrences } from '../../src-main/keep-recurrences.ts';
import { createLookUpPosts } from '../../src-main/look-up-posts.ts';
import { spawnNodePublisher } from '../../src-main/publisher/node-child.ts';
import { accountContext, newKeyPair, openFields, sealFields } from '../../src-main/secrets/seal.ts';
import { openStorage } from '../../src-main/storage/open-storage.ts';
import { NO_TRIPS } from '../support/no-trips.ts';
import { tempDir } from '../support/temp-dir.ts';

const PUBLISHER = resolve('src-main/publisher/main.ts');

/** The handlers over a real engine, database and publisher process; only what needs Electron is not there. */
export async function openDeskRig(parts: Partial<Desk> = {}) {
  const dir = tempDir();
  const dataDir = join(dir, 'data');
  mkdirSync(dataDir);
  const clock = createSystemClock();
  const keys = newKeyPair();
  const opened = await openStorage({ path: join(dataDir, 'queue.sqlite'), now: clock.now });
  if (!opened.ok) throw new Error(opened.error.message);
  const storage = opened.value;
  const directory = createDirectory(storage);
  const engine = createEngine({
    dataDir,
    clock,
    spawn: () => spawnNodePublisher(PUBLISHER),
    key: () => keys.privateKey,
    inFlightCap: () => 4,
    onChange: () => {},
    onMissed: () => {},
    onSettled: () => {},
    tripLimits: NO_TRIPS,
  });
  let settings: Settings = parseSettings({ personName: 'Camille' });
  const lookUpPosts = createLookUpPosts({
    posts: storage.posts,
    accounts: storage.accounts,
    brandOf: async (id) => (await directory.read()).brands.get(id) ?? null,
    lookUps: engine.lookUps,
    clock,
    record: engine.record,
    onSettled: () => {},
  });
  const planPages = createPlanPages({
    dir: join(dataDir, 'plans'),
    storage,
    directory,
    networkName: (network) => connectorFor(network)?.name ?? network,
  });
  const backups = createBackups({
    dataDir,
    clock,
    engine,
    appVersion: '0.1.0',
    storage: () => storage,
    chosenFolder: () => settings.backupFolder,
    problem: () => settings.backupProblem,
    keepProblem: (backupProblem) => {
      settings = parseSettings({ ...settings, backupProblem });
    },
    dayOf: (at) => new Date(at).toISOString().slice(0, 10),
    onFailed: () => {},
    onChange: () => {},
  });
  onTestFinished(async () => {
    await backups.close();
    await engine.close();
    // A test may have closed it, to open the folder as the next start does.
    await storage.close().catch(() => undefined);
  });
  const recurrences = keepRecurrences({
    storage,
    clock,
    isStopped: async (accountId) => {
      const place = placeOf(await directory.read(), accountId);
      return place !== null && engine.stop.gate.covered().some(({ scope }) => covers(scope, place));
    },
    onMade: (posts, by) => engine.recordPlanned(posts, 'scheduled', by),
  });
  onTestFinished(recurrences.close);
  const elsewhere = watchElsewhere({
    engine,
    clock,
    open: () => ({ storage, directory }),
    onChange: () => {},
  });
  onTestFinished(elsewhere.close);
  const desk = {
    engine,
    elsewhere,
    backups,
    ticks: createStopTicks({ engine, now: clock.now, onChange: () => {} }),
    history: createStopHistory({
      engine,
      posts: () => storage.posts,
      directory: () => directory,
      now: clock.now,
      onRead: () => {},
    }),
    clock,
    connectors,
    connectorFor,
    open: () => ({ storage, directory, lookUpPosts, planPages, recurrences }),
    databaseProblem: () => '',
    keyForSignIn: async () => keys.publicKey,
    settings: {
      keptAs: null,
      read: () => settings,
      change: (changes: Partial<Settings>) => {
        settings = parseSettings({ ...settings, ...changes });
        return settings;
      },
      keep: (changes: Partial<Settings>) => {
        settings = parseSettings({ ...settings, ...changes });
      },
      problem: () => '',
    },
    language: () => 'en',
    languageOfRun: null,
    notify: () => {},
    dataDir,
    randomBytes: (n: number) => new Uint8Array(n).map(() => Math.floor(Math.random() * 256)),
    ...parts,
  } as unknown as Desk;

  return {
    dir,
    dataDir,
    desk,
    engine,
    storage,
    handlers: createHandlers(desk),
    async addBrand(name: string): Promise<number> {
      const brand = { name, market: '', timeZone: 'Europe/Paris', graceMs: 300_000, colour: '#112233' };
      const made = await storage.brands.create(brand);
      if (!made.ok) throw new Error(made.error.message);
      directory.forget();
      return made.value.id;
    },
    async addAccount(
      brandId: number,
      network: string,
      name: string,
      settingsOf: Record<string, string>,
      secrets: Record<string, string> = {},
    ): Promise<number> {
      const order = { brandId, network, name, settings: settingsOf, sealed: null };
      const made = await storage.accounts.create(order);
      if (!made.ok) throw new Error(made.error.message);
      const { id } = made.value;
      if (Object.keys(secrets).length > 0)
        await storage.accounts.setSealed(id, sealFields(keys.publicKey, accountContext(id), secrets));
      directory.forget();
      return id;
    },
    /** What is sealed for an account, opened; null when nothing is. */
    async secretsOf(id: number): Promise<Readonly<Record<string, string>> | null> {
      const sealed = await storage.accounts.sealedOf(id);
      if (sealed === null) return null;
      const fields = openFields(keys.privateKey, accountContext(id), sealed);
      if (!fields.ok) throw new Error(fields.error.message);
      return fields.value;
    },
    /** A sealed box as a new sign-in would leave it. */
    seal: (id: number, secrets: Record<string, string>) =>
      sealFields(keys.publicKey, accountContext(id), secrets),
  };
}
export type DeskRig = Awaited<ReturnType<typeof openDeskRig>>;
