import type { WindowCommand, WindowKeyView } from '../../src-preload/window-key-views.ts';
import { NAMED_KEYS, type PressedKey } from './key-names.ts';

const NAMED: Readonly<Record<string, string>> = { ...NAMED_KEYS, '+': 'Plus' };

/**
 * What a press may be called, the likeliest first. The sign that the layout types decides, so a letter is found wherever it lies. A sign that is
 * no letter already says whether Shift was needed for it: AZERTY types digits and ? with Shift. Where what is typed is no key of its own
 * (digits without Shift on AZERTY, Cyrillic letters, signs that Alt makes on a Mac), the place of the key names it as a second reading.
 */
function namesOf(pressed: PressedKey, isMac: boolean): readonly string[] {
  const { key, code } = pressed;
  const before: string[] = [];
  if (isMac ? pressed.metaKey : pressed.ctrlKey) before.push('CommandOrControl');
  if (isMac && pressed.ctrlKey) before.push('Control');
  if (!isMac && pressed.metaKey) before.push('Super');
  if (pressed.altKey) before.push('Alt');
  const withShift = pressed.shiftKey ? [...before, 'Shift'] : before;
  const names: string[] = [];
  const isLetter = /^[a-z]$/iu.test(key);
  if (isLetter) names.push([...withShift, key.toUpperCase()].join('+'));
  else if (/^F\d{1,2}$/u.test(key)) names.push([...withShift, key].join('+'));
  else if (key !== '+' && key in NAMED) names.push([...withShift, NAMED[key]].join('+'));
  else if (/^[!-~]$/u.test(key)) names.push([...before, NAMED[key] ?? key].join('+'));
  const place = /^(?:Key|Digit|Numpad)([A-Z0-9])$/u.exec(code)?.[1];
  const isPlain = before.length === 0;
  if (place !== undefined && !isLetter && !isPlain) {
    const byPlace = [...withShift, place].join('+');
    if (!names.includes(byPlace)) names.push(byPlace);
  }
  return names;
}

/** A key that is being recorded: the name it is kept by, or why it cannot be one. */
export type RecordedKey =
  | { readonly kind: 'key'; readonly accelerator: string }
  /** Only Ctrl, Alt or Shift so far. */
  | { readonly kind: 'partial' }
  /** A letter or digit alone, or a key no name is known for. */
  | { readonly kind: 'unfit' };

const DIGIT = /(?:^|\+)\d$/u;

/** Digits are kept as digits, whatever the digit row types without Shift. */
export function recordWindowKey(pressed: PressedKey, isMac: boolean): RecordedKey {
  if (['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'OS'].includes(pressed.key)) return { kind: 'partial' };
  const names = namesOf(pressed, isMac);
  const digit = /^Digit\d$/u.test(pressed.code) ? names.find((name) => DIGIT.test(name)) : undefined;
  const accelerator = digit ?? names[0];
  if (accelerator === undefined || /^(?:Shift\+)?(?:[A-Z0-9]|[A-Z][a-z]\w*)$/u.test(accelerator))
    return { kind: 'unfit' };
  return { kind: 'key', accelerator };
}

/** Which command of those listed a press means; null when it means none. */
export function commandOf(
  pressed: PressedKey,
  keys: readonly WindowKeyView[],
  isMac: boolean,
): WindowCommand | null {
  for (const name of namesOf(pressed, isMac)) {
    const found = keys.find(({ accelerator, isTaken }) => accelerator === name && !isTaken);
    if (found) return found.command;
  }
  return null;
}

/** Whether a key writes a sign of its own where text is typed. */
export function isText(accelerator: string): boolean {
  return !/^F\d{1,2}$/u.test(accelerator) && !/(?:CommandOrControl|Control|Alt)\+/u.test(accelerator);
}
