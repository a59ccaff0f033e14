import { expect, it } from 'vitest';
import { DEFAULT_SHORTCUT } from '../../src-main/core/stop-keys.ts';
import { conflictOf, firstKeyOf, keyOfCommand, windowKeys } from '../../src-main/core/window-keys.ts';

const STOP = { accelerator: DEFAULT_SHORTCUT, wanted: DEFAULT_SHORTCUT };
const conflict = (accelerator: string, stop = STOP, changed = {}) =>
  conflictOf('palette', accelerator, windowKeys(changed, stop), stop);

it('every command has its first key, no two the same, and none of them is in conflict with anything', () => {
  const keys = windowKeys({}, STOP);
  expect(new Set(keys.map(({ accelerator }) => accelerator)).size).toBe(keys.length);
  for (const { command, accelerator, isChanged, isTaken } of keys) {
    expect([isChanged, isTaken]).toEqual([false, false]);
    expect([command, conflictOf(command, accelerator, keys, STOP)]).toEqual([command, null]);
  }
});

it('no command takes the key of the stop, what it falls back to, or what a person wanted for it', () => {
  const own = { accelerator: 'CommandOrControl+Alt+F8', wanted: 'CommandOrControl+Alt+F9' };
  const keys = [
    DEFAULT_SHORTCUT,
    'CommandOrControl+Alt+Shift+X',
    'CommandOrControl+Alt+Shift+K',
    ...Object.values(own),
  ];
  for (const key of keys) expect(conflict(key, own)).toEqual({ kind: 'stop' });
});

it('keys of editing, of the system and of other commands are named, and a letter alone is none', () => {
  for (const key of ['C', 'V', 'X', 'Z', 'A', 'Shift+Z'])
    expect(conflict(`CommandOrControl+${key}`)).toEqual({ kind: 'edit' });
  for (const key of [
    'CommandOrControl+Q',
    'Alt+F4',
    'F11',
    'G',
    'Shift+7',
    'Super+K',
    'Alt+F',
    'Return',
    'nonsense+',
  ])
    expect([key, conflict(key)]).toEqual([key, { kind: 'system' }]);
  expect(conflict('F1')).toEqual({ kind: 'command', command: 'help' });
  expect(conflict('CommandOrControl+P', STOP)).toEqual({ kind: 'system' });
  expect(conflict('CommandOrControl+Shift+P')).toBeNull();
  expect(conflict('F2')).toBeNull();
});

it('a key that was given to another command counts, and the one it left is free', () => {
  const changed = { help: 'CommandOrControl+Shift+H' };
  expect(conflict('CommandOrControl+Shift+H', STOP, changed)).toEqual({ kind: 'command', command: 'help' });
  expect(conflict('F1', STOP, changed)).toBeNull();
  expect(keyOfCommand('write', { write: 'F7' }, STOP)).toBe('F7');
  expect(firstKeyOf('write')).toBe('CommandOrControl+N');
});

it('kept keys that make no sense, or are kept twice, are left out, and one the stop took since is said', () => {
  const keys = windowKeys(
    {
      palette: 'F2',
      help: 'F2',
      write: '',
      import: 'rm -rf',
      unknown: 'F3',
      settings: 'CommandOrControl+C',
      emoji: 'F4',
    },
    { ...STOP, accelerator: 'F4' },
  );
  const of = (command: string) => keys.find((one) => one.command === command);
  expect(of('palette')).toMatchObject({ accelerator: 'F2', isChanged: true });
  expect(of('help')).toMatchObject({ accelerator: 'F1', isChanged: false });
  expect(of('write')).toMatchObject({ accelerator: 'CommandOrControl+N' });
  expect(of('import')).toMatchObject({ accelerator: 'CommandOrControl+I' });
  expect(of('settings')).toMatchObject({ accelerator: 'CommandOrControl+,' });
  expect(of('emoji')).toMatchObject({ accelerator: 'F4', isTaken: true });
});

it('a settings file gives no command a key that presses a button, writes, or belongs to the menus', () => {
  const changed = {
    palette: 'Return',
    help: 'Space',
    write: 'A',
    import: 'CommandOrControl+Q',
    emoji: 'F11',
  };
  expect(windowKeys(changed, STOP).filter(({ isChanged }) => isChanged)).toEqual([]);
});
