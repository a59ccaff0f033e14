/** S, X and K lie on the same keys on QWERTY, AZERTY and QWERTZ boards. */
export const DEFAULT_SHORTCUT = 'CommandOrControl+Alt+Shift+S';
/** Tried in this order when the wanted key is taken. */
export const ALTERNATIVE_SHORTCUTS = [
  'CommandOrControl+Alt+Shift+X',
  'CommandOrControl+Alt+Shift+K',
] as const;
