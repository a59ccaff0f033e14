import { Button } from '@mantine/core';
import { IconCircleCheck, IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupProblemView, BackupsView, BackupView } from '../../src-preload/backup-views.ts';
import { useAction, useRead } from '../api.ts';
import { SettingRow, SettingSection } from '../settings/setting-row.tsx';
import styles from '../settings/settings.module.css';
import { dayTimeOf, localZone, useLanguage } from '../time.ts';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { Badge } from '../ui/state-badge.tsx';
import { BackupTable } from './backup-table.tsx';
import { RestoreDialog } from './restore-dialog.tsx';
import { bytesOf, useBackupFacts } from './sizes.ts';

const OLD_MS = 2 * 86_400_000;

/** Backups: the last one, where they lie, and putting one back. */
export function BackupsSection() {
  const { t } = useTranslation('keep');
  const read = useRead('backup.read', {});
  const [restored, setRestored] = useState<BackupView | null>(null);
  const backups = read.data;
  return (
    <SettingSection title={t('title')} hint={t('hint')}>
      <RefusalNotice error={read.error} onRetry={() => void read.refetch()} />
      {backups ? (
        <>
          {backups.restore ? <RestoreWaits {...backups.restore} /> : null}
          <LastBackup backups={backups} />
          <Folder backups={backups} />
          {backups.backups.length > 0 ? <BackupTable backups={backups} onRestore={setRestored} /> : null}
        </>
      ) : null}
      {restored ? <RestoreDialog backup={restored} onClose={() => setRestored(null)} /> : null}
    </SettingSection>
  );
}

function RestoreWaits({ kind, madeAt }: { kind: 'backup' | 'import'; madeAt: number }) {
  const { t } = useTranslation('keep');
  const language = useLanguage();
  const restart = useAction('app.restart');
  const cancel = useAction('backup.cancelRestore');
  return (
    <Notice
      tone="warn"
      action={
        <div className={styles.line}>
          <Button size="compact-sm" onClick={() => restart.mutate({})} loading={restart.isPending}>
            {t('restart')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => cancel.mutate({})}>
            {t('dismiss')}
          </Button>
        </div>
      }
    >
      {t(kind === 'import' ? 'waitingImport' : 'waiting', { when: dayTimeOf(madeAt, language, localZone()) })}
    </Notice>
  );
}

function LastBackup({ backups }: { backups: BackupsView }) {
  const { t } = useTranslation('keep');
  const language = useLanguage();
  const facts = useBackupFacts();
  const make = useAction('backup.make');
  const [newest] = backups.backups;
  const isOld = newest !== undefined && Date.now() - newest.madeAt > OLD_MS;
  return (
    <SettingRow name={t('last')} hint={t('lastHint')}>
      {newest ? (
        <>
          <div className={styles.line}>
            <span className={styles.strong}>{dayTimeOf(newest.madeAt, language, localZone())}</span>
            <Badge tone={isOld ? 'warn' : 'good'} icon={isOld ? IconClock : IconCircleCheck}>
              {t(isOld ? 'old' : 'verified')}
            </Badge>
          </div>
          <span className={styles.quiet}>{facts(newest)}</span>
          {newest.journalProblem === '' ? null : (
            <Notice tone="warn">{t('journalWas', { problem: newest.journalProblem })}</Notice>
          )}
        </>
      ) : (
        <span className={styles.quiet}>{t('none')}</span>
      )}
      {backups.problem ? <Problem problem={backups.problem} /> : null}
      <div className={styles.line}>
        <Button
          size="compact-sm"
          variant="default"
          loading={make.isPending}
          disabled={backups.running !== null}
          onClick={() => make.mutate({})}
        >
          {t('make')}
        </Button>
        <span className={styles.quiet} role="status">
          {backups.running === null ? '' : t(`running.${backups.running}`)}
        </span>
      </div>
      <RefusalNotice error={make.error} />
    </SettingRow>
  );
}

function Problem({ problem }: { problem: BackupProblemView }) {
  const { t } = useTranslation('keep');
  const language = useLanguage();
  const key = problem.code === 'no-room' && problem.needed > 0 ? 'no-roomNeeds' : problem.code;
  return (
    <Notice tone="bad">
      {t(`problem.${key}`, {
        when: dayTimeOf(problem.at, language, localZone()),
        needed: bytesOf(problem.needed, language),
        free: bytesOf(problem.free, language),
        where: problem.detail,
        detail: problem.detail,
      })}{' '}
      {t('problemMore')}
    </Notice>
  );
}

function Folder({ backups }: { backups: BackupsView }) {
  const { t } = useTranslation('keep');
  const choose = useAction('backup.choose');
  const show = useAction('backup.show');
  return (
    <SettingRow name={t('where')} hint={t(backups.isOwnFolder ? 'whereOwn' : 'whereHint')}>
      <code className={styles.path}>{backups.folder}</code>
      <div className={styles.line}>
        <Button
          size="compact-sm"
          variant="default"
          loading={choose.isPending}
          disabled={backups.running !== null}
          onClick={() => choose.mutate({ own: false })}
        >
          {t('choose')}
        </Button>
        {backups.isOwnFolder ? null : (
          <Button
            size="compact-sm"
            variant="default"
            disabled={backups.running !== null}
            onClick={() => choose.mutate({ own: true })}
          >
            {t('useOwn')}
          </Button>
        )}
        <Button size="compact-sm" variant="subtle" onClick={() => show.mutate({})}>
          {t('show')}
        </Button>
      </div>
      <RefusalNotice error={choose.error} />
    </SettingRow>
  );
}
