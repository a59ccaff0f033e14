import { useEffect } from 'react';
import type { Overlay } from './commands.ts';
import { IS_MAC } from './shortcut-words.ts';
import { useOpenView, VIEWS } from './view-route.ts';

/** True where a typed sign is text. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}

/** The window's own keys: Ctrl+1 to 9 and Ctrl+, for views, ? for the sheet, F1 for help. Ctrl+K belongs to the palette. */
export function useWindowKeys(open: (overlay: Overlay) => void): void {
  const openView = useOpenView();
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey) return;
      const isCommand = IS_MAC ? event.metaKey : event.ctrlKey;
      const view = isCommand && !event.shiftKey ? VIEWS[Number(event.key) - 1] : undefined;
      if (view) openView(view);
      else if (isCommand && event.key === ',') openView('settings');
      else if (event.key === '?' && !isCommand && !isTyping(event.target)) open('shortcuts');
      else if (event.key === 'F1') open('help');
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [openView, open]);
}
