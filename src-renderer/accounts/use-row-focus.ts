import { type KeyboardEvent, useCallback, useRef, useState } from 'react';

/** Rows moved by Page Up and Page Down. */
const PAGE = 12;

/**
 * Moving through the rows of a tree table with one tab stop: up, down, Home, End, Page Up and Down; right opens a row or goes into its
 * buttons, left closes it or goes back to the row. `reveal` scrolls a row into the drawn part before it is focused.
 */
export function useRowFocus(options: {
  count: number;
  isOpen(index: number): boolean | null;
  setOpen(index: number, isOpen: boolean): void;
  parentOf(index: number): number;
  reveal(index: number): void;
  /** The space bar on a row. */
  choose(index: number): void;
}) {
  const [active, setActive] = useState(0);
  const latest = useRef(options);
  latest.current = options;

  const focusRow = useCallback((container: HTMLElement, index: number) => {
    setActive(index);
    latest.current.reveal(index);
    requestAnimationFrame(() => container.querySelector<HTMLElement>(`[data-row="${index}"]`)?.focus());
  }, []);

  const onKeyDown = useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      const { count, isOpen, setOpen, parentOf } = latest.current;
      const target = event.target as HTMLElement;
      const row = target.closest<HTMLElement>('[data-row]');
      if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
      const index = Number(row.dataset.row);
      const container = event.currentTarget;
      const go = (to: number) => focusRow(container, Math.min(count - 1, Math.max(0, to)));
      const controls = [...row.querySelectorAll<HTMLElement>('a, button, input')];
      const place = controls.indexOf(target);
      const isOnRow = place < 0;
      switch (event.key) {
        case 'ArrowDown':
          go(index + 1);
          break;
        case 'ArrowUp':
          go(index - 1);
          break;
        case 'Home':
          go(0);
          break;
        case 'End':
          go(count - 1);
          break;
        case 'PageDown':
          go(index + PAGE);
          break;
        case 'PageUp':
          go(index - PAGE);
          break;
        case ' ':
          if (!isOnRow) return;
          latest.current.choose(index);
          break;
        case 'ArrowRight':
          if (isOnRow && isOpen(index) === false) setOpen(index, true);
          else controls[place + 1]?.focus();
          break;
        case 'ArrowLeft':
          if (place > 0) controls[place - 1]?.focus();
          else if (place === 0) row.focus();
          else if (isOpen(index) === true) setOpen(index, false);
          else go(parentOf(index));
          break;
        default:
          return;
      }
      event.preventDefault();
    },
    [focusRow],
  );

  const onFocus = useCallback((event: { target: EventTarget }) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-row]');
    if (row) setActive(Number(row.dataset.row));
  }, []);

  return { active: Math.min(active, Math.max(0, options.count - 1)), onKeyDown, onFocus };
}
