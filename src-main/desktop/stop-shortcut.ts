import { arch, release } from 'node:os';
import type { GlobalShortcut } from 'electron';
import type { CancelWake, Clock, Instant } from '../core/clock.ts';
import { ok, type Result, refuse } from '../core/result.ts';
import { ALTERNATIVE_SHORTCUTS, DEFAULT_SHORTCUT } from '../core/stop-keys.ts';
import type { Words } from './words.ts';

const CHECK_EVERY_MS = 60_000;
const PROOF_LASTS_MS = 30 * 24 * 60 * 60_000;

/** What the words of a proof stand for, in their order. */
const CHANGES = ['key', 'app', 'system', 'system', 'session', 'layout'] as const;
const LAYOUT = 5;

/** A person pressed the key and it arrived. `of` names the key, the app, the system and the session it was true for. */
export type ShortcutProof = { readonly at: Instant; readonly of: string };

/** No press ever, none for 30 days, or what changed since: the key, the app, the system, the kind of session, the keyboard layout. */
export type Unproven = 'never' | 'old' | 'key' | 'app' | 'system' | 'session' | 'layout';

export type ShortcutStatus = {
  /** What is registered now; '' when none could be. */
  readonly accelerator: string;
  /** What the person chose, or the default. */
  readonly wanted: string;
  readonly isRegistered: boolean;
  /** When a person last pressed it; null when never, too long ago, or when something changed since. */
  readonly provenAt: Instant | null;
  /** Why it does not count as proven; '' when it does. */
  readonly unproven: '' | Unproven;
  /** In words; '' when all is well. */
  readonly problem: string;
};

/**
 * The key that stops everything. A press always stops for real, first of all, also while it is being proven.
 * Registration says little (on Wayland nothing): only a press proves the key.
 */
export function createStopShortcut(deps: {
  globalShortcut: Pick<GlobalShortcut, 'register' | 'unregister' | 'isRegistered'>;
  clock: Clock;
  words: () => Words;
  /** Called at once and synchronously; must not throw. */
  onPress: () => void;
  onChange: () => void;
  readWanted: () => string;
  /** Neither may throw: a disk that is full must not cost the key. */
  writeWanted: (accelerator: string) => void;
  readProof: () => ShortcutProof | null;
  writeProof: (proof: ShortcutProof) => void;
  appVersion: string;
  /** 'x11', 'wayland' or ''. */
  sessionType: string;
  /** What the keys write now; '' when that is not known, which then says nothing. */
  layout: () => string;
  /** A press proved a key that was not proven, or that was asked for. */
  onProven: () => void;
}) {
  let isRunning = false;
  let accelerator = '';
  let proof: ShortcutProof | null = null;
  let cancelCheck: CancelWake = () => {};
  const waiting = new Set<() => void>();

  const proofOf = () =>
    [accelerator, deps.appVersion, release(), arch(), deps.sessionType, deps.layout()].join(' ');

  function press(): void {
    deps.onPress();
    const isNews = waiting.size > 0 || whyUnproven() !== '';
    const pressed = { at: deps.clock.now(), of: proofOf() };
    proof = pressed;
    for (const resolve of [...waiting]) resolve();
    // Writing settings is file work: not in the step of the press.
    deps.clock.after(0, () => {
      deps.writeProof(pressed);
      if (isNews) deps.onProven();
      deps.onChange();
    });
  }

  function tryRegister(candidate: string): boolean {
    try {
      return deps.globalShortcut.register(candidate, press) && deps.globalShortcut.isRegistered(candidate);
    } catch {
      return false; // not a key Electron knows
    }
  }

  function register(): void {
    const wanted = deps.readWanted();
    const candidates = [...new Set([wanted, DEFAULT_SHORTCUT, ...ALTERNATIVE_SHORTCUTS])];
    accelerator = candidates.find(tryRegister) ?? '';
  }

  /** Registers again what was lost. What is still held is left alone: letting go of it, even for a moment, could lose it. */
  function check(): void {
    if (!isRunning) return;
    const before = accelerator;
    if (accelerator === '' || !deps.globalShortcut.isRegistered(accelerator)) register();
    if (before !== accelerator) deps.onChange();
  }

  function keepChecking(): void {
    cancelCheck = deps.clock.after(CHECK_EVERY_MS, () => {
      check();
      if (isRunning) keepChecking();
    });
  }

  function whyUnproven(): '' | Unproven {
    if (proof === null) return 'never';
    const then = proof.of.split(' ');
    const now = proofOf().split(' ');
    const changed = CHANGES.find((_, place) => {
      const isSame = (then[place] ?? '') === (now[place] ?? '');
      const isKnown =
        place !== LAYOUT || (then[place] !== undefined && then[place] !== '' && now[place] !== '');
      return !isSame && isKnown;
    });
    if (changed !== undefined) return changed;
    const age = deps.clock.now() - proof.at;
    return age >= 0 && age < PROOF_LASTS_MS ? '' : 'old';
  }

  function status(): ShortcutStatus {
    const wanted = deps.readWanted();
    const isRegistered = accelerator !== '' && deps.globalShortcut.isRegistered(accelerator);
    const unproven = whyUnproven();
    const proven = isRegistered && unproven === '' ? (proof?.at ?? null) : null;
    const words = deps.words();
    let problem = '';
    if (!isRegistered) problem = words.shortcutNone(readable(wanted));
    else if (accelerator !== wanted)
      problem = words.shortcutAlternative(readable(wanted), readable(accelerator));
    else if (proven === null && deps.sessionType === 'wayland') problem = words.shortcutUnproven;
    return { accelerator, wanted, isRegistered, provenAt: proven, unproven, problem };
  }

  return {
    start(): void {
      if (isRunning) return;
      isRunning = true;
      proof = deps.readProof();
      register();
      keepChecking();
    },
    stop(): void {
      if (!isRunning) return;
      isRunning = false;
      cancelCheck();
      if (accelerator !== '') deps.globalShortcut.unregister(accelerator);
      accelerator = '';
      for (const resolve of [...waiting]) resolve();
    },
    status,
    check,
    /** Takes a new key. Refused ('shortcut-invalid', 'shortcut-taken') the old one stays registered. */
    change(next: string): Result<ShortcutStatus> {
      const words = deps.words();
      if (!isUsableShortcut(next)) return refuse('shortcut-invalid', words.shortcutInvalid);
      if (next !== accelerator) {
        if (!tryRegister(next)) return refuse('shortcut-taken', words.shortcutTaken(readable(next)));
        if (accelerator !== '') deps.globalShortcut.unregister(accelerator);
        accelerator = next;
      }
      deps.writeWanted(next);
      deps.onChange();
      return ok(status());
    },
    /**
     * Resolves when the key is really pressed, or after `timeoutMs`; `provenAt` tells which. The press stops as any other:
     * ask for it only while publishing is off.
     */
    prove(timeoutMs: number): Promise<ShortcutStatus> {
      return new Promise((resolve) => {
        const cancel = deps.clock.after(timeoutMs, done);
        function done(): void {
          cancel();
          waiting.delete(done);
          resolve(status());
        }
        waiting.add(done);
      });
    },
  };
}

export type StopShortcut = ReturnType<typeof createStopShortcut>;

const MODIFIERS = new Set([
  'command',
  'cmd',
  'control',
  'ctrl',
  'commandorcontrol',
  'cmdorctrl',
  'alt',
  'option',
  'super',
  'meta',
]);

/** A key with a modifier other than Shift, or a function key alone: anything less would be pressed by accident or block typing. */
export function isUsableShortcut(accelerator: string): boolean {
  const parts = accelerator.split('+').map((part) => part.trim().toLowerCase());
  const keys = parts.filter((part) => !MODIFIERS.has(part) && part !== 'shift' && part !== 'altgr');
  const key = keys[0] ?? '';
  if (keys.length !== 1 || key === '' || key.length > 20) return false;
  return parts.some((part) => MODIFIERS.has(part)) || /^f([1-9]|1\d|2[0-4])$/u.test(key);
}

/** 'CommandOrControl+Alt+Shift+S' as it is printed on keys. */
export function readable(accelerator: string, platform: NodeJS.Platform = process.platform): string {
  const main = platform === 'darwin' ? 'Cmd' : 'Ctrl';
  return accelerator.replace(/CommandOrControl|CmdOrCtrl/giu, main).replace(/Control/giu, 'Ctrl');
}
