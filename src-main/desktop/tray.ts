import { Menu, Tray } from 'electron';
import type { CancelWake, Clock } from '../core/clock.ts';
import type { PublishingState } from '../core/stop-types.ts';
import type { TrayHost } from './tray-host.ts';
import type { TrayIcons } from './tray-icons.ts';
import type { Words } from './words.ts';

const CHECK_EVERY_MS = 20_000;
const SETTLING_MS = 200;
const SETTLING_ATTEMPTS = 6;

/** What the icon says besides the state. `next`: the time of the next post, formatted; '' when nothing is due. */
export type TrayFacts = {
  readonly state: PublishingState;
  readonly scheduled: number;
  readonly next: string;
};

/**
 * The icon in the system tray. Its first item is always the emergency stop, always enabled, without a question.
 *
 * On Linux every change of menu or tooltip renumbers the menu's items, and a click on a menu that a person has open would then name
 * an item that is no more. So there both change only with the state and the language; moving numbers are for the other systems.
 */
export function createTray(deps: {
  icons: TrayIcons;
  clock: Clock;
  words: () => Words;
  onStop: () => void;
  onOpen: () => void;
  onQuit: () => void;
  /** Linux: whether an icon of ours is really shown; asked at start, after every re-creation and every 20 s. Null elsewhere. */
  readHost: (() => Promise<TrayHost>) | null;
  /** The tray was found or lost. */
  onChange: () => void;
}) {
  let tray: Tray | null = null;
  let facts: TrayFacts = { state: 'not-started', scheduled: 0, next: '' };
  let shown = '';
  let isRunning = false;
  let host: TrayHost = 'unknown';
  let isChecking = false;
  let wasMadeAgain = false;
  let cancelCheck: CancelWake = () => {};

  function create(): void {
    tray?.destroy();
    shown = '';
    try {
      tray = new Tray(deps.icons.imageFor(facts.state));
      tray.on('click', () => deps.onOpen());
      tray.on('double-click', () => deps.onOpen());
      draw();
    } catch {
      tray = null;
    }
  }

  function draw(): void {
    if (tray === null) return;
    const words = deps.words();
    const state = words.state[facts.state];
    if (deps.readHost === null) tray.setToolTip(words.tooltip(state, facts.scheduled, facts.next));
    const look = `${facts.state} ${words.language}`;
    if (look === shown) return;
    shown = look;
    tray.setImage(deps.icons.imageFor(facts.state));
    if (deps.readHost !== null) tray.setToolTip(`All Stop – ${state}`);
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: words.emergencyStop, click: () => deps.onStop() },
        { type: 'separator' },
        { label: state, enabled: false },
        { type: 'separator' },
        { label: words.openWindow, click: () => deps.onOpen() },
        { label: words.quit, click: () => deps.onQuit() },
      ]),
    );
  }

  /** A host takes an icon in a moment after it was made: 'waiting' counts only when it lasts. */
  async function readSettledHost(read: () => Promise<TrayHost>): Promise<TrayHost> {
    for (let attempt = 1; ; attempt += 1) {
      const now = await read();
      if (now !== 'waiting' || attempt === SETTLING_ATTEMPTS || !isRunning) return now;
      await new Promise<void>((resolve) => deps.clock.after(SETTLING_MS, resolve));
    }
  }

  /**
   * An icon made before its host came is never shown by it: it has to be made again. Once for each coming of a host, because a host
   * that does not tell whose icons it shows would otherwise see ours made anew for ever.
   */
  async function check(): Promise<void> {
    if (!isRunning || isChecking || deps.readHost === null) return;
    isChecking = true;
    const wasShown = isShown();
    host = await readSettledHost(deps.readHost);
    if (host === 'waiting' && !wasMadeAgain && isRunning) {
      wasMadeAgain = true;
      create();
      host = await readSettledHost(deps.readHost);
    }
    if (host === 'shown' || host === 'absent') wasMadeAgain = false;
    isChecking = false;
    if (isRunning && wasShown !== isShown()) deps.onChange();
  }

  function keepChecking(): void {
    cancelCheck = deps.clock.after(CHECK_EVERY_MS, () => {
      void check().then(() => {
        if (isRunning) keepChecking();
      });
    });
  }

  function isShown(): boolean {
    if (tray === null) return false;
    return deps.readHost === null || host === 'shown';
  }

  return {
    /** Call after `ready`. */
    start(): void {
      if (isRunning) return;
      isRunning = true;
      create();
      void check();
      if (deps.readHost !== null) keepChecking();
    },
    stop(): void {
      if (!isRunning) return;
      isRunning = false;
      cancelCheck();
      tray?.destroy();
      tray = null;
      host = 'unknown';
    },
    /** Also after a change of language. */
    update(next: TrayFacts): void {
      facts = next;
      draw();
    },
    /** A person can really see the icon, as far as the desktop tells. Only then may the window hide. */
    isShown,
    /** On wake and when the window is shown. */
    check,
  };
}
