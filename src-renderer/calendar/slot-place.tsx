import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { numberOf, timeOf, useLanguage } from '../time.ts';
import { useDesk } from '../ui/use-desk.ts';
import { useOpenView } from '../ui/view-route.ts';
import { useCalendar } from './calendar-context.ts';
import css from './slot-place.module.css';
import type { FreeOfSpan, FreePlace } from './use-free-slots.ts';

/** What of an hour's free slots has no line of its own: how many more there are, and those that the clocks leave out. */
export function SlotWords({ free, shown }: { free: FreeOfSpan; shown: number }) {
  const { t } = useTranslation('slots');
  const language = useLanguage();
  const more = free.places.length - shown;
  return (
    <>
      {more > 0 ? (
        <span className={css.words}>{t('place.more', { count: more, n: numberOf(more, language) })}</span>
      ) : null}
      {free.leftOut.map(({ time, clock }) => (
        <span key={time} className={css.words} title={t(`skipped.${clock}`, { when: time })}>
          {t(`skipped.${clock}`, { when: time })}
        </span>
      ))}
    </>
  );
}

/** A free slot as a faint place: a click writes for it, a post of that account that is dropped on it takes it. */
export function SlotPlace({ place, tabIndex }: { place: FreePlace; tabIndex: 0 | -1 }) {
  const { t } = useTranslation('slots');
  const language = useLanguage();
  const { zone, dropAt } = useCalendar();
  const { accountById } = useDesk();
  const openView = useOpenView();
  const [isOver, setIsOver] = useState(false);
  const { at, accountIds } = place;
  const count = accountIds.length;
  const who =
    count === 1
      ? (accountById.get(accountIds[0] ?? 0)?.name ?? '')
      : t('place.some', { count, n: numberOf(count, language) });
  const time = timeOf(at, language, zone);
  const names = accountIds.map((id) => accountById.get(id)?.name ?? '').join(', ');
  return (
    <button
      type="button"
      className={css.place}
      data-slot={at}
      data-over={isOver ? '' : undefined}
      tabIndex={tabIndex}
      title={`${t('place.write', { time })} (${names})`}
      onClick={() => openView('compose', { accounts: accountIds.join(','), at: String(at) })}
      onDragOver={(event) => {
        event.preventDefault();
        event.dataTransfer.dropEffect = 'move';
        if (!isOver) setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        setIsOver(false);
        // Of another account it is dropped on the hour, as beside a slot.
        if (!dropAt(at, accountIds)) return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <IconPlus size={12} aria-hidden="true" />
      <span className={css.time}>{time}</span>
      <span className="unseen"> {t('place.free')} </span>
      <span className={css.who}>{who}</span>
    </button>
  );
}
