import { Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TickView } from '../../src-preload/plan-views.ts';
import { dayTimeOf, localZone, timeOf, useLanguage } from '../time.ts';
import styles from './checklist.module.css';
import { usePersonName } from './person-name.tsx';
import type { Ticks } from './use-ticks.ts';

/** One thing to do: a box, what it says, and who did it when. */
export function TickRow(props: {
  ticks: Ticks;
  brandId: number;
  kind: TickView['kind'];
  tickKey: string;
  label: string;
  children?: ReactNode;
}) {
  const { ticks, brandId, kind, tickKey } = props;
  const { t } = useTranslation('plan');
  const language = useLanguage();
  const by = usePersonName();
  const tick = ticks.of(brandId, kind, tickKey);
  const when = tick ? said(tick.at, Date.now(), language) : '';
  return (
    <li className={styles.row} data-done={tick?.isDone ? '' : undefined}>
      <Checkbox
        classNames={{ label: styles.rowLabel ?? '' }}
        label={props.label}
        checked={tick?.isDone ?? false}
        disabled={!ticks.isOpen || by === ''}
        onChange={(event) => ticks.tick(brandId, kind, tickKey, event.currentTarget.checked, by)}
      />
      <div className={styles.rowMore}>
        {props.children}
        {tick ? (
          <span className={styles.tick} title={new Date(tick.at).toISOString()}>
            {t(tick.isDone ? 'checklist.done' : 'checklist.undone', { name: tick.by, time: when })}
          </span>
        ) : null}
      </div>
    </li>
  );
}

/** The day only when it is not today. */
function said(at: number, now: number, language: 'en' | 'fr'): string {
  const zone = localZone();
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return isToday ? timeOf(at, language, zone) : dayTimeOf(at, language, zone);
}
