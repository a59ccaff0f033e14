import { resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { createSystemClock } from '../../src-main/desktop/system-clock.ts';
import { createEngine } from '../../src-main/engine.ts';
import { createDeskHolder } from '../../src-main/open-desk.ts';
import { spawnNodePublisher } from '../../src-main/publisher/node-child.ts';
import { createSecretKeeper } from '../../src-main/secret-keeper.ts';

const PUBLISHER = resolve('src-main/publisher/main.ts');

/** Engine, keys and database of a data folder, put together as the app does, without its window. Nothing is opened yet; ends with the test. */
export function buildApp(dataDir: string, onMoved: () => void = () => {}) {
  const clock = createSystemClock();
  const keeper = createSecretKeeper({ dataDir, passphraseFile: undefined });
  const engine = createEngine({
    dataDir,
    clock,
    spawn: () => spawnNodePublisher(PUBLISHER),
    key: keeper.privateKey,
    inFlightCap: () => 4,
    onChange: () => {},
    onMissed: () => {},
    onSettled: (settlements) => holder.watchUnconfirmed(settlements),
  });
  const holder = createDeskHolder({ dataDir, engine, clock, onMoved });
  const close = async () => {
    holder.giveUp();
    await engine.close();
    await holder.close();
  };
  onTestFinished(close);
  return {
    engine,
    holder,
    close,
    start: (onChange: (what: string) => void = () => {}) =>
      holder.start({ keyring: async () => null, keeper, onChange }),
  };
}

/** One start of the app on a data folder, up to where the database is open or the reason why it is not is known. */
export async function startApp(dataDir: string, onMoved?: () => void) {
  const app = buildApp(dataDir, onMoved);
  await app.start();
  return app;
}

/** One start whose database opens. Throws the reason why it does not. */
export async function startOpenApp(dataDir: string) {
  const app = await startApp(dataDir);
  const open = app.holder.open();
  if (!open) throw new Error(app.holder.problem());
  return { ...app, ...open };
}
