import { IconArrowsDiff } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalendarPostView } from '../../src-preload/calendar-views.ts';
import { timeOf, useLanguage } from '../time.ts';
import { StateIcon } from '../ui/state-badge.tsx';
import { useCalendar } from './calendar-context.ts';
import css from './post-chip.module.css';

/** A post on one line: what became of it, when, whose. Enter opens it, Space picks it up, the mouse drags it. */
export const PostChip = memo(function PostChip(props: { post: CalendarPostView; tabIndex: 0 | -1 }) {
  const { post } = props;
  const { zone, places, open, carry, carriedId } = useCalendar();
  const language = useLanguage();
  const words = usePostWords(post);
  const { t } = useTranslation('calendar');
  const text = post.text || t('noText');
  return (
    <button
      type="button"
      className={css.chip}
      tabIndex={props.tabIndex}
      data-post={post.id}
      data-state={post.isHeldByStop ? 'heldByStop' : post.state}
      data-carried={carriedId === post.id ? '' : undefined}
      title={`${timeOf(post.publishAt, language, zone)} · ${words} · ${text}`}
      draggable
      onClick={() => open(post.id)}
      onKeyDown={(event) => {
        if (event.key !== ' ') return;
        event.preventDefault();
        carry(post, 'keys');
      }}
      onDragStart={(event) => {
        event.dataTransfer.setData('text/plain', String(post.id));
        event.dataTransfer.effectAllowed = 'move';
        carry(post, 'mouse');
      }}
      onDragEnd={() => carry(null)}
    >
      <span className={css.bar} style={{ background: places.colourOf(post.brandId) }} aria-hidden="true" />
      <StateIcon state={post.isHeldByStop ? 'heldByStop' : post.state} />
      <time className={css.time} dateTime={new Date(post.publishAt).toISOString()}>
        {timeOf(post.publishAt, language, zone)}
      </time>
      <span className={css.unseen}> {words}. </span>
      <span className={css.text}>{text}</span>
      {post.collides ? (
        <span className={css.mark}>
          <IconArrowsDiff size={13} aria-hidden="true" />
        </span>
      ) : null}
    </button>
  );
});

/** Everything a chip has no room for. */
function usePostWords(post: CalendarPostView): string {
  const { places } = useCalendar();
  const { t } = useTranslation(['calendar', 'common']);
  return [
    t(`common:postState.${post.isHeldByStop ? 'heldByStop' : post.state}`),
    post.brand,
    `${post.account} (${places.networkName(post.network)})`,
    ...(post.parts > 1 ? [t('thread', { n: post.parts })] : []),
    ...(post.media > 0 ? [t('media', { count: post.media, n: post.media })] : []),
    ...(post.collides ? [t('collides')] : []),
  ].join(' · ');
}
