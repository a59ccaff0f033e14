import { type KeyboardEvent, type RefObject, useState } from 'react';

/**
 * One Tab stop for a grid of cells: arrows, Home and End move between the cells, Tab goes on into the buttons of the one that has it. On
 * such a button up and down move within the cell. `cells` are numbered row by row and carry `data-cell`.
 */
export function useGridKeys(
  grid: RefObject<HTMLElement | null>,
  columns: number,
  cells: number,
  initial: number,
) {
  const [chosen, setChosen] = useState(initial);
  const active = Math.min(Math.max(chosen, 0), cells - 1);
  const go = (to: number) => {
    if (to < 0 || to >= cells) return;
    setChosen(to);
    grid.current?.querySelector<HTMLElement>(`[data-cell="${to}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    const target = event.target as HTMLElement;
    const cell = target.closest<HTMLElement>('[data-cell]');
    if (cell === null) return;
    const at = Number(cell.dataset.cell);
    const isInside = target !== cell;
    switch (event.key) {
      case 'ArrowLeft':
        go(at - 1);
        break;
      case 'ArrowRight':
        go(at + 1);
        break;
      case 'ArrowUp':
      case 'ArrowDown': {
        const by = event.key === 'ArrowUp' ? -1 : 1;
        if (isInside) step(cell, target, by);
        else go(at + by * columns);
        break;
      }
      case 'Home':
        go(at - (at % columns));
        break;
      case 'End':
        go(at - (at % columns) + columns - 1);
        break;
      case 'Escape':
        if (!isInside) return;
        cell.focus();
        break;
      default:
        return;
    }
    event.preventDefault();
  };
  return { active, setActive: setChosen, onKeyDown };
}

function step(cell: HTMLElement, from: HTMLElement, by: 1 | -1): void {
  const buttons = [...cell.querySelectorAll<HTMLElement>('button')];
  (buttons[buttons.indexOf(from) + by] ?? cell).focus();
}
