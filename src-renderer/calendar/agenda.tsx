import { IconArrowsDiff, IconListNumbers, IconPhoto, IconTag } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalendarPostView, CalendarStretchView } from '../../src-preload/calendar-views.ts';
import { numberOf, timeOf, useLanguage } from '../time.ts';
import { BrandMark } from '../ui/brand-mark.tsx';
import { labelsText } from '../ui/labels.ts';
import { NetworkIcon } from '../ui/network-icon.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { PostStateBadge, shownStateOf } from '../ui/state-badge.tsx';
import css from './agenda.module.css';
import { useCalendar } from './calendar-context.ts';
import { dateWords, hourKeyOf, type Span } from './calendar-days.ts';
import { GapMark } from './gap-mark.tsx';
import { usePostButton } from './post-button.ts';
import { SlotPlace, SlotWords } from './slot-place.tsx';
import { type AgendaRow, agendaRows, useAgendaPosts } from './use-agenda.ts';
import { hourWords } from './week-grid.tsx';

const HEAD_PX = 34;
const POST_PX = 44;
/** Of an hour, beside its name. */
const SLOTS_SHOWN = 3;
const HOUR_MS = 3_600_000;

/** Posts one under the other, by the days of a month or the hours of a day. Arrows move, Enter opens, Space picks up. */
export function Agenda(props: {
  spans: readonly Span[];
  stretches: readonly CalendarStretchView[];
  asked: Parameters<typeof useAgendaPosts>[3];
  label: string;
}) {
  const { spans, stretches } = props;
  const { today } = useCalendar();
  const rows = useMemo(() => agendaRows(spans, stretches, today), [spans, stretches, today]);
  const scroller = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ first: 0, last: 30 });
  const [active, setActive] = useState(0);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'head' ? HEAD_PX : POST_PX),
    overscan: 8,
    onChange: ({ range }) => {
      if (range && (range.startIndex !== seen.first || range.endIndex !== seen.last))
        setSeen({ first: range.startIndex, last: range.endIndex });
    },
  });
  // Another day or month begins at now, or where its posts begin.
  const begin = spans[0]?.from;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when another time is shown
  useEffect(() => {
    const now = Date.now();
    const present = rows.findIndex(({ span }) => span.from <= now && now < span.to);
    const firstPost = rows.findIndex((row) => row.kind === 'post');
    const isHours = rows[0]?.span.hour === 0;
    virtual.measure();
    virtual.scrollToIndex(Math.max(0, present >= 0 ? present : isHours ? firstPost - 1 : 0), {
      align: 'start',
    });
  }, [begin, rows.length === 0]);
  const posts = useAgendaPosts(rows, seen.first, seen.last + 8, props.asked);
  const chosen = Math.min(active, rows.length - 1);
  const go = (to: number) => {
    if (to < 0 || to >= rows.length) return;
    setActive(to);
    virtual.scrollToIndex(to);
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-row="${to}"]`)?.focus());
  };
  return (
    <>
      <RefusalNotice error={posts.error} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hears the arrows of the rows inside */}
      <div
        ref={scroller}
        className={css.scroller}
        onKeyDown={(event) => {
          if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
          const to = { ArrowUp: chosen - 1, ArrowDown: chosen + 1, Home: 0, End: rows.length - 1 }[event.key];
          if (to === undefined) return;
          event.preventDefault();
          go(to);
        }}
      >
        <ol className={css.list} aria-label={props.label} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const place = {
              index: item.index,
              tabIndex: item.index === chosen ? (0 as const) : (-1 as const),
              onActive: () => setActive(item.index),
            };
            return (
              <li
                key={item.key}
                className={css.item}
                aria-setsize={rows.length}
                aria-posinset={item.index + 1}
                style={{ height: item.size, transform: `translateY(${item.start}px)` }}
              >
                {row.kind === 'head' ? (
                  <Head row={row} {...place} />
                ) : (
                  <Line post={posts.postOf(row)} span={row.span} {...place} />
                )}
              </li>
            );
          })}
        </ol>
      </div>
    </>
  );
}

type Place = { index: number; tabIndex: 0 | -1; onActive: () => void };

/** A day or an hour: also a place to drop a post. */
function Head({ row, ...place }: { row: AgendaRow & { kind: 'head' } } & Place) {
  const { span, total } = row;
  const { t } = useTranslation(['calendar', 'common']);
  const language = useLanguage();
  const { today, isAimed, openDay, zone, freeIn } = useCalendar();
  const free = freeIn(hourKeyOf(span));
  const drop = useDrop(span);
  const isNoTime = span.hour !== null && span.from === span.to;
  const isTwice = span.hour !== null && span.to - span.from > HOUR_MS;
  const words = span.hour === null ? dateWords(span.date, language, 'day') : hourWords(span.hour);
  return (
    <div
      className={css.head}
      data-date={span.date}
      data-hour={span.hour ?? undefined}
      data-empty={total === 0 ? '' : undefined}
      data-today={span.hour === null && span.date === today ? '' : undefined}
      data-aimed={drop.isOver || isAimed(span) ? '' : undefined}
      {...drop.handlers}
    >
      <button
        type="button"
        className={css.headName}
        data-row={place.index}
        tabIndex={place.tabIndex}
        aria-current={span.hour === null && span.date === today ? 'date' : undefined}
        onFocus={place.onActive}
        onClick={() => openDay(span.date)}
      >
        {span.hour === null && span.date === today ? t('todayName', { day: words }) : words}
      </button>
      {isNoTime ? <span className={css.dim}>{t('noHour')}</span> : null}
      {isTwice ? (
        <span className={css.dim}>
          {t('hourTwice')} ({timeOf(span.from, language, zone)})
        </span>
      ) : null}
      {total > 0 ? (
        <span className={css.dim}>{t('common:posts', { count: total, n: numberOf(total, language) })}</span>
      ) : null}
      {free.places.length + free.leftOut.length > 0 ? (
        <span className={css.slots}>
          {free.places.slice(0, SLOTS_SHOWN).map((one) => (
            <SlotPlace key={one.at} place={one} tabIndex={place.tabIndex} />
          ))}
          <SlotWords free={free} shown={Math.min(SLOTS_SHOWN, free.places.length)} />
        </span>
      ) : null}
      {span.hour === null ? <GapMark date={span.date} tabIndex={place.tabIndex} /> : null}
    </div>
  );
}

function useDrop(span: Span) {
  const { dropOn } = useCalendar();
  const [isOver, setIsOver] = useState(false);
  return {
    isOver,
    handlers: {
      onDragOver: (event: React.DragEvent) => {
        event.preventDefault();
        event.dataTransfer.dropEffect = 'move';
        if (!isOver) setIsOver(true);
      },
      onDragLeave: () => setIsOver(false),
      onDrop: (event: React.DragEvent) => {
        event.preventDefault();
        setIsOver(false);
        dropOn(span);
      },
    },
  };
}

function Line({ post, span, ...place }: { post: CalendarPostView | null; span: Span } & Place) {
  const { zone, places } = useCalendar();
  const buttonOf = usePostButton();
  const { t } = useTranslation('calendar');
  const language = useLanguage();
  const drop = useDrop(span);
  if (post === null) return <div className={css.line} data-row={place.index} tabIndex={place.tabIndex} />;
  return (
    <button
      {...buttonOf(post)}
      className={css.line}
      data-row={place.index}
      tabIndex={place.tabIndex}
      onFocus={place.onActive}
      {...drop.handlers}
    >
      <time className={css.time} dateTime={new Date(post.publishAt).toISOString()}>
        {timeOf(post.publishAt, language, zone)}
      </time>
      <span className={css.state}>
        <PostStateBadge state={shownStateOf(post)} />
      </span>
      <span className={css.who}>
        <BrandMark name={post.brand} colour={places.colourOf(post.brandId)} />
        <span className={css.account}>
          <NetworkIcon network={post.network} size={13} /> {post.account}
          <span className="unseen"> ({places.networkName(post.network)})</span>
        </span>
      </span>
      <span className={css.text}>{post.text || t('noText')}</span>
      <span className={css.marks}>
        {post.label ? (
          <span className={css.mark}>
            <IconTag size={13} aria-hidden="true" /> {labelsText(post.label)}
          </span>
        ) : null}
        {post.parts > 1 ? (
          <span className={css.mark} title={t('thread', { n: post.parts })}>
            <IconListNumbers size={13} aria-hidden="true" />
            <span className="unseen">{t('thread', { n: post.parts })}</span> {post.parts}
          </span>
        ) : null}
        {post.media > 0 ? (
          <span className={css.mark} title={t('media', { count: post.media, n: post.media })}>
            <IconPhoto size={13} aria-hidden="true" />
            <span className="unseen">{t('media', { count: post.media, n: post.media })}</span> {post.media}
          </span>
        ) : null}
        {post.collides ? (
          <span className={css.collides} title={t('collides')}>
            <IconArrowsDiff size={14} aria-hidden="true" />
            <span className="unseen">{t('collides')}</span>
          </span>
        ) : null}
      </span>
    </button>
  );
}
