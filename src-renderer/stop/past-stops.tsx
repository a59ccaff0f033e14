import { useTranslation } from 'react-i18next';
import type { StopView } from '../../src-preload/views.ts';
import { useSaidByMain } from '../main-words.ts';
import { ReportButton } from '../report/report-button.tsx';
import { countdownOf, numberOf, useLanguage } from '../time.ts';
import styles from './room.module.css';
import { useStopWords } from './stop-words.ts';

/** Released stops: when, what, by whom, for how long, why. */
export function PastStops({ stops }: { stops: StopView[] }) {
  const { t } = useTranslation('stop');
  const { t: common } = useTranslation('common');
  const language = useLanguage();
  const { when, scope } = useStopWords();
  const saidByMain = useSaidByMain();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('room.engaged')}</th>
          <th scope="col">{t('room.scope')}</th>
          <th scope="col">{t('room.released')}</th>
          <th scope="col" className={styles.number}>
            {t('room.duration')}
          </th>
          <th scope="col" className={styles.number}>
            {t('room.held')}
          </th>
          <th scope="col">{t('room.reason')}</th>
          <th scope="col">{t('room.tell')}</th>
        </tr>
      </thead>
      <tbody>
        {stops.map((stop) => (
          <tr key={stop.id}>
            <td>
              {when(stop.engagedAt)}
              <small>
                {[common(`control.${stop.control}`), stop.by].filter((part) => part !== '').join(' · ')}
              </small>
            </td>
            <td>{scope(stop)}</td>
            <td>
              {stop.releasedAt === null ? '–' : when(stop.releasedAt)}
              <small>{stop.releasedBy}</small>
            </td>
            <td className={styles.number}>
              {stop.releasedAt === null ? '–' : countdownOf(stop.releasedAt - stop.engagedAt)}
            </td>
            <td className={styles.number}>{numberOf(stop.heldCount, language)}</td>
            <td className={styles.why}>{saidByMain(stop.reason) || '–'}</td>
            <td>
              <ReportButton stop={stop} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
