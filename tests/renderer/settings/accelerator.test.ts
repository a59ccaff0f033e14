import { describe, expect, it } from 'vitest';
import { recordKey } from '../../../src-renderer/settings/accelerator.ts';
import type { PressedKey } from '../../../src-renderer/ui/key-names.ts';

const press = (change: Partial<PressedKey>): PressedKey => ({
  key: '',
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...change,
});

describe('recording a shortcut', () => {
  it('writes the modifiers in one order and the letter in capitals', () => {
    const pressed = press({ key: 's', code: 'KeyS', ctrlKey: true, altKey: true, shiftKey: true });
    expect(recordKey(pressed, false)).toEqual({
      kind: 'accelerator',
      accelerator: 'CommandOrControl+Alt+Shift+S',
    });
  });

  it('goes by the letter on the key, not by its place', () => {
    const onAzerty = press({ key: 'a', code: 'KeyQ', ctrlKey: true });
    expect(recordKey(onAzerty, false).accelerator).toBe('CommandOrControl+A');
  });

  it('goes by the place where Alt or Shift made another sign of it', () => {
    const onMac = press({ key: 'Í', code: 'KeyS', metaKey: true, altKey: true, shiftKey: true });
    expect(recordKey(onMac, true).accelerator).toBe('CommandOrControl+Alt+Shift+S');
    const digit = press({ key: '&', code: 'Digit1', ctrlKey: true });
    expect(recordKey(digit, false).accelerator).toBe('CommandOrControl+1');
  });

  it('tells the system key from the control key on each kind of computer', () => {
    expect(recordKey(press({ key: 'k', code: 'KeyK', metaKey: true }), false).accelerator).toBe('Super+K');
    expect(recordKey(press({ key: 'k', code: 'KeyK', ctrlKey: true }), true).accelerator).toBe('Control+K');
  });

  it('takes a function key alone, but no letter alone or with Shift', () => {
    expect(recordKey(press({ key: 'F9', code: 'F9' }), false).kind).toBe('accelerator');
    expect(recordKey(press({ key: 's', code: 'KeyS' }), false).kind).toBe('bare');
    expect(recordKey(press({ key: 'S', code: 'KeyS', shiftKey: true }), false).kind).toBe('bare');
  });

  it('waits while only modifiers are down', () => {
    expect(recordKey(press({ key: 'Control', code: 'ControlLeft', ctrlKey: true }), false)).toEqual({
      kind: 'partial',
      accelerator: 'CommandOrControl',
    });
  });
});
