import type { PublishingState } from '../core/stop-types.ts';

/** Everything main itself says: tray, menu, notifications, dialogs. The window has its own words. */
export type Words = {
  language: 'en' | 'fr';
  emergencyStop: string;
  openWindow: string;
  quit: string;
  /** One line for the tray menu and the window's title. */
  state: Record<PublishingState, string>;
  /** `next`: the time of the next post, already formatted; '' when nothing is due. */
  tooltip(state: string, scheduled: number, next: string): string;
  /** A short list for a sentence: 1 → '1 post'. */
  posts(count: number): string;

  stopEngagedTitle(scope: string): string;
  stopEngagedBody(facts: { control: string; held: number; inFlight: number }): string;
  stopConfirmedTitle: string;
  stopConfirmedBody(held: number): string;
  stopNotConfirmedTitle: string;
  /** `todo`: what has to be done by hand. */
  stopNotConfirmedBody(todo: string): string;
  stopForgottenTitle(scope: string): string;
  /** `since` is already formatted; `by` is '' when nobody gave a name. */
  stopForgottenBody(facts: { since: string; by: string; held: number; others: number }): string;
  drillDueTitle: string;
  drillDueBody: string;
  control: Record<
    'shortcut' | 'tray' | 'button' | 'command-line' | 'file-removed' | 'start' | 'trip',
    string
  >;
  everything: string;
  reviewTitle(count: number): string;
  reviewBody(facts: { missed: number; failed: number; unconfirmed: number }): string;
  signInsTitle(count: number): string;
  signInsBody: string;
  yesNearTitle(count: number): string;
  /** `first`: when the first is planned, already formatted. */
  yesNearBody(facts: { first: string; names: readonly string[] }): string;
  digestTitle: string;
  /** `first`: when tomorrow's first post goes, already formatted; '' when there is none. */
  digestBody(facts: {
    published: number;
    failed: number;
    missed: number;
    waiting: number;
    tomorrow: number;
    first: string;
  }): string;
  accountsHeldTitle(count: number): string;
  /** How many accounts were held for which reason; `isOneNetwork` when several, and all on the same network. */
  accountsHeldBody(facts: {
    rate: number;
    refusals: number;
    'no-answer': number;
    isOneNetwork: boolean;
  }): string;
  controlLostTitle: string;
  trayLostBody: string;
  controlGone: Record<'button' | 'command-line' | 'file', string>;
  proofEndedTitle: string;
  /** `because`: one of `proofEnded`. */
  proofEndedBody(because: string): string;
  proofEnded: Record<'old' | 'key' | 'app' | 'system' | 'session' | 'layout', string>;
  backupFailedTitle: string;
  /** `needed`: bytes, 0 when that is not known. */
  backupFailedBody(facts: {
    code: 'no-room' | 'not-sound' | 'failed';
    detail: string;
    needed: number;
  }): string;
  closedToTrayTitle: string;
  closedToTrayBody: string;
  settingsResetTitle: string;
  settingsResetBody(keptAs: string): string;
  settingsNotWrittenTitle: string;
  settingsNotWrittenBody(problem: string): string;

  windowGone: string;
  windowHung: string;
  windowNotLoaded: string;
  windowTroubleDetail: string;
  reload: string;
  wait: string;
  quitQuestion: string;
  quitDetail(scheduled: number): string;
  keepRunning: string;
  openLinkQuestion(host: string): string;
  openLink: string;
  cancel: string;

  shortcutAlternative(wanted: string, used: string): string;
  shortcutNone(wanted: string): string;
  shortcutUnproven: string;
  shortcutInvalid: string;
  shortcutTaken(accelerator: string): string;

  menu: {
    stop: string;
    stopByHand: string;
    file: string;
    edit: string;
    view: string;
    window: string;
    help: string;
    undo: string;
    redo: string;
    cut: string;
    copy: string;
    paste: string;
    selectAll: string;
    reload: string;
    actualSize: string;
    zoomIn: string;
    zoomOut: string;
    fullScreen: string;
    developerTools: string;
    minimise: string;
    close: string;
    dataFolder: string;
    about: string;
    hide: string;
    hideOthers: string;
    showAll: string;
    services: string;
    front: string;
    newPost: string;
    importCalendar: string;
    settings: string;
  };
  stopByHandTitle: string;
  stopByHandDetail(permitPath: string): string;

  signInDone: string;
  signInFailed: string;
  signInClose: string;
  signInTimeout: string;
  signInDeclined: string;
  signInNoBrowser: string;
  signInPortTaken(port: number): string;

  file: Record<'calendar' | 'accounts' | 'export', string>;
  csvFiles: string;
  savePdf: string;
  pdfFiles: string;
  saveReport: string;
  chooseFolder: string;
};
