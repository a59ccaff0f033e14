import { IconHandStop } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './emergency-stop.module.css';
import { usePublishing } from './publishing.ts';
import { usePulse } from './use-pulse.ts';

/** Never disabled, never asks. */
export function EmergencyStop() {
  const { t } = useTranslation('stop');
  const { engageEverything } = usePublishing();
  usePulse();
  return (
    <button type="button" data-tour="stop" className={styles.button} onClick={engageEverything}>
      <IconHandStop size={22} stroke={2} aria-hidden="true" />
      {t('emergencyStop')}
    </button>
  );
}
