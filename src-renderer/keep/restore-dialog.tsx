import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupView } from '../../src-preload/backup-views.ts';
import { useAction, useRead } from '../api.ts';
import { usePublishing } from '../stop/publishing.ts';
import { dayTimeOf, localZone, useLanguage } from '../time.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import styles from './keep.module.css';
import { useBackupFacts } from './sizes.ts';

/** Says what putting a backup back does, to today's data and to publishing, and asks who does it. */
export function RestoreDialog({ backup, onClose }: { backup: BackupView; onClose: () => void }) {
  const { t } = useTranslation('keep');
  const { t: common } = useTranslation('common');
  const language = useLanguage();
  const facts = useBackupFacts();
  const { state } = usePublishing();
  const kept = useRead('settings.read', {}).data?.personName ?? '';
  const [typed, setTyped] = useState<string | null>(null);
  const name = typed ?? kept;
  const restore = useAction('backup.restore');
  const isOff = state === 'stopped' || state === 'not-started';
  return (
    <Dialog
      opened
      onClose={onClose}
      width={560}
      title={t('restoring.title', { when: dayTimeOf(backup.madeAt, language, localZone()) })}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button
            disabled={!isOff || name.trim() === ''}
            loading={restore.isPending}
            onClick={() => restore.mutate({ backupId: backup.id, by: name.trim() }, { onSuccess: onClose })}
          >
            {t('restoring.confirm')}
          </Button>
        </>
      }
    >
      <ul className={styles.facts}>
        <li>{t('restoring.replaces', { facts: facts(backup) })}</li>
        <li>{t('restoring.aside')}</li>
        <li>{t('restoring.keeps')}</li>
        <li>{t('restoring.stopped')}</li>
        <li>{t('restoring.signIns')}</li>
      </ul>
      {isOff ? (
        <TextInput
          label={t('restoring.name')}
          value={name}
          maxLength={200}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      ) : (
        <Notice tone="warn">{t('restoring.publishing')}</Notice>
      )}
      <RefusalNotice error={restore.error} />
    </Dialog>
  );
}
