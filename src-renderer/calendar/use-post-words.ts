import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalendarPostView } from '../../src-preload/calendar-views.ts';
import { shownStateOf } from '../ui/state-badge.tsx';
import type { Places } from '../ui/use-desk.ts';

export type PostWords = {
  /** Everything a line has no room for. */
  readonly words: string;
  /** What the post says, or that it says nothing. */
  readonly text: string;
};

/** Puts a post into words; made once for the hundreds of posts of a calendar. */
export function usePostWords(places: Places): (post: CalendarPostView) => PostWords {
  const { t } = useTranslation(['calendar', 'common']);
  return useCallback(
    (post) => ({
      words: [
        t(`common:postState.${shownStateOf(post)}`),
        ...(post.waitsFor === '' ? [] : [t('common:reason.needs-yes-from', { who: post.waitsFor })]),
        post.brand,
        `${post.account} (${places.networkName(post.network)})`,
        ...(post.parts > 1 ? [t('thread', { n: post.parts })] : []),
        ...(post.media > 0 ? [t('media', { count: post.media, n: post.media })] : []),
        ...(post.collides ? [t('collides')] : []),
      ].join(' · '),
      text: post.text || t('noText'),
    }),
    [t, places],
  );
}
