import { useCallback, useEffect, useState } from 'react';
import type { CalendarPostView } from '../../src-preload/calendar-views.ts';
import type { CalendarMode } from './calendar-days.ts';
import type { Shift } from './move-post.ts';

/** A post that is carried. By keys it is where the arrows have brought it; by mouse where the mouse is. */
export type Carried = {
  readonly post: CalendarPostView;
  readonly by: 'keys' | 'mouse';
  readonly shift: Shift;
};

const NOWHERE: Shift = { days: 0, minutes: 0 };

/** What an arrow means: a day or a week where days are shown, an hour (with Shift a quarter of one) or a day where hours are. */
export function shiftOfKey(key: string, mode: CalendarMode, isFine: boolean): Shift | null {
  const hasHours = mode === 'week' || mode === 'day';
  const step = isFine ? 15 : 60;
  const week = mode === 'list' ? 1 : 7;
  switch (key) {
    case 'ArrowLeft':
      return { days: -1, minutes: 0 };
    case 'ArrowRight':
      return { days: 1, minutes: 0 };
    case 'ArrowUp':
      return hasHours ? { days: 0, minutes: -step } : { days: -week, minutes: 0 };
    case 'ArrowDown':
      return hasHours ? { days: 0, minutes: step } : { days: week, minutes: 0 };
    default:
      return null;
  }
}

/**
 * Picks a post up and lets it go. While it is carried by keys, the window's arrows, Enter, Space and Escape belong to it: the post itself
 * may be on a page of the calendar that is not shown any more.
 */
export function useCarry(mode: CalendarMode, onPlace: (carried: Carried) => void) {
  const [carried, setCarried] = useState<Carried | null>(null);
  const byKeys = carried?.by === 'keys' ? carried : null;
  useEffect(() => {
    if (byKeys === null) return;
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const shift = shiftOfKey(event.key, mode, event.shiftKey);
      if (shift !== null)
        setCarried({
          ...byKeys,
          shift: {
            days: byKeys.shift.days + shift.days,
            minutes: byKeys.shift.minutes + shift.minutes,
          },
        });
      else if (event.key === 'Escape') setCarried(null);
      else if (event.key === 'Enter' || event.key === ' ') {
        setCarried(null);
        onPlace(byKeys);
      } else return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', listen, true);
    return () => window.removeEventListener('keydown', listen, true);
  }, [byKeys, mode, onPlace]);
  const carry = useCallback(
    (post: CalendarPostView | null, by: 'keys' | 'mouse' = 'keys') =>
      setCarried(post === null ? null : { post, by, shift: NOWHERE }),
    [],
  );
  return { carried, carry };
}
