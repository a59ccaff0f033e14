import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalendarPostView } from '../../src-preload/calendar-views.ts';
import { ask, useBridge } from '../api.ts';
import { dayTimeOf, useLanguage, zoneWordsOf } from '../time.ts';
import { sayDone, sayRefused } from '../ui/toasts.ts';
import type { DeskIndex } from '../ui/use-desk.ts';
import { type When, whenOf } from '../ui/when.ts';
import { wallTimeOf } from './calendar-days.ts';
import { MOVABLE, type Target } from './move-post.ts';

/** What has to be asked before a post is moved: a time that does not exist or exists twice, or whether a held one is to go after all. */
export type MoveQuestion = { readonly post: CalendarPostView; readonly when: When };

/** What a post must still be like to be moved: nobody's hold is taken away by what was on the screen before it. */
type Seen = { readonly state: (typeof MOVABLE)[number]; readonly publishAt: number };

/** What was moved, from where. */
export type Moved = {
  readonly post: CalendarPostView;
  readonly to: number;
  readonly planWarning: string;
  readonly waiting: number;
  /** Before it was moved it was held, and not for want of a yes. */
  readonly heldOtherwise: boolean;
};

/**
 * Gives posts another time through the one way there is, 'post.reschedule'. A scheduled post goes at once, and can be taken back; everything
 * else that may move, and every time that is not one instant, is asked about first.
 */
export function useMovePost(desk: DeskIndex) {
  const bridge = useBridge();
  const { t } = useTranslation(['calendar', 'common']);
  const language = useLanguage();
  const [question, setQuestion] = useState<MoveQuestion | null>(null);
  const [moved, setMoved] = useState<Moved | null>(null);
  const [isRunning, setIsRunning] = useState(false);

  const zoneOf = useCallback(
    (post: CalendarPostView) => desk.brandById.get(post.brandId)?.timeZone ?? post.timeZone,
    [desk],
  );
  const wordsOf = (at: number, zone: string) =>
    `${dayTimeOf(at, language, zone)} (${zoneWordsOf(at, language, zone)})`;

  /** Asks main, for the post as it is `seen`; null when it has not the time now. */
  async function reschedule(
    post: CalendarPostView,
    at: number,
    seen: Seen,
    hold = false,
  ): Promise<Pick<Moved, 'planWarning' | 'waiting' | 'heldOtherwise'> | null> {
    const timeZone = zoneOf(post);
    const wanted = { localTime: wallTimeOf(at, timeZone), timeZone, at, seen, hold };
    setIsRunning(true);
    try {
      const done = await ask(bridge, 'post.reschedule', { postIds: [post.id], ...wanted, spacingMinutes: 0 });
      const { planWarning, waiting, heldOtherwise } = done;
      if (done.changed > 0) return { planWarning, waiting, heldOtherwise: heldOtherwise > 0 };
      sayRefused(t('move.notMoved'));
    } catch (error) {
      sayRefused(error instanceof Error ? error.message : String(error));
    } finally {
      setIsRunning(false);
    }
    return null;
  }

  async function place(post: CalendarPostView, at: number): Promise<void> {
    const { publishAt } = post;
    const state = MOVABLE.find((one) => one === post.state);
    if (state === undefined) return;
    const done = await reschedule(post, at, { state, publishAt });
    if (done === null) return;
    setQuestion(null);
    setMoved({ post, to: at, ...done });
  }

  async function moveTo(post: CalendarPostView, target: Target): Promise<void> {
    setMoved(null);
    if (MOVABLE.every((state) => state !== post.state)) {
      sayRefused(t('move.cannot', { state: t(`common:postState.${post.state}`) }));
      return;
    }
    const when = whenOf(target.localTime, target.timeZone);
    try {
      const found = await ask(bridge, 'time.resolve', target);
      if (found.kind === 'one' && found.at === post.publishAt) return;
      if (found.kind === 'one' && found.at <= Date.now()) {
        sayRefused(t('move.past', { when: wordsOf(found.at, zoneOf(post)) }));
        return;
      }
      if (found.kind === 'one' && post.state === 'scheduled') await place(post, found.at);
      else setQuestion({ post, when });
    } catch (error) {
      sayRefused(error instanceof Error ? error.message : String(error));
    }
  }

  /** A missed post cannot become missed again: there is nothing to take back to. */
  const canUndo = moved !== null && moved.post.state !== 'missed';

  async function undo(): Promise<void> {
    if (moved === null || !canUndo || isRunning) return;
    const { post, to } = moved;
    const isHeld = post.state === 'held';
    const seen = { state: moved.waiting > 0 ? 'held' : 'scheduled', publishAt: to } as const;
    if ((await reschedule(post, post.publishAt, seen, moved.heldOtherwise)) === null) return;
    setMoved(null);
    sayDone(isHeld ? t('move.heldAgain') : t('move.undone', { when: wordsOf(post.publishAt, zoneOf(post)) }));
  }

  return {
    question,
    moved,
    isRunning,
    canUndo,
    moveTo,
    /** Answers the question. */
    answer: (at: number) => (question === null ? Promise.resolve() : place(question.post, at)),
    undo,
    zoneOf,
    forgetQuestion: () => setQuestion(null),
    forgetMoved: () => setMoved(null),
  };
}
