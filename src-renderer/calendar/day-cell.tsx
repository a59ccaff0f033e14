import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalendarPostView, CalendarStretchView } from '../../src-preload/calendar-views.ts';
import type { Counts, PostState } from '../../src-preload/views.ts';
import { numberOf, useLanguage } from '../time.ts';
import { StateIcon } from '../ui/state-badge.tsx';
import { useCalendar } from './calendar-context.ts';
import { dateWords, hourKeyOf, type Span } from './calendar-days.ts';
import css from './grid.module.css';
import { PostChip } from './post-chip.tsx';
import { SlotPlace, SlotWords } from './slot-place.tsx';
import type { FreePlace } from './use-free-slots.ts';

export function totalOf(counts: Counts | undefined): number {
  return counts === undefined ? 0 : Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** A day of the month or an hour of the week: its first posts, how many more there are, and a place to put one. */
export function DayCell(props: {
  span: Span;
  stretch: CalendarStretchView | undefined;
  /** Chips and the line about the others that have room. */
  room: number;
  /** What is in it is not drawn yet. */
  isEmpty?: boolean;
  index: number;
  isActive: boolean;
  onActive: (index: number) => void;
  /** What it is called, where its head does not say so. */
  name?: string;
  isOutside?: boolean;
  /** An hour the clocks leave out. */
  isNoTime?: boolean;
  head?: ReactNode;
}) {
  const { span, stretch, room, isActive } = props;
  const { today, isAimed, dropOn, openDay, carriedId, freeIn } = useCalendar();
  const { t } = useTranslation(['calendar', 'common']);
  const language = useLanguage();
  const [isOver, setIsOver] = useState(false);
  const total = totalOf(stretch?.counts);
  const shown = stretch?.posts.slice(0, total > room ? Math.max(room - 1, 0) : room) ?? [];
  const more = total - shown.length;
  const free = freeIn(hourKeyOf(span));
  const lines = inOrder(shown, free.places.slice(0, Math.max(1, room - shown.length)));
  const tabIndex = isActive ? 0 : -1;
  const day = dateWords(span.date, language, 'day');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table of days that are laid out as a grid
    <div
      role="gridcell"
      className={css.cell}
      data-cell={props.index}
      data-date={span.date}
      data-hour={span.hour ?? undefined}
      data-today={span.date === today ? '' : undefined}
      data-outside={props.isOutside ? '' : undefined}
      data-no-time={props.isNoTime ? '' : undefined}
      data-aimed={isOver || isAimed(span) ? '' : undefined}
      aria-current={span.date === today && span.hour === null ? 'date' : undefined}
      tabIndex={tabIndex}
      onFocus={() => props.onActive(props.index)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.target !== event.currentTarget || carriedId !== null) return;
        event.preventDefault();
        openDay(span.date);
      }}
      onDragOver={(event) => {
        event.preventDefault();
        event.dataTransfer.dropEffect = 'move';
        if (!isOver) setIsOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setIsOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        dropOn(span);
      }}
    >
      {props.name ? <span className="unseen">{props.name}</span> : null}
      {props.head}
      {(props.isEmpty ? [] : lines).map(({ post, place }) =>
        place ? (
          <SlotPlace key={`slot ${place.at}`} place={place} tabIndex={tabIndex} />
        ) : post ? (
          <PostChip key={post.id} post={post} tabIndex={tabIndex} />
        ) : null,
      )}
      <SlotWords free={free} shown={lines.length - shown.length} />
      {more > 0 ? (
        <button type="button" className={css.more} tabIndex={tabIndex} onClick={() => openDay(span.date)}>
          {t('nMore', { n: numberOf(more, language) })} <span className="unseen">({day})</span>
          <Troubles counts={stretch?.counts} shown={shown} />
        </button>
      ) : null}
    </div>
  );
}

type CellLine = { at: number; post?: CalendarPostView; place?: FreePlace };

/** Posts and free slots by their time. */
function inOrder(posts: readonly CalendarPostView[], places: readonly FreePlace[]): readonly CellLine[] {
  const lines: CellLine[] = posts.map((post) => ({ at: post.publishAt, post }));
  for (const place of places) lines.push({ at: place.at, place });
  return lines.sort((a, b) => a.at - b.at);
}

/** What a person has to look at is not hidden behind a number. */
const TROUBLES: readonly PostState[] = ['failed', 'unconfirmed', 'missed', 'held'];

function Troubles(props: { counts: Counts | undefined; shown: readonly CalendarPostView[] }) {
  const { t } = useTranslation('common');
  const language = useLanguage();
  return TROUBLES.map((state) => {
    const hidden = (props.counts?.[state] ?? 0) - props.shown.filter((post) => post.state === state).length;
    return hidden <= 0 ? null : (
      <span
        key={state}
        className={css.trouble}
        title={`${t(`postState.${state}`)}: ${numberOf(hidden, language)}`}
      >
        <StateIcon state={state} />
        <span className="unseen">
          {t(`postState.${state}`)}: {numberOf(hidden, language)}
        </span>
      </span>
    );
  });
}
