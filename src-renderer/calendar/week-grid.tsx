import { useDeferredValue, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalendarStretchView } from '../../src-preload/calendar-views.ts';
import { numberOf, useLanguage } from '../time.ts';
import { useCalendar } from './calendar-context.ts';
import { dateWords, type Span } from './calendar-days.ts';
import { DayCell, totalOf } from './day-cell.tsx';
import { GapMark } from './gap-mark.tsx';
import css from './grid.module.css';
import { useGridKeys } from './use-grid-keys.ts';

const HOUR_MS = 3_600_000;
/** Lines of one hour before the rest are counted. */
const ROOM = 4;
const FIRST_HOUR_SEEN = 7;
/** More hours than fit a tall window at first. */
const HOURS_SEEN = 14;

/** Seven days by the hours of the clock. `stretches` has 24 for each day, in the order of the days. */
export function WeekGrid(props: {
  days: readonly Span[];
  /** Of each day, its 24. */
  hours: readonly (readonly Span[])[];
  stretches: readonly CalendarStretchView[];
}) {
  const { days, hours, stretches } = props;
  const { t } = useTranslation(['calendar', 'common']);
  const language = useLanguage();
  const { today, openDay } = useCalendar();
  const grid = useRef<HTMLDivElement>(null);
  const column = Math.max(
    0,
    days.findIndex((day) => day.date === today),
  );
  // The hours out of sight follow once what is in sight has been drawn.
  const isWhole = useDeferredValue(true, false);
  const keys = useGridKeys(grid, 7, 7 * 24, FIRST_HOUR_SEEN * 7 + column);
  useEffect(() => {
    const row = grid.current?.querySelector<HTMLElement>(`[data-row="${FIRST_HOUR_SEEN}"]`);
    if (grid.current && row) grid.current.scrollTop = row.offsetTop - 44;
  }, []);
  const totals = useMemo(
    () =>
      days.map((_, day) =>
        stretches.slice(day * 24, day * 24 + 24).reduce((sum, one) => sum + totalOf(one.counts), 0),
      ),
    [days, stretches],
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table of hours that are laid out as a grid
    <div role="grid" ref={grid} className={css.hours} aria-label={t('grid')} onKeyDown={keys.onKeyDown}>
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its cells are */}
      <div role="row" className={css.dayHeads}>
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: a heading */}
        <div role="columnheader">
          <span className="unseen">{t('common:time')}</span>
        </div>
        {days.map((day, index) => {
          return (
            // biome-ignore lint/a11y/useSemanticElements: see above
            // biome-ignore lint/a11y/useFocusableInteractive: a heading
            <div
              role="columnheader"
              key={day.date}
              className={css.dayHead}
              data-today={day.date === today ? '' : undefined}
              aria-current={day.date === today ? 'date' : undefined}
            >
              <button type="button" className={css.dayLink} onClick={() => openDay(day.date)}>
                {dateWords(day.date, language, 'short')}{' '}
                <span className="unseen">
                  (
                  {t('common:posts', {
                    count: totals[index] ?? 0,
                    n: numberOf(totals[index] ?? 0, language),
                  })}
                  )
                </span>
              </button>
              <GapMark date={day.date} tabIndex={0} />
            </div>
          );
        })}
      </div>
      {Array.from({ length: 24 }, (_, hour) => (
        // biome-ignore lint/a11y/useSemanticElements: see above
        // biome-ignore lint/a11y/useFocusableInteractive: its cells are
        <div role="row" key={String(hour)} data-row={hour} className={css.hourRow}>
          {/* biome-ignore lint/a11y/useSemanticElements: see above */}
          {/* biome-ignore lint/a11y/useFocusableInteractive: a heading */}
          <div role="rowheader" className={css.hourName}>
            {hourWords(hour)}
          </div>
          {days.map((day, dayIndex) => {
            const span = hours[dayIndex]?.[hour];
            if (span === undefined) return null;
            const index = hour * 7 + dayIndex;
            const stretch = stretches[dayIndex * 24 + hour];
            const total = totalOf(stretch?.counts);
            const isNoTime = span.from === span.to;
            const isTwice = span.to - span.from > HOUR_MS;
            const name = t('dayName', {
              count: total,
              n: numberOf(total, language),
              day: `${dateWords(day.date, language, 'day')}, ${hourWords(hour)}`,
            });
            return (
              <DayCell
                key={day.date}
                span={span}
                stretch={stretch}
                room={ROOM}
                isEmpty={!isWhole && (hour < FIRST_HOUR_SEEN || hour >= FIRST_HOUR_SEEN + HOURS_SEEN)}
                index={index}
                isActive={index === keys.active}
                onActive={keys.setActive}
                isNoTime={isNoTime}
                name={[name, ...(isNoTime ? [t('noHour')] : []), ...(isTwice ? [t('hourTwice')] : [])].join(
                  ', ',
                )}
                head={
                  isNoTime || isTwice ? (
                    <span className={css.change}>{t(isNoTime ? 'noHour' : 'hourTwice')}</span>
                  ) : undefined
                }
              />
            );
          })}
        </div>
      ))}
    </div>
  );
}

/** '09:00' */
export function hourWords(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}
