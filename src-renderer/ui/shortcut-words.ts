const NAMES: Record<string, { mac: string; other: string }> = {
  CommandOrControl: { mac: '⌘', other: 'Ctrl' },
  CmdOrCtrl: { mac: '⌘', other: 'Ctrl' },
  Command: { mac: '⌘', other: 'Cmd' },
  Control: { mac: '⌃', other: 'Ctrl' },
  Ctrl: { mac: '⌃', other: 'Ctrl' },
  Alt: { mac: '⌥', other: 'Alt' },
  Shift: { mac: '⇧', other: 'Shift' },
  Return: { mac: '↩', other: 'Enter' },
  Plus: { mac: '+', other: '+' },
  Up: { mac: '↑', other: '↑' },
  Down: { mac: '↓', other: '↓' },
  Left: { mac: '←', other: '←' },
  Right: { mac: '→', other: '→' },
  Super: { mac: '⌘', other: 'Super' },
};

export const IS_MAC = navigator.platform.startsWith('Mac');

/** 'CommandOrControl+Alt+Shift+S' as keys of this computer: ['Ctrl', 'Alt', 'Shift', 'S']. */
export function keysOf(accelerator: string, isMac = IS_MAC): string[] {
  return accelerator
    .split('+')
    .filter((key) => key !== '')
    .map((key) => NAMES[key]?.[isMac ? 'mac' : 'other'] ?? key);
}

/** The same as one word: 'Ctrl+Alt+Shift+S', or '⌘⌥⇧S'. */
export function shortcutWords(accelerator: string, isMac = IS_MAC): string {
  return keysOf(accelerator, isMac).join(isMac ? '' : '+');
}
