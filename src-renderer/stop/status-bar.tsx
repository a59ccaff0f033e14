import { useTranslation } from 'react-i18next';
import { EmergencyStop } from './emergency-stop.tsx';
import { usePublishing } from './publishing.ts';
import styles from './status-bar.module.css';

export function StatusBar() {
  const { t } = useTranslation('stop');
  const { state } = usePublishing();
  return (
    <header className={styles.bar}>
      <div data-testid="publishing-state" data-state={state}>
        {t(`state.${state}`)}
      </div>
      <EmergencyStop />
    </header>
  );
}
