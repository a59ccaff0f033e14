import type { Words } from './words.ts';

const posts = (count: number) => (count === 1 ? '1 post' : `${count.toLocaleString('en-GB')} posts`);
const megabytes = (bytes: number) => `${Math.ceil(bytes / 1_000_000).toLocaleString('en-GB')} MB`;
const list = (parts: readonly string[]) => new Intl.ListFormat('en-GB').format(parts);

export const ENGLISH: Words = {
  language: 'en',
  emergencyStop: 'Emergency stop',
  openWindow: 'Open All Stop',
  quit: 'Quit All Stop',
  state: {
    publishing: 'Publishing',
    stopped: 'STOPPED: nothing is published',
    stopping: 'STOPPING…',
    'not-confirmed': 'STOP NOT CONFIRMED: act by hand',
    'not-started': 'Not publishing',
  },
  tooltip: (state, scheduled, next) =>
    `All Stop – ${state}\n${posts(scheduled)} scheduled${next === '' ? '' : `, next ${next}`}`,
  posts,

  stopEngagedTitle: (scope) => `Stopped: ${scope}`,
  stopEngagedBody: ({ control, held, inFlight }) =>
    `By ${control}. ${posts(held)} held${
      inFlight === 0 ? ', nothing in flight.' : `; ${posts(inFlight)} in flight may still appear.`
    }`,
  stopConfirmedTitle: 'Stop confirmed',
  stopConfirmedBody: (held) => `Nothing more goes out. ${posts(held)} held.`,
  stopNotConfirmedTitle: 'STOP NOT CONFIRMED',
  stopNotConfirmedBody: (todo) => `Posts may still go out. Do this now: ${todo}`,
  stopForgottenTitle: (scope) => `Still stopped: ${scope}`,
  stopForgottenBody: ({ since, by, held, others }) =>
    `Since ${since}${by === '' ? '' : `, by ${by}`}. ${posts(held)} held.${
      others === 0 ? '' : ` ${others} more ${others === 1 ? 'stop is' : 'stops are'} in force.`
    } It stays until a person releases it.`,
  drillDueTitle: 'A drill is due',
  drillDueBody:
    'The stop is rehearsed once a quarter: ten seconds, on a copy, while publishing goes on. It starts from its own button in the stop room.',
  control: {
    shortcut: 'the shortcut',
    tray: 'the tray',
    button: 'the button',
    'command-line': 'the command line',
    'file-removed': 'removing the permit file',
    start: 'the state found at start',
    trip: 'an automatic trip',
  },
  everything: 'everything',
  reviewTitle: (count) => `${posts(count)} ${count === 1 ? 'needs' : 'need'} a decision`,
  reviewBody: ({ missed, failed, unconfirmed }) =>
    `${list(
      [
        missed > 0 ? `${missed} missed` : '',
        failed > 0 ? `${failed} failed` : '',
        unconfirmed > 0 ? `${unconfirmed} unconfirmed` : '',
      ].filter((part) => part !== ''),
    )}. Nothing is sent by itself.`,
  yesNearTitle: (count) => `${posts(count)} still ${count === 1 ? 'waits' : 'wait'} for a yes`,
  yesNearBody: ({ first, names }) =>
    `The first is planned for ${first}. Without a yes from ${list(names)} before its time it is missed.`,
  signInsTitle: (count) =>
    count === 1 ? '1 account has to be signed in again' : `${count} accounts have to be signed in again`,
  signInsBody: 'Their posts wait within the grace and are then missed. Sign in on the desk.',
  digestTitle: 'All Stop today',
  digestBody: ({ published, failed, missed, waiting, tomorrow, first }) =>
    [
      `${posts(published)} went out${failed > 0 ? `, ${failed} failed` : ''}${missed > 0 ? `, ${missed} missed` : ''}.`,
      waiting > 0 ? `${posts(waiting)} ${waiting === 1 ? 'waits' : 'wait'} in Review.` : '',
      tomorrow > 0 ? `Tomorrow ${posts(tomorrow)}, the first at ${first}.` : 'Nothing is scheduled tomorrow.',
    ]
      .filter((part) => part !== '')
      .join(' '),
  accountsHeldTitle: (count) => `${count === 1 ? '1 account was' : `${count} accounts were`} held by itself`,
  accountsHeldBody: ({ rate, refusals, 'no-answer': noAnswer, isOneNetwork }) =>
    `${list(
      [
        refusals > 0 ? `${refusals} after several refusals` : '',
        noAnswer > 0 ? `${noAnswer} after posts without an answer` : '',
        rate > 0 ? `${rate} for far too many posts a minute` : '',
      ].filter((part) => part !== ''),
    )}.${isOneNetwork ? ' All are on one network: it may refuse everybody.' : ''} Look at the desk; only a person resumes.`,
  controlLostTitle: 'A stop control is lost',
  trayLostBody: 'The desktop no longer shows the tray icon. All Stop stays in its window.',
  controlGone: {
    button: 'The window does not answer: its red button may not work. The other controls do.',
    'command-line': 'The running app cannot be reached by the command line. The other controls work.',
    file: 'The file “permit” in the data folder could not be removed. Free or mend the disk.',
  },
  proofEndedTitle: 'The stop shortcut has to be proven again',
  proofEndedBody: (because) => `${because} Press it once while publishing is off.`,
  proofEnded: {
    old: 'Its last press is more than 30 days ago.',
    key: 'It is another key now.',
    app: 'All Stop was updated.',
    system: 'The system was updated.',
    session: 'The kind of desktop session changed.',
    layout: 'The keyboard layout changed.',
  },
  backupFailedTitle: 'No backup could be made',
  backupFailedBody: ({ code, detail, needed }) =>
    ({
      'no-room': `The disk is full${needed > 0 ? `: ${megabytes(needed)} are needed in ${detail}` : ''}. Older backups are kept.`,
      'not-sound': `The copy was not whole and was thrown away: ${detail}`,
      failed: `The disk says: ${detail}`,
    })[code],
  closedToTrayTitle: 'All Stop goes on in the tray',
  closedToTrayBody:
    'Posts go on being published. Open or quit from the tray icon; the setting can be changed.',
  settingsNotWrittenTitle: 'The settings could not be written',
  settingsNotWrittenBody: (problem) =>
    `They hold until All Stop ends. The stop works all the same. The disk says: ${problem}`,
  settingsResetTitle: 'The settings could not be read',
  settingsResetBody: (keptAs) =>
    `All Stop started with its default settings. The old file was kept as ${keptAs}.`,

  windowGone: 'The window has crashed.',
  windowHung: 'The window does not answer.',
  windowNotLoaded: 'The window could not be loaded.',
  windowTroubleDetail:
    'Publishing and the emergency stop do not depend on the window: the shortcut and the tray still work.',
  reload: 'Reload',
  wait: 'Wait',
  quitQuestion: 'Quit All Stop?',
  quitDetail: (scheduled) =>
    `Nothing is published while All Stop is closed: ${posts(scheduled)} scheduled. What falls due meanwhile is missed and waits for you.`,
  keepRunning: 'Keep running',
  openLinkQuestion: (host) => `Open ${host} in the browser?`,
  openLink: 'Open',
  cancel: 'Cancel',

  shortcutAlternative: (wanted, used) =>
    `${wanted} is taken by another program; ${used} was registered instead.`,
  shortcutNone: (wanted) =>
    `No key for the emergency stop could be registered: ${wanted} and the alternatives are taken. Choose another one.`,
  shortcutUnproven:
    'On this desktop (Wayland) a registered key may never arrive. It counts only once it was pressed.',
  shortcutInvalid: 'Choose a key together with Ctrl, Alt or Cmd, or a function key.',
  shortcutTaken: (accelerator) => `${accelerator} is taken by another program. The old key stays.`,

  menu: {
    stop: 'Stop',
    stopByHand: 'How to stop by hand…',
    file: 'File',
    edit: 'Edit',
    view: 'View',
    window: 'Window',
    help: 'Help',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select All',
    reload: 'Reload the window',
    actualSize: 'Actual Size',
    zoomIn: 'Zoom In',
    zoomOut: 'Zoom Out',
    fullScreen: 'Full Screen',
    developerTools: 'Developer Tools',
    minimise: 'Minimise',
    close: 'Close',
    dataFolder: 'Show the data folder',
    about: 'About All Stop',
    hide: 'Hide All Stop',
    hideOthers: 'Hide Others',
    showAll: 'Show All',
    services: 'Services',
    front: 'Bring All to Front',
    newPost: 'New Post',
    importCalendar: 'Import a Calendar…',
    settings: 'Settings…',
  },
  stopByHandTitle: 'Stopping by hand',
  stopByHandDetail: (permitPath) =>
    `Delete this file, whether All Stop runs, hangs or is closed:\n\n${permitPath}\n\nWithout it nothing is published.`,

  signInDone: 'You are signed in.',
  signInFailed: 'The sign-in did not work.',
  signInClose: 'You can close this page and go back to All Stop.',
  signInTimeout: 'Nobody came back from the browser within two minutes. Nothing was changed.',
  signInDeclined: 'The sign-in was declined in the browser. Nothing was changed.',
  signInPortTaken: (port) =>
    `Another program uses port ${port} of this computer, which this sign-in needs. Close it and try again. Nothing was changed.`,
  signInNoBrowser: 'The browser could not be opened. Nothing was changed.',

  file: {
    calendar: 'Import a calendar',
    accounts: 'Import accounts',
    export: 'Export the calendar',
  },
  csvFiles: 'CSV files',
  savePdf: 'Save as PDF',
  pdfFiles: 'PDF files',
  chooseFolder: 'Choose a folder',
  saveReport: 'Save the document for the client',
};
