import { NAMED_KEYS, type PressedKey } from '../ui/key-names.ts';

export type Recorded =
  | { kind: 'accelerator'; accelerator: string }
  /** Only modifiers so far. */
  | { kind: 'partial'; accelerator: string }
  /** A plain key, which would be taken away from every other program. */
  | { kind: 'bare'; accelerator: string };

/**
 * The key's own name: by its letter where it has a Latin one (the layout decides), else by its place, because Alt and Shift
 * turn letters and digits into other signs.
 */
function nameOf({ key, code }: PressedKey): string {
  if (/^[a-z]$/iu.test(key)) return key.toUpperCase();
  if (/^F([1-9]|1\d|2[0-4])$/u.test(key)) return key;
  const place = /^(?:Key|Digit|Numpad)([A-Z0-9])$/u.exec(code)?.[1];
  return place ?? NAMED_KEYS[key] ?? '';
}

/** A key event as an Electron accelerator, for instance 'CommandOrControl+Alt+Shift+S'. */
export function recordKey(pressed: PressedKey, isMac: boolean): Recorded {
  const parts: string[] = [];
  if (isMac ? pressed.metaKey : pressed.ctrlKey) parts.push('CommandOrControl');
  if (isMac && pressed.ctrlKey) parts.push('Control');
  if (!isMac && pressed.metaKey) parts.push('Super');
  if (pressed.altKey) parts.push('Alt');
  const hasStrong = parts.length > 0;
  if (pressed.shiftKey) parts.push('Shift');
  const name = nameOf(pressed);
  const accelerator = [...parts, ...(name === '' ? [] : [name])].join('+');
  if (name === '') return { kind: 'partial', accelerator };
  return { kind: hasStrong || /^F\d+$/u.test(name) ? 'accelerator' : 'bare', accelerator };
}
