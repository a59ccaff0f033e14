import { IconArrowsDiff } from '@tabler/icons-react';
import { memo } from 'react';
import type { CalendarPostView } from '../../src-preload/calendar-views.ts';
import { timeOf, useLanguage } from '../time.ts';
import { StateIcon, shownStateOf } from '../ui/state-badge.tsx';
import { useCalendar } from './calendar-context.ts';
import { usePostButton } from './post-button.ts';
import css from './post-chip.module.css';

/** A post on one line: what became of it, when, whose. Enter opens it, Space picks it up, the mouse drags it. */
export const PostChip = memo(function PostChip(props: { post: CalendarPostView; tabIndex: 0 | -1 }) {
  const { post } = props;
  const { zone, places, wordsOf } = useCalendar();
  const buttonOf = usePostButton();
  const language = useLanguage();
  const { words, text } = wordsOf(post);
  return (
    <button
      {...buttonOf(post)}
      className={css.chip}
      tabIndex={props.tabIndex}
      title={`${timeOf(post.publishAt, language, zone)} · ${words} · ${text}`}
    >
      <span className={css.bar} style={{ background: places.colourOf(post.brandId) }} aria-hidden="true" />
      <StateIcon state={shownStateOf(post)} />
      <time className={css.time} dateTime={new Date(post.publishAt).toISOString()}>
        {timeOf(post.publishAt, language, zone)}
      </time>
      <span className="unseen"> {words}. </span>
      <span className={css.text}>{text}</span>
      {post.collides ? (
        <span className={css.mark}>
          <IconArrowsDiff size={13} aria-hidden="true" />
        </span>
      ) : null}
    </button>
  );
});
