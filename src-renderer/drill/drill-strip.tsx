import { Button } from '@mantine/core';
import { IconAlertTriangle, IconStopwatch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../api.ts';
import { usePublishing } from '../stop/publishing.ts';
import { useKept } from '../ui/use-kept.ts';
import { useOpenView, useRoute } from '../ui/view-route.ts';
import styles from './drill.module.css';

const DAY_MS = 86_400_000;

/**
 * One line under the banner: a drill is due, or the last did not pass. Gives way to everything real (a stop, a countdown), to the stop room
 * itself, and for a day to whoever says "later".
 */
export function DrillStrip() {
  const { t } = useTranslation('drill');
  const { state, view } = usePublishing();
  const { data } = useRead('drill.list', {});
  const openView = useOpenView();
  const isInRoom = useRoute().view === 'stop';
  const [laterAt, setLaterAt] = useKept('drill.later', 0);
  const isQuiet = state === 'publishing' || state === 'not-started';
  const isReal = !isQuiet || (view?.stops.length ?? 0) > 0 || (view?.countdowns.length ?? 0) > 0;
  if (!data || data.running || !(data.isDue || data.hasFailed)) return null;
  if (isReal || isInRoom || Date.now() - laterAt < DAY_MS) return null;
  const Icon = data.hasFailed ? IconAlertTriangle : IconStopwatch;
  return (
    <aside className={styles.strip} data-tone={data.hasFailed ? 'warn' : 'calm'} aria-label={t('title')}>
      <Icon className={styles.stripIcon} size={17} aria-hidden="true" />
      <span className={styles.stripWords}>{t(data.hasFailed ? 'strip.failed' : 'strip.due')}</span>
      <Button size="compact-sm" variant="default" onClick={() => openView('stop', { part: 'drill' })}>
        {t('strip.open')}
      </Button>
      <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setLaterAt(Date.now())}>
        {t('strip.later')}
      </Button>
    </aside>
  );
}
