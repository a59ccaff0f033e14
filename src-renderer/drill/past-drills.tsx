import { useTranslation } from 'react-i18next';
import type { DrillView } from '../../src-preload/views.ts';
import { dayTimeOf, localZone, numberOf, useLanguage } from '../time.ts';
import styles from './drill.module.css';

const SHOWN = 40;

/** Ten years of drills, newest first: when, by whom, and the figures that count. */
export function PastDrills({ drills }: { drills: readonly DrillView[] }) {
  const { t } = useTranslation('drill');
  const language = useLanguage();
  const ms = (value: number | null) =>
    value === null ? t('table.never') : t('table.ms', { n: numberOf(value, language) });
  const resultOf = (drill: DrillView) =>
    drill.kind === 'done'
      ? t(`result.${drill.isPassed ? 'passed' : 'notPassed'}`)
      : t(`result.${drill.kind}`);
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('pastTable.when')}</th>
          <th scope="col">{t('pastTable.who')}</th>
          <th scope="col">{t('pastTable.result')}</th>
          <th scope="col">{t('pastTable.durable')}</th>
          <th scope="col">{t('pastTable.silent')}</th>
          <th scope="col">{t('pastTable.escaped')}</th>
        </tr>
      </thead>
      <tbody>
        {drills.slice(0, SHOWN).map((drill) => {
          const figures = drill.kind === 'done' ? drill.figures : null;
          return (
            <tr key={drill.at}>
              <td>{dayTimeOf(drill.at, language, localZone())}</td>
              <td>{drill.by}</td>
              <td>{resultOf(drill)}</td>
              <td>{figures ? ms(figures.durableMs) : t('table.none')}</td>
              <td>{figures ? ms(figures.silentMs) : t('table.none')}</td>
              <td>{figures ? numberOf(figures.escaped, language) : t('table.none')}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
