import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAction, useRead } from '../api.ts';
import styles from '../settings/settings.module.css';
import { usePublishing } from '../stop/publishing.ts';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';

/** Moving the data to another folder of this computer, at the next start. */
export function DataFolder() {
  const { t } = useTranslation('keep');
  const { state } = usePublishing();
  const folder = useRead('folder.read', {}).data;
  const move = useAction('folder.move');
  const stay = useAction('folder.cancelMove');
  const restart = useAction('app.restart');
  const isOff = state === 'stopped' || state === 'not-started';
  if (!folder) return null;
  return (
    <>
      {folder.movesTo === '' ? (
        <>
          <Button
            size="compact-sm"
            variant="default"
            disabled={!isOff}
            loading={move.isPending}
            onClick={() => move.mutate({})}
          >
            {t('move')}
          </Button>
          <span className={styles.quiet}>{t('moveHint')}</span>
        </>
      ) : (
        <>
          <Notice tone="warn">{t('moves', { folder: folder.movesTo })}</Notice>
          <div className={styles.line}>
            <Button size="compact-sm" loading={restart.isPending} onClick={() => restart.mutate({})}>
              {t('restart')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => stay.mutate({})}>
              {t('stay')}
            </Button>
          </div>
        </>
      )}
      {folder.movedFrom === '' ? null : (
        <Notice tone="calm">{t('movedFrom', { folder: folder.movedFrom })}</Notice>
      )}
      <RefusalNotice error={move.error} />
    </>
  );
}
