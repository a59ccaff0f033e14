import { app, BrowserWindow, type NativeImage, nativeTheme, screen, type WebContents } from 'electron';
import type { PublishingState } from '../core/stop-types.ts';
import { APP_URL } from './app-scheme.ts';
import type { Dialogs } from './dialogs.ts';
import type { Log } from './log.ts';
import { createQuitQuestion } from './quit-question.ts';
import { guardContents } from './session-guard.ts';
import type { WindowBounds } from './settings.ts';
import type { Words } from './words.ts';

const SMALLEST = { width: 1024, height: 700 };
const USUAL = { width: 1360, height: 880 };
/** So much of the title bar has to lie on some display, or the window is put back in the middle. */
const VISIBLE = 80;

/** What closing the window does: go on in the tray, ask, or end the app. */
export type CloseAction = 'hide' | 'ask' | 'quit';

/**
 * The one window. Its page is sandboxed, isolated, served from the app's own files, and cannot go anywhere. The stop does not need it:
 * when the page hangs or dies, a reload is offered and everything else goes on.
 */
export function createWindow(deps: {
  preload: string;
  icon: NativeImage;
  words: () => Words;
  log: Log;
  dialogs: Dialogs;
  readBounds: () => WindowBounds | null;
  writeBounds: (bounds: WindowBounds) => void;
  closeAction: () => CloseAction;
  /** Whether quitting by the menu or the tray is asked about first. */
  asksToQuit: () => boolean;
  /** Scheduled posts, for the question before quitting. */
  scheduled: () => number;
  /** It went to the tray. */
  onHidden: () => void;
  onShown: () => void;
  onStop: () => void;
  onLink: (url: string) => void;
}) {
  let window: BrowserWindow | null = null;
  let state: PublishingState = 'not-started';
  let isQuitting = false;
  let isAsking = false;

  const question = createQuitQuestion({
    isNeeded: deps.asksToQuit,
    async ask() {
      isAsking = true;
      try {
        // A question that belongs to a hidden window would be hidden with it.
        return await deps.dialogs.askToQuit(window?.isVisible() === true ? window : null, deps.scheduled());
      } finally {
        isAsking = false;
      }
    },
    quit: () => app.quit(),
  });

  const noteQuit = () => {
    isQuitting = true;
  };

  function open(isShown: boolean): void {
    const bounds = usableBounds(deps.readBounds());
    const created = new BrowserWindow({
      ...bounds.place,
      minWidth: SMALLEST.width,
      minHeight: SMALLEST.height,
      show: false,
      title: titleOf(),
      icon: deps.icon,
      autoHideMenuBar: true,
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#1a1b1e' : '#ffffff',
      webPreferences: {
        preload: deps.preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        webviewTag: false,
        navigateOnDragDrop: false,
        // Elsewhere Chromium would fetch dictionaries from the network.
        spellcheck: process.platform === 'darwin',
      },
    });
    window = created;
    if (bounds.isMaximized) created.maximize();
    guardContents(created.webContents, deps.onLink);
    created.on('page-title-updated', (event) => event.preventDefault());
    created.on('close', (event) => {
      keepBounds(created);
      if (!isQuitting) close(event);
    });
    created.on('closed', () => {
      if (window === created) window = null;
    });
    created.on('show', deps.onShown);
    // The page paints late on a slow machine; a window that never comes is worse than an empty one.
    if (isShown) created.show();
    watch(created);
    load(created);
  }

  function load(created: BrowserWindow): void {
    created.loadURL(APP_URL).catch((error: unknown) => {
      if (created.isDestroyed() || isReplaced(error)) return;
      deps.log.error('window.load-failed', error);
      void offerReload(created, deps.words().windowNotLoaded);
    });
  }

  function close(event: { preventDefault: () => void }): void {
    const action = deps.closeAction();
    if (action === 'quit') {
      event.preventDefault();
      app.quit();
    } else if (action === 'hide') {
      event.preventDefault();
      window?.hide();
      deps.onHidden();
    } else {
      event.preventDefault();
      if (!isAsking) question.ask();
    }
  }

  function watch(created: BrowserWindow): void {
    let closeQuestion = new AbortController();
    created.webContents.on('render-process-gone', (_event, details) => {
      if (details.reason === 'clean-exit') return;
      deps.log.warn('window.gone', { reason: details.reason, exitCode: details.exitCode });
      void offerReload(created, deps.words().windowGone);
    });
    created.on('unresponsive', () => {
      deps.log.warn('window.unresponsive');
      closeQuestion = new AbortController();
      void offerReload(created, deps.words().windowHung, closeQuestion.signal);
    });
    created.on('responsive', () => closeQuestion.abort());
  }

  async function offerReload(created: BrowserWindow, message: string, signal?: AbortSignal): Promise<void> {
    if (isAsking || created.isDestroyed()) return;
    isAsking = true;
    const choice = await deps.dialogs.askAboutTrouble(message, signal);
    isAsking = false;
    if (choice === 'stop') deps.onStop();
    if (choice !== 'reload' || created.isDestroyed()) return;
    created.webContents.forcefullyCrashRenderer();
    load(created);
  }

  function keepBounds(created: BrowserWindow): void {
    if (created.isDestroyed()) return;
    deps.writeBounds({ ...created.getNormalBounds(), isMaximized: created.isMaximized() });
  }

  function titleOf(): string {
    return `${deps.words().state[state]} – All Stop`;
  }

  function show(): void {
    if (window === null) open(true);
    if (window?.isMinimized() === true) window.restore();
    window?.show();
    window?.focus();
  }

  return {
    /** Call after `ready`, with the app's scheme served and the session guarded. */
    start(isShown: boolean): void {
      if (window !== null) return;
      app.on('before-quit', noteQuit);
      open(isShown);
    },
    stop(): void {
      isQuitting = true;
      app.off('before-quit', noteQuit);
      window?.destroy();
      window = null;
    },
    /** Quits as a person asks for it: after a question while posts wait and may go. */
    quit: question.quit,
    /** Shows the window in front, making it again when it is gone. */
    show,
    /** Also after a change of language. */
    update(next: PublishingState): void {
      state = next;
      window?.setTitle(titleOf());
    },
    /** The page; null while there is none. */
    contents: (): WebContents | null => (window === null || window.isDestroyed() ? null : window.webContents),
    /** For dialogs that belong to it. */
    browserWindow: (): BrowserWindow | null => window,
  };
}

/** A load that another load took the place of: nothing is wrong. */
function isReplaced(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_ABORTED';
}

/** Where to open: where it was left, if enough of it still lies on a display. */
function usableBounds(kept: WindowBounds | null): {
  place: { x?: number; y?: number; width: number; height: number };
  isMaximized: boolean;
} {
  // The red button is at the right edge: a window wider than the screen would hide it.
  const most = screen.getPrimaryDisplay().workAreaSize;
  if (kept === null) {
    const place = { width: Math.min(USUAL.width, most.width), height: Math.min(USUAL.height, most.height) };
    return { place, isMaximized: false };
  }
  const width = Math.max(SMALLEST.width, kept.width);
  const height = Math.max(SMALLEST.height, kept.height);
  const isVisible = screen.getAllDisplays().some(({ workArea }) => {
    const across = Math.min(kept.x + width, workArea.x + workArea.width) - Math.max(kept.x, workArea.x);
    const isTopInside = kept.y >= workArea.y - 10 && kept.y < workArea.y + workArea.height - VISIBLE;
    return across >= VISIBLE && isTopInside;
  });
  const place = isVisible ? { x: kept.x, y: kept.y, width, height } : { width, height };
  return { place, isMaximized: kept.isMaximized };
}
