import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './notice.module.css';

/** What went wrong, in the words of the refusal, with a way to try again where there is one. */
export function RefusalNotice(props: { error: { message: string } | null; onRetry?: () => void }) {
  const { t } = useTranslation('common');
  if (!props.error) return null;
  return (
    <div className={styles.notice} data-tone="bad" role="alert">
      <IconAlertTriangle size={18} aria-hidden="true" />
      <div className={styles.words}>{props.error.message || t('refused')}</div>
      {props.onRetry ? (
        <Button size="compact-sm" variant="default" onClick={props.onRetry}>
          {t('retry')}
        </Button>
      ) : null}
    </div>
  );
}
