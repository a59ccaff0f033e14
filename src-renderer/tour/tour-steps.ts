import type { ShortcutView } from '../../src-preload/views.ts';
import type { ViewName } from '../ui/view-route.ts';

export type TourStep = {
  readonly name: 'desk' | 'compose' | 'calendar' | 'review' | 'stop' | 'proof';
  /** What it points at, as a selector; and the view that is opened with it, if any. */
  readonly target: string;
  readonly view: ViewName | null;
};

export const TOUR: readonly TourStep[] = [
  { name: 'desk', target: 'nav a[href="#/desk"]', view: 'desk' },
  { name: 'compose', target: 'nav a[href="#/compose"]', view: 'compose' },
  { name: 'calendar', target: 'nav a[href="#/calendar"]', view: 'calendar' },
  { name: 'review', target: 'nav a[href="#/review"]', view: 'review' },
  { name: 'stop', target: '[data-tour="stop"]', view: null },
  { name: 'proof', target: '[data-tour="stop"]', view: null },
];

/** What the last step can honestly say. Only 'proven' ends the tour as done: a real press arrived, and still counts. */
export type ProofState = 'proven' | 'lost' | 'publishing' | 'ready';

export function proofStateOf(
  shortcut: Pick<ShortcutView, 'isRegistered' | 'provenAt'>,
  isPublishingOff: boolean,
): ProofState {
  if (!shortcut.isRegistered) return 'lost';
  if (shortcut.provenAt !== null) return 'proven';
  return isPublishingOff ? 'ready' : 'publishing';
}
