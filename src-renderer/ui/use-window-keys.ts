import { spotlight } from '@mantine/spotlight';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { WindowCommand, WindowKeyView } from '../../src-preload/window-key-views.ts';
import { useRead } from '../api.ts';
import type { Overlay } from './commands.ts';
import type { PressedKey } from './key-names.ts';
import { IS_MAC } from './shortcut-words.ts';
import { useOpenView, VIEWS } from './view-route.ts';
import { commandOf, isText } from './window-keys.ts';

const NONE: readonly WindowKeyView[] = [];

/** True where a typed sign is text. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}

function useKeys(): readonly WindowKeyView[] {
  return useRead('windowKey.list', {}).data ?? NONE;
}

/** The key a command has now; '' when it has none. */
export function useKeyOf(): (command: WindowCommand) => string {
  const keys = useKeys();
  return useMemo(() => {
    const byCommand = new Map(keys.map((one) => [one.command, one.isTaken ? '' : one.accelerator]));
    return (command) => byCommand.get(command) ?? '';
  }, [keys]);
}

/** Which command a press means, where the event is heard by the part that does it. */
export function useCommandOf(): (
  event: KeyboardEvent | (PressedKey & { getModifierState(key: string): boolean }),
) => WindowCommand | null {
  const keys = useKeys();
  return useCallback(
    // AltGr types signs, and comes as Ctrl and Alt.
    (event) => (event.getModifierState('AltGraph') ? null : commandOf(event, keys, IS_MAC)),
    [keys],
  );
}

/** Does something at the key of a command for as long as the part that calls it is shown. */
export function useCommandKey(command: WindowCommand, run: () => void): void {
  const latest = useRef(run);
  latest.current = run;
  const commandAt = useCommandOf();
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || commandAt(event) !== command) return;
      event.preventDefault();
      // Held down, it was pressed once.
      if (!event.repeat) latest.current();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [command, commandAt]);
}

/** The window's own keys: the views, the palette, the sheet, help, settings, a new post, an import. The list of them is main's. */
export function useWindowKeys(open: (overlay: Overlay) => void): void {
  const openView = useOpenView();
  const keys = useKeys();
  const commandAt = useCommandOf();
  useEffect(() => {
    const run: Partial<Record<WindowCommand, () => void>> = {
      palette: spotlight.toggle,
      shortcuts: () => open('shortcuts'),
      help: () => open('help'),
      settings: () => openView('settings'),
      write: () => openView('compose'),
      import: () => openView('import'),
      ...Object.fromEntries(VIEWS.map((view) => [`view-${view}`, () => openView(view)])),
    };
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const command = commandAt(event);
      const known = keys.find((one) => one.command === command);
      const action = command === null ? undefined : run[command];
      if (!action || !known || (isText(known.accelerator) && isTyping(event.target))) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [openView, open, keys, commandAt]);
}
