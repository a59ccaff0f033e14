import { useCallback, useRef } from 'react';

/** A dialog that was just closed leaves what lies below inert for a few frames; what is inert takes no focus. */
const FRAMES_WAITED = 30;

/**
 * Writes at the caret, in the place of what is chosen, as if it was typed: the browser's own undo takes it back, and the caret stands after it.
 */
export function insertText(area: HTMLTextAreaElement, text: string): void {
  focusText(area, () => {
    // Deprecated without a successor: nothing else is part of the browser's undo.
    if (document.execCommand('insertText', false, text)) return;
    area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end');
    area.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

/** Gives a text field the focus as soon as it can take it. */
export function focusText(area: HTMLTextAreaElement, then = () => {}, frames = FRAMES_WAITED): void {
  if (area.closest('[inert]') !== null && frames > 0) {
    requestAnimationFrame(() => focusText(area, then, frames - 1));
    return;
  }
  area.focus();
  then();
}

/** With a space on the sides where a word would touch it. */
export function spaced(area: HTMLTextAreaElement, text: string): string {
  const before = area.value.slice(0, area.selectionStart);
  const after = area.value.slice(area.selectionEnd);
  return `${/\S$/u.test(before) ? ' ' : ''}${text}${/^\S/u.test(after) ? ' ' : ''}`;
}

/** The text field inside an element that had the focus last, or its first. */
export function useTextTarget() {
  const box = useRef<HTMLDivElement>(null);
  const last = useRef<HTMLTextAreaElement | null>(null);
  const target = useCallback((): HTMLTextAreaElement | null => {
    if (last.current?.isConnected) return last.current;
    return box.current?.querySelector('textarea:not([aria-hidden])') ?? null;
  }, []);
  const onFocus = useCallback((event: { target: EventTarget }) => {
    if (event.target instanceof HTMLTextAreaElement) last.current = event.target;
  }, []);
  return { box, target, onFocus };
}
