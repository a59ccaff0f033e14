import { Button } from '@mantine/core';
import { IconDatabaseX, IconFolderOpen } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAction, useRead } from '../api.ts';
import { english } from '../i18n/resources.ts';
import { useSaidByMain } from '../main-words.ts';
import styles from './database-problem.module.css';
import { sayRefused } from './toasts.ts';

/** In the place of every view that needs the database: what happened, what was kept, what to do, and that the stop works. */
export function DatabaseProblem({ problem }: { problem: string }) {
  const { t } = useTranslation('shell');
  const { t: keep } = useTranslation('keep');
  const restart = useAction('app.restart');
  const { t: plan } = useTranslation('plan');
  const showCopies = useAction('plan.showCopies');
  const saidByMain = useSaidByMain();
  const settings = useRead('settings.read', {}).data;
  return (
    <div className={styles.screen} role="alert">
      <IconDatabaseX size={40} stroke={1.5} aria-hidden="true" />
      <h1>{t('database.title')}</h1>
      <p className={styles.problem}>{saidByMain(problem)}</p>
      <p>{t('database.kept', { folder: settings?.dataDir ?? '…' })}</p>
      <p>
        {t('database.nothingGoesOut')} {t('database.stopWorks')}
      </p>
      <p>{t('database.again')}</p>
      <p>{plan('databaseCopies')}</p>
      {problem.startsWith(english.refusal.said.folderMoved.split('{{')[0] ?? '') ? (
        <Button onClick={() => restart.mutate({})}>{keep('restart')}</Button>
      ) : null}
      <Button
        variant="default"
        leftSection={<IconFolderOpen size={16} aria-hidden="true" />}
        onClick={() => showCopies.mutate({}, { onError: (error) => sayRefused(error.message) })}
      >
        {plan('showCopies')}
      </Button>
    </div>
  );
}
