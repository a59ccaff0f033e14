import { expect, test } from 'vitest';
import { DEFAULT_SHORTCUT } from '../../src-main/core/stop-keys.ts';
import type { StopShortcut } from '../../src-main/desktop/stop-shortcut.ts';
import { openDeskRig } from './desk-rig.ts';

test('a key is changed and kept, a conflict changes nothing, and one or all are given back', async () => {
  const told: string[] = [];
  const status = () => ({ accelerator: DEFAULT_SHORTCUT, wanted: DEFAULT_SHORTCUT });
  const { handlers, desk } = await openDeskRig({
    shortcut: { status } as unknown as StopShortcut,
    notify: (event) => void told.push(event),
  });
  const change = async (command: 'palette' | 'help', accelerator: string | null) => {
    const answer = await handlers['windowKey.change']({ command, accelerator });
    return answer.ok ? answer.value.conflict : answer.error;
  };
  const keyOf = async (command: string) => {
    const list = await handlers['windowKey.list']({});
    return list.ok ? list.value.find((one) => one.command === command)?.accelerator : '';
  };
  expect(await change('palette', 'CommandOrControl+Shift+P')).toBeNull();
  expect(told).toEqual(['settings.changed']);
  expect(desk.settings.read().windowKeys).toEqual({ palette: 'CommandOrControl+Shift+P' });
  expect(await change('help', 'CommandOrControl+Shift+P')).toEqual({ kind: 'command', command: 'palette' });
  expect(await change('help', DEFAULT_SHORTCUT)).toEqual({ kind: 'stop' });
  expect(await keyOf('help')).toBe('F1');
  expect(await change('help', 'CommandOrControl+K')).toBeNull();
  // Its first key has become another's.
  expect(await change('palette', null)).toEqual({ kind: 'command', command: 'help' });
  expect(await change('help', null)).toBeNull();
  expect(await change('palette', null)).toBeNull();
  expect(desk.settings.read().windowKeys).toEqual({});
  await change('help', 'F6');
  expect(await handlers['windowKey.reset']({})).toEqual({ ok: true, value: { changed: 1 } });
  expect(await keyOf('help')).toBe('F1');
});
