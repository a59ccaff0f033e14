import { ActionIcon, Button, Group, SegmentedControl, Skeleton } from '@mantine/core';
import { IconCalendarOff, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../api.ts';
import { DoneNotice } from '../queue/done-notice.tsx';
import { PostSteps, usePostSteps } from '../queue/post-steps.tsx';
import { useLanguage, useNow, zoneWordsOf } from '../time.ts';
import { Empty } from '../ui/empty.tsx';
import { Page } from '../ui/page.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { useDesk, usePlaces } from '../ui/use-desk.ts';
import { useKept } from '../ui/use-kept.ts';
import { useSteady } from '../ui/use-steady.ts';
import { useOpenView, useRoute } from '../ui/view-route.ts';
import { todayIn } from '../ui/when.ts';
import { Agenda } from './agenda.tsx';
import { type Calendar, CalendarContext } from './calendar-context.ts';
import {
  type CalendarMode,
  edgesOf,
  firstDayOfWeek,
  hoursOf,
  monthDays,
  monthWeeks,
  oneDay,
  type Span,
  stepped,
  titleOf,
  weekDays,
} from './calendar-days.ts';
import {
  type CalendarFilter,
  filterOfRoute,
  isNarrowed,
  NO_CALENDAR_FILTER,
  requestOf,
  zoneOfFilter,
} from './calendar-filter.ts';
import { CalendarFilters } from './calendar-filters.tsx';
import css from './calendar-view.module.css';
import { CarriedNotice } from './carried-notice.tsx';
import { totalOf } from './day-cell.tsx';
import { MonthGrid } from './month-grid.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { isShiftedInto, shiftTo, shiftToInstant, targetOf } from './move-post.ts';
import { MovedNotice } from './moved-notice.tsx';
import { SaveMenu } from './save-menu.tsx';
import { type Carried, useCarry } from './use-carry.ts';
import { useFreeSlots } from './use-free-slots.ts';
import { useGaps } from './use-gaps.ts';
import { useMovePost } from './use-move-post.ts';
import { usePostWords } from './use-post-words.ts';
import { WeekGrid } from './week-grid.tsx';

const MODES: readonly CalendarMode[] = ['month', 'week', 'day', 'list'];
/** Posts read of each day or hour: more than the tallest window has room for. */
const MOST = { month: 12, week: 5, day: 0, list: 0 } as const;

/** The posts by their days and hours, as what they are, and moved by hand. */
export function CalendarView() {
  const { t } = useTranslation('calendar');
  const language = useLanguage();
  const desk = useDesk();
  const places = usePlaces(desk);
  const openView = useOpenView();
  const { params } = useRoute();
  const [filter, setFilter] = useKept<CalendarFilter>('calendar.filter', NO_CALENDAR_FILTER);
  const [mode, setMode] = useKept<CalendarMode>('calendar.mode', 'month');
  /** '' is today, whenever that is. */
  const [chosenDate, setDate] = useKept('calendar.date', '');
  const steps = usePostSteps();
  useEffect(() => {
    const asked = filterOfRoute(params);
    if (asked !== null) setFilter(asked);
  }, [params, setFilter]);

  const zone = zoneOfFilter(filter, desk);
  const now = useNow(30_000);
  const today = todayIn(zone, now);
  const date = chosenDate === '' ? today : chosenDate;
  const firstDay = firstDayOfWeek(language, navigator.language);
  const shown = useMemo(() => spansOf(mode, date, zone, firstDay), [mode, date, zone, firstDay]);
  const asked = useMemo(() => requestOf(filter), [filter]);
  const read = useRead(
    'calendar.stretches',
    { ...asked, edges: edgesOf(shown.spans), most: MOST[mode] },
    { keep: true },
  );
  const stretches = read.data?.length === shown.spans.length ? read.data : null;
  const bounds = { from: shown.spans[0]?.from ?? 0, to: shown.spans.at(-1)?.to ?? 0 };
  const freeIn = useFreeSlots(filter, bounds, zone, mode === 'week' || mode === 'day');
  const gapsOn = useGaps(filter, shown.spans, today, zone);

  const move = useMovePost(desk);
  const { moveTo, zoneOf } = move;
  const { say } = steps;
  const place = useSteady(({ post, shift }: Carried) => {
    say(null);
    void moveTo(post, targetOf(post, shift, zone, zoneOf(post)));
  });
  const { carried, carry } = useCarry(mode, place);
  const aimed = carried?.by === 'keys' ? carried : null;
  const aimedDate = aimed ? targetOf(aimed.post, aimed.shift, zone, zone).localTime.slice(0, 10) : null;
  // What is carried by keys stays in sight.
  useEffect(() => {
    if (aimedDate !== null && !shown.spans.some((span) => span.date === aimedDate)) setDate(aimedDate);
  }, [aimedDate, shown.spans, setDate]);

  const openDay = useCallback(
    (day: string) => {
      setDate(day);
      setMode('day');
    },
    [setDate, setMode],
  );
  const wordsOf = usePostWords(places);
  const { open } = steps;
  // Whatever changes here draws every post of the calendar anew.
  const calendar = useMemo(
    (): Calendar => ({
      zone,
      today,
      places,
      wordsOf,
      open,
      openDay,
      carry,
      carriedId: carried?.post.id ?? null,
      isAimed: (span) => aimed !== null && isShiftedInto(aimed.post, aimed.shift, span, zone),
      dropOn: (span) => {
        if (carried !== null) place({ ...carried, shift: shiftTo(carried.post, span, zone) });
        carry(null);
      },
      dropAt: (at, accountIds) => {
        if (carried === null || !accountIds.includes(carried.post.accountId)) return false;
        place({ ...carried, shift: shiftToInstant(carried.post, at, zone) });
        carry(null);
        return true;
      },
      freeIn,
      gapsOn,
    }),
    [zone, today, places, wordsOf, open, openDay, carry, carried, aimed, place, freeIn, gapsOn],
  );
  const step = (by: 1 | -1) => setDate(stepped(date, mode, by));
  const total = stretches?.reduce((sum, one) => sum + totalOf(one.counts), 0) ?? 0;
  const brand = desk.brands.find(
    (one) => one.id === (filter.brandId ?? desk.accountById.get(filter.accountId ?? 0)?.brandId),
  );
  const zoneWords = zoneWordsOf(shown.spans[0]?.from ?? now, language, zone);
  const title = titleOf(mode, date, language, firstDay);

  return (
    <Page
      fills
      title={title}
      lead={
        brand ? t('timesIn', { zone: zoneWords, brand: brand.name }) : t('timesHere', { zone: zoneWords })
      }
      actions={
        <>
          <Group gap={4} wrap="nowrap">
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={t(`previous.${mode}`)}
              onClick={() => step(-1)}
            >
              <IconChevronLeft size={18} aria-hidden="true" />
            </ActionIcon>
            <Button variant="default" aria-label={t('goToday')} onClick={() => setDate('')}>
              {t('today')}
            </Button>
            <ActionIcon variant="default" size="lg" aria-label={t(`next.${mode}`)} onClick={() => step(1)}>
              <IconChevronRight size={18} aria-hidden="true" />
            </ActionIcon>
          </Group>
          <SaveMenu asked={{ ...asked, from: bounds.from, to: bounds.to, timeZone: zone }} />
          <SegmentedControl
            aria-label={t('mode.label')}
            data={MODES.map((value) => ({ value, label: t(`mode.${value}`) }))}
            value={mode}
            onChange={(value) => setMode(value as CalendarMode)}
          />
        </>
      }
      toolbar={<CalendarFilters filter={filter} desk={desk} onChange={setFilter} />}
    >
      <div className={css.notices}>
        {steps.done ? <DoneNotice done={steps.done} onClose={() => say(null)} onUndone={say} /> : null}
        {move.moved ? (
          <MovedNotice
            moved={move.moved}
            zone={zoneOf(move.moved.post)}
            canUndo={move.canUndo}
            isRunning={move.isRunning}
            onUndo={() => void move.undo()}
            onClose={move.forgetMoved}
          />
        ) : null}
        {aimed ? <CarriedNotice carried={aimed} zone={zone} brandZone={zoneOf(aimed.post)} /> : null}
        <RefusalNotice error={read.error} onRetry={() => void read.refetch()} />
      </div>
      <CalendarContext value={calendar}>
        {stretches === null ? (
          <Skeleton className={css.reading ?? ''} aria-hidden="true" />
        ) : mode === 'month' ? (
          <MonthGrid key={date.slice(0, 7)} days={shown.spans} date={date} stretches={stretches} />
        ) : mode === 'week' ? (
          <WeekGrid days={shown.days} hours={shown.hours} stretches={stretches} />
        ) : mode === 'list' && total === 0 ? (
          <Empty
            icon={IconCalendarOff}
            title={t('emptyTitle')}
            action={<Button onClick={() => openView('compose')}>{t('write')}</Button>}
          >
            {t(isNarrowed(filter) ? 'emptyFiltered' : 'empty')}
          </Empty>
        ) : (
          <Agenda spans={shown.spans} stretches={stretches} asked={asked} label={title} />
        )}
      </CalendarContext>
      <div className={css.foot}>{t('hint')}</div>
      <PostSteps
        desk={desk}
        steps={{
          ...steps,
          start: (step) => {
            move.forgetMoved();
            steps.start(step);
          },
        }}
      />
      {move.question ? (
        <MoveDialog
          question={move.question}
          desk={desk}
          zone={zoneOf(move.question.post)}
          isRunning={move.isRunning}
          onMove={(at) => void move.answer(at)}
          onClose={move.forgetQuestion}
        />
      ) : null}
    </Page>
  );
}

/** What a view of a date is made of. Of a week, each day's 24 hours one after the other. */
function spansOf(
  mode: CalendarMode,
  date: string,
  zone: string,
  firstDay: number,
): { spans: readonly Span[]; days: readonly Span[]; hours: readonly (readonly Span[])[] } {
  if (mode === 'week') {
    const days = weekDays(date, zone, firstDay);
    const hours = days.map((day) => hoursOf(day, zone));
    return { spans: hours.flat(), days, hours };
  }
  const spans =
    mode === 'month'
      ? monthWeeks(date, zone, firstDay)
      : mode === 'list'
        ? monthDays(date, zone)
        : hoursOf(oneDay(date, zone), zone);
  return { spans, days: [], hours: [] };
}
