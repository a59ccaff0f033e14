import { describe, expect, it } from 'vitest';
import { windowKeys } from '../../../src-main/core/window-keys.ts';
import type { PressedKey } from '../../../src-renderer/ui/key-names.ts';
import { commandOf, isText, recordWindowKey } from '../../../src-renderer/ui/window-keys.ts';

const press = (change: Partial<PressedKey>): PressedKey => ({
  key: '',
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...change,
});
const KEYS = windowKeys({}, { accelerator: '', wanted: '' });
const meant = (change: Partial<PressedKey>, isMac = false) => commandOf(press(change), KEYS, isMac);

describe('a key of the window', () => {
  it('is found on QWERTY and on AZERTY, where digits and ? are typed with Shift', () => {
    expect(meant({ key: '1', code: 'Digit1', ctrlKey: true })).toBe('view-desk');
    expect(meant({ key: '&', code: 'Digit1', ctrlKey: true })).toBe('view-desk');
    expect(meant({ key: '1', code: 'Digit1', ctrlKey: true, shiftKey: true })).toBe('view-desk');
    expect(meant({ key: 'é', code: 'Digit2', ctrlKey: true })).toBe('view-queue');
    expect(meant({ key: '3', code: 'Numpad3', ctrlKey: true })).toBe('view-calendar');
    expect(meant({ key: '?', code: 'Slash', shiftKey: true })).toBe('shortcuts');
    expect(meant({ key: '?', code: 'KeyM', shiftKey: true })).toBe('shortcuts');
    expect(meant({ key: ',', code: 'KeyM', ctrlKey: true })).toBe('settings');
  });

  it('goes by the letter that is typed, wherever it lies, and by its place where no Latin letter is typed', () => {
    expect(meant({ key: 'n', code: 'KeyN', ctrlKey: true })).toBe('write');
    // On AZERTY the letter A lies where Q does on QWERTY: Ctrl+A is no command of ours there either.
    expect(meant({ key: 'a', code: 'KeyQ', ctrlKey: true })).toBeNull();
    expect(meant({ key: 'л', code: 'KeyK', ctrlKey: true })).toBe('palette');
    expect(meant({ key: 'k', code: 'KeyK', metaKey: true }, true)).toBe('palette');
    expect(meant({ key: 'k', code: 'KeyK', ctrlKey: true }, true)).toBeNull();
  });

  it('is not meant by a key with one more modifier, or none', () => {
    expect(meant({ key: 'K', code: 'KeyK', ctrlKey: true, shiftKey: true })).toBeNull();
    expect(meant({ key: 'k', code: 'KeyK', ctrlKey: true, altKey: true })).toBeNull();
    expect(meant({ key: 'k', code: 'KeyK' })).toBeNull();
    expect(meant({ key: '!', code: 'Digit1', ctrlKey: true, shiftKey: true })).toBeNull();
    expect(meant({ key: '&', code: 'Digit1' })).toBeNull();
    expect(meant({ key: 'Enter', code: 'Enter', ctrlKey: true })).toBe('schedule');
  });

  it('is recorded by what is typed, digits as digits, and not where it would be typed as text', () => {
    const kept = (change: Partial<PressedKey>) => recordWindowKey(press(change), false);
    expect(kept({ key: 'A', code: 'KeyQ', ctrlKey: true, shiftKey: true })).toEqual({
      kind: 'key',
      accelerator: 'CommandOrControl+Shift+A',
    });
    expect(kept({ key: '&', code: 'Digit1', ctrlKey: true })).toEqual({
      kind: 'key',
      accelerator: 'CommandOrControl+1',
    });
    expect(kept({ key: 'F7', code: 'F7' })).toEqual({ kind: 'key', accelerator: 'F7' });
    expect(kept({ key: 'Control', code: 'ControlLeft', ctrlKey: true })).toEqual({ kind: 'partial' });
    for (const [key, code] of [
      ['g', 'KeyG'],
      ['7', 'Digit7'],
      ['è', 'Digit7'],
      ['ArrowUp', 'ArrowUp'],
      ['Enter', 'Enter'],
    ])
      expect([key, kept({ key: key ?? '', code: code ?? '' })]).toEqual([key, { kind: 'unfit' }]);
    expect([isText('?'), isText('F1'), isText('CommandOrControl+K')]).toEqual([true, false, false]);
  });

  it('that the stop has taken means nothing in the window', () => {
    const keys = windowKeys(
      { help: 'CommandOrControl+Alt+H' },
      { accelerator: 'CommandOrControl+Alt+H', wanted: '' },
    );
    expect(commandOf(press({ key: 'h', code: 'KeyH', ctrlKey: true, altKey: true }), keys, false)).toBeNull();
  });
});
