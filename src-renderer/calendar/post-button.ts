import type { ButtonHTMLAttributes } from 'react';
import type { CalendarPostView } from '../../src-preload/calendar-views.ts';
import { useCalendar } from './calendar-context.ts';

type PostButton = ButtonHTMLAttributes<HTMLButtonElement> & {
  readonly 'data-post': number;
  readonly 'data-state': string;
  readonly 'data-carried': '' | undefined;
};

/** A button that is a post, however it is drawn: a click or Enter opens it, Space picks it up, the mouse drags it. */
export function usePostButton(): (post: CalendarPostView) => PostButton {
  const { open, carry, carriedId } = useCalendar();
  return (post) => ({
    type: 'button',
    'data-post': post.id,
    'data-state': post.isHeldByStop ? 'heldByStop' : post.state,
    'data-carried': carriedId === post.id ? '' : undefined,
    draggable: true,
    onClick: () => open(post.id),
    onKeyDown: (event) => {
      if (event.key !== ' ') return;
      event.preventDefault();
      carry(post, 'keys');
    },
    onDragStart: (event) => {
      event.dataTransfer.setData('text/plain', String(post.id));
      event.dataTransfer.effectAllowed = 'move';
      carry(post, 'mouse');
    },
    onDragEnd: () => carry(null),
  });
}
