import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, ipcMain } from 'electron';
import { listen } from './control.ts';
import { EVERYTHING } from './core/scope.ts';
import type { Control } from './core/stop-types.ts';
import { registerAppScheme } from './desktop/app-scheme.ts';
import { readCommandLine } from './desktop/command-line.ts';
import { defaultDataDir, prepareDataDir } from './desktop/data-dir.ts';
import { findKeyring } from './desktop/find-keyring.ts';
import { createLog } from './desktop/log.ts';
import { createOutlook } from './desktop/outlook.ts';
import { quitInOrder } from './desktop/quit-in-order.ts';
import { enableSandbox } from './desktop/session-guard.ts';
import { createShell, type Shell } from './desktop/shell.ts';
import { createSingleInstance } from './desktop/single-instance.ts';
import { createSystemClock } from './desktop/system-clock.ts';
import { spawnUtilityPublisher } from './desktop/utility-publisher.ts';
import { createEngine } from './engine.ts';
import { createDesk } from './ipc/create-desk.ts';
import { createHandlers } from './ipc/handlers.ts';
import { createNotify } from './ipc/notify.ts';
import { createServer } from './ipc/serve.ts';
import { createDeskHolder } from './open-desk.ts';
import { createSecretKeeper } from './secret-keeper.ts';

const line = readCommandLine(process.argv, process.env);
const dataDir = prepareDataDir({
  app,
  wanted: line.dataDir,
  fallback: defaultDataDir(process.platform, process.env, homedir()),
  cwd: process.cwd(),
});
enableSandbox(app);
registerAppScheme();

let press: (control: Control) => void = () => {};
let show = () => {};
const instance = createSingleInstance({
  app,
  command: line.command,
  onStop: () => press('command-line'),
  onShow: () => show(),
});

/** Builds every part once, the stop and its controls first, starts them, and stops them in reverse. */
async function run(): Promise<void> {
  const clock = createSystemClock();
  const log = createLog({ dataDir, toConsole: false });
  const keeper = createSecretKeeper({ dataDir, passphraseFile: process.env.ALLSTOP_PASSPHRASE_FILE });
  const engine = createEngine({
    dataDir,
    clock,
    spawn: () => spawnUtilityPublisher(join(app.getAppPath(), 'out', 'main', 'publisher.cjs')),
    key: keeper.privateKey,
    inFlightCap: () => shell?.settings.read().inFlightCap ?? 4,
    onChange: (what) => outlook?.changed(what),
    onMissed: (counts) => outlook?.missed(counts),
    onSettled: (settlements) => {
      holder.watchUnconfirmed(settlements);
      outlook?.settled(settlements);
    },
  });
  press = (control) =>
    void engine.stop.engage({ scope: EVERYTHING, control, by: '', reason: '', widenedFrom: '' });

  const holder = createDeskHolder({ dataDir, engine, clock });
  let shell: Shell | null = null;
  let outlook: ReturnType<typeof createOutlook> | null = null;
  const theShell = createShell({
    line,
    dataDir,
    clock,
    log,
    onStop: (control) => press(control),
    onOpenView: (view) => notify('view.open', { view }),
    onSettings: () => notify('settings.changed', {}),
    onSleep: engine.sleep,
    onWake: engine.awake,
    isKnownHost: holder.isKnownHost,
  });
  shell = theShell;
  show = theShell.window.show;
  const { notify, stop: stopNotify } = createNotify({ contents: theShell.window.contents, clock });
  outlook = createOutlook({
    shell: theShell,
    status: engine.stop.status,
    readQueue: holder.readQueue,
    nameOf: holder.nameOf,
    tell: (what) => notify(`${what}.changed`, {}),
  });
  const desk = createDesk({ engine, holder, clock, keeper, shell: theShell, notify, dataDir, app });
  const server = createServer({
    ipcMain,
    handlers: createHandlers(desk),
    contents: theShell.window.contents,
    onFault: ({ id, channel, error }) => log.error('request.failed', error, { id, channel }),
    newId: randomUUID,
  });
  server.start();
  theShell.start();
  outlook.changed('publishing');

  const control = listen(dataDir, engine, holder).catch((error: unknown) =>
    log.error('control.failed', error),
  );

  quitInOrder(app, [
    async () => (await control)?.close(),
    server.stop,
    stopNotify,
    engine.close,
    holder.close,
    theShell.stop,
  ]);

  await holder.start({
    keyring: () => findKeyring(theShell.askBus, clock),
    passphraseFile: process.env.ALLSTOP_PASSPHRASE_FILE,
    onSecrets: keeper.keep,
    onChange: (what) => outlook?.changed(what),
  });
}

if (instance.start()) void app.whenReady().then(run);
