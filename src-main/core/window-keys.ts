import { ALTERNATIVE_SHORTCUTS, DEFAULT_SHORTCUT } from './stop-keys.ts';

/** What the window does at a key that can be changed. */
export type WindowCommand =
  | 'palette'
  | 'shortcuts'
  | 'help'
  | 'settings'
  | 'write'
  | 'import'
  | 'schedule'
  | 'emoji'
  | 'saved-texts'
  | 'view-desk'
  | 'view-queue'
  | 'view-calendar'
  | 'view-compose'
  | 'view-import'
  | 'view-review'
  | 'view-journal'
  | 'view-stop'
  | 'view-settings';

export type WindowKey = {
  readonly command: WindowCommand;
  /** As Electron writes it: 'CommandOrControl+Shift+E', '?', 'F1'. */
  readonly accelerator: string;
  readonly isChanged: boolean;
  /** The emergency stop has the same key, and wins. */
  readonly isTaken: boolean;
};

/** Whose key it is already. */
export type KeyConflict =
  | { readonly kind: 'command'; readonly command: WindowCommand }
  | { readonly kind: 'stop' | 'edit' | 'system' };

/** The key each command has until a person chooses another. */
const FIRST_KEYS: Readonly<Record<WindowCommand, string>> = {
  palette: 'CommandOrControl+K',
  shortcuts: '?',
  help: 'F1',
  settings: 'CommandOrControl+,',
  write: 'CommandOrControl+N',
  import: 'CommandOrControl+I',
  schedule: 'CommandOrControl+Return',
  emoji: 'CommandOrControl+J',
  'saved-texts': 'CommandOrControl+Shift+E',
  'view-desk': 'CommandOrControl+1',
  'view-queue': 'CommandOrControl+2',
  'view-calendar': 'CommandOrControl+3',
  'view-compose': 'CommandOrControl+4',
  'view-import': 'CommandOrControl+5',
  'view-review': 'CommandOrControl+6',
  'view-journal': 'CommandOrControl+7',
  'view-stop': 'CommandOrControl+8',
  'view-settings': 'CommandOrControl+9',
};
const COMMANDS = Object.keys(FIRST_KEYS) as WindowCommand[];

/** Keys by which text is edited, chosen and taken back, everywhere and in every field. */
const EDITING = [
  'A',
  'C',
  'V',
  'X',
  'Z',
  'Y',
  'Shift+Z',
  'Shift+V',
  'B',
  'U',
  'Backspace',
  'Delete',
  'Left',
  'Right',
  'Home',
  'End',
].map((key) => `CommandOrControl+${key}`);

/** Keys of the menus, of the page and of the desktop. */
const OF_SYSTEM = [
  ...[
    'Q',
    'W',
    'M',
    'H',
    'P',
    'R',
    'Shift+R',
    'Shift+I',
    'Shift+W',
    'F4',
    '0',
    '-',
    'Plus',
    '=',
    'Space',
    'Alt+Delete',
    'Alt+Backspace',
  ].map((key) => `CommandOrControl+${key}`),
  'Alt+F4',
  'Alt+Left',
  'Alt+Right',
  'Alt+Space',
  'Alt+Return',
  'F10',
  'F11',
  'F12',
];

const KEY =
  /^(?:(?:CommandOrControl|Control|Super|Alt|Shift)\+)*(?:[A-Z0-9]|F(?:[1-9]|1\d|2[0-4])|[!-/:-@[-`{-~]|Plus|Up|Down|Left|Right|Home|End|PageUp|PageDown|Insert|Delete|Backspace|Return|Space)$/u;
/** Without Ctrl or Alt only what no text is written with, or a sign that is no letter and no digit: typed into a field it stays text. */
const BARE = /^(?:Shift\+)?(?:F\d{1,2}|[!-/:-@[-`{-~])$/u;

/** What is registered for the stop, and what a person wants for it. */
export type StopKeys = { readonly accelerator: string; readonly wanted: string };

/** The commands of the window with the keys they have. `changed`: what was kept; what makes no sense in it, or has become another's, is left out. */
export function windowKeys(changed: Readonly<Record<string, string>>, stop: StopKeys): readonly WindowKey[] {
  const taken = new Set<string>();
  const own = new Map<WindowCommand, string>();
  for (const command of COMMANDS) {
    const key = changed[command];
    if (key === undefined || taken.has(key) || !isFree(key)) continue;
    own.set(command, key);
    taken.add(key);
  }
  return COMMANDS.map((command) => {
    const accelerator = own.get(command) ?? FIRST_KEYS[command];
    const isChanged = accelerator !== FIRST_KEYS[command];
    const isTaken = accelerator === stop.accelerator || (!own.has(command) && taken.has(accelerator));
    return { command, accelerator, isChanged, isTaken };
  });
}

/** Why a command cannot have a key; null when it can. The keys of the stop and those it falls back to are never free. */
export function conflictOf(
  command: WindowCommand,
  accelerator: string,
  keys: readonly WindowKey[],
  stop: StopKeys,
): KeyConflict | null {
  const isStop = [stop.accelerator, stop.wanted, DEFAULT_SHORTCUT, ...ALTERNATIVE_SHORTCUTS].includes(
    accelerator,
  );
  if (isStop) return { kind: 'stop' };
  if (EDITING.includes(accelerator)) return { kind: 'edit' };
  if (!isFree(accelerator)) return { kind: 'system' };
  const other = keys.find((one) => one.command !== command && one.accelerator === accelerator);
  return other ? { kind: 'command', command: other.command } : null;
}

/** No key of editing, of the menus or of the desktop, nor one that writes or presses something by itself: a settings file may hold any. */
function isFree(accelerator: string): boolean {
  return isUsable(accelerator) && !EDITING.includes(accelerator) && !OF_SYSTEM.includes(accelerator);
}

/** Super belongs to the desktop; Alt with a letter opens menus or writes a sign. */
function isUsable(accelerator: string): boolean {
  if (!KEY.test(accelerator) || accelerator.includes('Super+')) return false;
  if (/^(?:Shift\+)?Alt\+(?:Shift\+)?[A-Z0-9]$/u.test(accelerator)) return false;
  return (
    accelerator.includes('CommandOrControl+') ||
    accelerator.includes('Control+') ||
    accelerator.includes('Alt+') ||
    BARE.test(accelerator)
  );
}

export function firstKeyOf(command: WindowCommand): string {
  return FIRST_KEYS[command];
}

/** The key a command has now. */
export function keyOfCommand(
  command: WindowCommand,
  changed: Readonly<Record<string, string>>,
  stop: StopKeys,
): string {
  return windowKeys(changed, stop).find((one) => one.command === command)?.accelerator ?? firstKeyOf(command);
}
