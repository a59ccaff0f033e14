import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { BackupsView, BackupView } from '../../src-preload/backup-views.ts';
import { useAction } from '../api.ts';
import { useSaidByMain } from '../main-words.ts';
import { dayOf, dayTimeOf, localZone, numberOf, useLanguage } from '../time.ts';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import styles from './keep.module.css';
import { useBackupFacts } from './sizes.ts';

/** More than are ever kept by themselves. */
const SHOWN = 15;

/** Every kept backup, with what a rehearsal of it found, and the means to try it out or to put it back. */
export function BackupTable(props: { backups: BackupsView; onRestore: (backup: BackupView) => void }) {
  const { t } = useTranslation('keep');
  const language = useLanguage();
  const facts = useBackupFacts();
  const rehearse = useAction('backup.rehearse');
  const { backups, running } = props.backups;
  const isBusy = running !== null;
  const hidden = backups.length - SHOWN;
  return (
    <div className={styles.kept}>
      <h3>{t('kept')}</h3>
      <p>{t('keptHint')}</p>
      <RefusalNotice error={rehearse.error} />
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('made')}</th>
              <th scope="col">{t('holds')}</th>
              <th scope="col">{t('rehearsed')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {backups.slice(0, SHOWN).map((backup) => {
              const when = dayTimeOf(backup.madeAt, language, localZone());
              return (
                <tr key={backup.id}>
                  <th scope="row">{when}</th>
                  <td>{facts(backup)}</td>
                  <td>
                    <Rehearsed rehearsal={backup.rehearsal} />
                  </td>
                  <td className={styles.actions}>
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={t('rehearseOf', { when })}
                      disabled={isBusy}
                      loading={rehearse.isPending && rehearse.variables.backupId === backup.id}
                      onClick={() => rehearse.mutate({ backupId: backup.id })}
                    >
                      {t('rehearse')}
                    </Button>
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={t('restoreOf', { when })}
                      disabled={isBusy}
                      onClick={() => props.onRestore(backup)}
                    >
                      {t('restore')}
                    </Button>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {hidden > 0 ? <p>{t('more', { count: hidden, n: numberOf(hidden, language) })}</p> : null}
    </div>
  );
}

function Rehearsed({ rehearsal }: { rehearsal: BackupView['rehearsal'] }) {
  const { t } = useTranslation('keep');
  const language = useLanguage();
  const say = useSaidByMain();
  if (!rehearsal) return <span className={styles.quiet}>{t('never')}</span>;
  return rehearsal.problem === '' ? (
    <span className={styles.well}>
      <IconCircleCheck size={15} aria-hidden="true" />
      {t('well', { when: dayOf(rehearsal.at, language, localZone()) })}
    </span>
  ) : (
    <span className={styles.unwell}>
      <IconAlertTriangle size={15} aria-hidden="true" />
      {t('unwell', { problem: say(rehearsal.problem) })}
    </span>
  );
}
