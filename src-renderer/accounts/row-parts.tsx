import { useTranslation } from 'react-i18next';
import type { Counts } from '../../src-preload/views.ts';
import { dayOf, numberOf, relativeOf, timeOf, useLanguage, zoneWordsOf } from '../time.ts';
import { hashOf } from '../ui/view-route.ts';
import { toDecide } from './desk-rows.ts';
import styles from './desk-table.module.css';

/** Where a row stands and whether its controls are in the tab order. */
export type RowPlace = { index: number; top: number; height: number; isActive: boolean; now: number };

/** When the next post goes out: the day only when it is not today, and how long until then. The zone is named once per brand. */
export function NextCell(props: {
  at: number | null;
  zone: string;
  now: number;
  isQuiet: boolean;
  namesZone?: boolean;
}) {
  const language = useLanguage();
  const { t } = useTranslation('stop');
  const { at, zone, now } = props;
  // What is longer past than a minute is no next post.
  if (at === null || at < now - 60_000) return <td className={styles.none}>–</td>;
  const day = dayOf(at, language, zone);
  const isToday = day === dayOf(now, language, zone);
  return (
    <td className={styles.next} data-quiet={props.isQuiet ? '' : undefined} title={zone}>
      <time dateTime={new Date(at).toISOString()}>
        {isToday ? timeOf(at, language, zone) : `${day}, ${timeOf(at, language, zone)}`}
      </time>
      {props.isQuiet || !isToday ? null : (
        <span className={styles.relative}>{at <= now ? t('dueNow') : relativeOf(at, now, language)}</span>
      )}
      {props.namesZone ? <span className={styles.zone}>{zoneWordsOf(at, language, zone)}</span> : null}
    </td>
  );
}

/** Scheduled and to be decided, each a way into the queue or the review with the filter set. */
export function CountCells(props: {
  counts: Counts;
  name: string;
  params: Record<string, string>;
  isActive: boolean;
}) {
  const { t } = useTranslation('desk');
  const language = useLanguage();
  const { counts, name, params } = props;
  const decide = toDecide(counts);
  const tabIndex = props.isActive ? 0 : -1;
  return (
    <>
      <td className={styles.number}>
        {counts.scheduled > 0 ? (
          <a
            href={hashOf('queue', { ...params, state: 'scheduled' })}
            tabIndex={tabIndex}
            aria-label={t('toQueue', { n: numberOf(counts.scheduled, language), name })}
          >
            {numberOf(counts.scheduled, language)}
          </a>
        ) : (
          <span className={styles.none}>0</span>
        )}
      </td>
      <td className={styles.number}>
        {decide > 0 ? (
          <a
            className={styles.decide}
            href={hashOf('review', params)}
            tabIndex={tabIndex}
            aria-label={t('toReview', { n: numberOf(decide, language), name })}
          >
            {numberOf(decide, language)}
          </a>
        ) : (
          <span className={styles.none}>0</span>
        )}
      </td>
    </>
  );
}

/** Chooses one account, or all of a brand. */
export function ChooseBox(props: {
  name: string;
  isBrand?: boolean;
  isChosen: boolean;
  tabIndex: number;
  onChange: (isChosen: boolean) => void;
}) {
  const { t } = useTranslation('desk');
  return (
    <input
      type="checkbox"
      className={styles.choose}
      tabIndex={props.tabIndex}
      checked={props.isChosen}
      aria-label={t(props.isBrand ? 'chosen.boxOfBrand' : 'chosen.boxOf', { name: props.name })}
      onChange={(event) => props.onChange(event.currentTarget.checked)}
    />
  );
}
