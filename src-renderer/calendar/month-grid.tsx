import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalendarStretchView } from '../../src-preload/calendar-views.ts';
import { numberOf, useLanguage } from '../time.ts';
import { useCalendar } from './calendar-context.ts';
import { dateWords, type Span } from './calendar-days.ts';
import { DayCell, totalOf } from './day-cell.tsx';
import { GapMark } from './gap-mark.tsx';
import css from './grid.module.css';
import { useGridKeys } from './use-grid-keys.ts';

const HEAD_PX = 28;
const CHIP_PX = 22;
const LEAST_WEEK_PX = 76;

/** Whole weeks of days; those of other months are dimmed. As many posts a day as there is room for. */
export function MonthGrid(props: {
  days: readonly Span[];
  /** Any date of the month. */
  date: string;
  stretches: readonly CalendarStretchView[];
}) {
  const { days, date, stretches } = props;
  const { t } = useTranslation('calendar');
  const language = useLanguage();
  const { today, openDay } = useCalendar();
  const grid = useRef<HTMLDivElement>(null);
  const weeks = days.length / 7;
  const room = useRoom(grid, weeks);
  const keys = useGridKeys(
    grid,
    7,
    days.length,
    Math.max(
      0,
      days.findIndex((day) => day.date === date),
    ),
  );
  const month = date.slice(0, 7);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table of days that are laid out as a grid
    <div
      role="grid"
      ref={grid}
      className={css.month}
      aria-label={dateWords(date, language, 'month')}
      onKeyDown={keys.onKeyDown}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its cells are */}
      <div role="row" className={css.weekdays}>
        {days.slice(0, 7).map((day) => (
          // biome-ignore lint/a11y/useSemanticElements: see above
          // biome-ignore lint/a11y/useFocusableInteractive: a heading
          <div role="columnheader" key={day.date} className={css.weekday}>
            {dateWords(day.date, language, 'weekday')}
          </div>
        ))}
      </div>
      {Array.from({ length: weeks }, (_, week) => (
        // biome-ignore lint/a11y/useSemanticElements: see above
        // biome-ignore lint/a11y/useFocusableInteractive: its cells are
        <div role="row" key={days[week * 7]?.date} className={css.week} style={{ minHeight: LEAST_WEEK_PX }}>
          {days.slice(week * 7, week * 7 + 7).map((day, column) => {
            const index = week * 7 + column;
            const total = totalOf(stretches[index]?.counts);
            const words = dateWords(day.date, language, 'day');
            const isActive = index === keys.active;
            return (
              <DayCell
                key={day.date}
                span={day}
                stretch={stretches[index]}
                room={room}
                index={index}
                isActive={isActive}
                onActive={keys.setActive}
                isOutside={!day.date.startsWith(month)}
                head={
                  <div className={css.cellHead}>
                    <button
                      type="button"
                      className={css.number}
                      tabIndex={isActive ? 0 : -1}
                      aria-label={t('dayName', {
                        count: total,
                        n: numberOf(total, language),
                        day: day.date === today ? t('todayName', { day: words }) : words,
                      })}
                      onClick={() => openDay(day.date)}
                    >
                      {Number(day.date.slice(8))}
                    </button>
                    <GapMark date={day.date} tabIndex={isActive ? 0 : -1} />
                  </div>
                }
              />
            );
          })}
        </div>
      ))}
    </div>
  );
}

/** How many lines a day has room for, kept while the window changes its size. */
function useRoom(grid: { current: HTMLDivElement | null }, weeks: number): number {
  const [height, setHeight] = useState(0);
  useEffect(() => {
    const element = grid.current;
    if (element === null) return;
    const watch = new ResizeObserver(() => setHeight(element.clientHeight));
    watch.observe(element);
    return () => watch.disconnect();
  }, [grid]);
  const week = Math.max(LEAST_WEEK_PX, (height - HEAD_PX) / weeks);
  return Math.max(2, Math.floor((week - HEAD_PX) / CHIP_PX));
}
