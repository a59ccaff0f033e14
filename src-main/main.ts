import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { app, ipcMain } from 'electron';
import { listen } from './control.ts';
import { EVERYTHING } from './core/scope.ts';
import type { Control } from './core/stop-types.ts';
import { logAccidents } from './desktop/accidents.ts';
import { findKeyring } from './desktop/find-keyring.ts';
import { prepareLaunch } from './desktop/launch.ts';
import { createLog } from './desktop/log.ts';
import { createOutlook, type Outlook } from './desktop/outlook.ts';
import { quitInOrder } from './desktop/quit-in-order.ts';
import { createShell } from './desktop/shell.ts';
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
import { asRefusal } from './storage/failure.ts';

const { line, dataDir } = prepareLaunch(app);
const log = createLog({ dataDir, toConsole: false });
logAccidents(process, log);

/** A press of any control: everything, at once, without a name or a reason. */
const PRESS = { scope: EVERYTHING, by: '', reason: '', widenedFrom: '' } as const;
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
  const version = app.getVersion();
  const keeper = createSecretKeeper({ dataDir, passphraseFile: process.env.ALLSTOP_PASSPHRASE_FILE });
  let outlook: Outlook | null = null;

  const shell = createShell({
    line,
    dataDir,
    clock,
    log,
    onStop: (control) => press(control),
    onOpenView: (view) => notify('view.open', { view }),
    onSettings: () => notify('settings.changed', {}),
    onSleep: () => engine.sleep(),
    onWake: () => engine.awake(),
    isKnownHost: (host) => holder.isKnownHost(host),
  });
  const spawn = () => spawnUtilityPublisher(join(app.getAppPath(), 'out', 'main', 'publisher.cjs'));
  const engine = createEngine({
    dataDir,
    clock,
    spawn,
    key: keeper.privateKey,
    inFlightCap: () => shell.settings.read().inFlightCap,
    onChange: (what) => outlook?.changed(what),
    onMissed: (counts) => outlook?.missed(counts),
    onTrip: shell.notifications.accountHeld,
    onSettled: (settlements) => {
      holder.watchUnconfirmed(settlements);
      outlook?.settled(settlements);
    },
  });
  press = (control) => void engine.stop.engage({ ...PRESS, control });
  if (line.command === 'stop') press('command-line');
  engine.record({ event: 'app.started', details: { version } });
  show = shell.window.show;

  const holder = createDeskHolder({ dataDir, engine, clock, onMoved: shell.restart });
  const { notify, stop: stopNotify } = createNotify({ contents: shell.window.contents, clock });
  outlook = createOutlook({
    clock,
    shell,
    status: engine.stop.status,
    desk: holder,
    tell: (what) => notify(`${what}.changed`, {}),
  });
  const desk = createDesk({ engine, holder, clock, keeper, shell, notify, dataDir, version, spawn });
  const server = createServer({
    ipcMain,
    handlers: createHandlers(desk),
    contents: shell.window.contents,
    onFault: ({ id, channel, error }) => log.error('request.failed', error, { id, channel }),
    newId: randomUUID,
    explain: asRefusal,
  });
  server.start();
  shell.start();
  desk.safeguards.start();
  outlook.changed('publishing');

  const control = listen(dataDir, engine, holder).catch((error: unknown) =>
    log.error('control.failed', error),
  );

  const hangUp = async () => (await control)?.close();
  const recordQuit = () => engine.record({ event: 'app.quit' });
  const first = [desk.safeguards.stop, hangUp, server.stop, stopNotify];
  const then = [holder.giveUp, desk.close, recordQuit];
  quitInOrder(app, [...first, ...then, engine.close, holder.close, shell.stop]);

  await holder.start({
    keyring: () => findKeyring(shell.askBus, clock),
    keeper,
    onChange: (what) => outlook?.changed(what),
  });
}

if (instance.start()) void app.whenReady().then(run);
