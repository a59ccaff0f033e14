import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FoundExportView } from '../../src-preload/backup-views.ts';
import { useAction, useRead } from '../api.ts';
import { SettingRow, SettingSection } from '../settings/setting-row.tsx';
import styles from '../settings/settings.module.css';
import { usePublishing } from '../stop/publishing.ts';
import { dayTimeOf, localZone, numberOf, useLanguage } from '../time.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import keep from './keep.module.css';

/** Everything out, in open formats, and everything of another computer in. */
export function TransferSection() {
  const { t } = useTranslation('keep');
  const leave = useAction('everything.export');
  const look = useAction('everything.look');
  const [found, setFound] = useState<FoundExportView | null>(null);
  const running = useRead('backup.read', {}).data?.running ?? null;
  return (
    <SettingSection title={t('transfer')} hint={t('transferHint')}>
      <SettingRow name={t('exporting')} hint={t('exportingHint')}>
        <Button
          size="compact-sm"
          variant="default"
          loading={leave.isPending}
          disabled={running !== null}
          onClick={() => leave.mutate({})}
        >
          {t('export')}
        </Button>
        {leave.data?.path ? (
          <span className={styles.quiet} role="status">
            {t('exported', { path: leave.data.path })}
          </span>
        ) : null}
        <RefusalNotice error={leave.error} />
      </SettingRow>
      <SettingRow name={t('importing')} hint={t('importingHint')}>
        <Button
          size="compact-sm"
          variant="default"
          loading={look.isPending}
          disabled={running !== null}
          onClick={() => look.mutate({}, { onSuccess: setFound })}
        >
          {t('import')}
        </Button>
        <RefusalNotice error={look.error} />
      </SettingRow>
      {found ? <ImportDialog found={found} onClose={() => setFound(null)} /> : null}
    </SettingSection>
  );
}

function ImportDialog({ found, onClose }: { found: FoundExportView; onClose: () => void }) {
  const { t } = useTranslation('keep');
  const { t: common } = useTranslation('common');
  const language = useLanguage();
  const { state } = usePublishing();
  const kept = useRead('settings.read', {}).data?.personName ?? '';
  const [typed, setTyped] = useState<string | null>(null);
  const [replaces, setReplaces] = useState(false);
  const take = useAction('everything.import');
  const name = typed ?? kept;
  const isOff = state === 'stopped' || state === 'not-started';
  const n = (value: number) => numberOf(value, language);
  return (
    <Dialog
      opened
      onClose={onClose}
      width={560}
      title={t('found.title')}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button
            disabled={!isOff || name.trim() === '' || (found.replaces && !replaces)}
            loading={take.isPending}
            onClick={() =>
              take.mutate({ exportId: found.exportId, by: name.trim(), replaces }, { onSuccess: onClose })
            }
          >
            {t('found.confirm')}
          </Button>
        </>
      }
    >
      <ul className={keep.facts}>
        <li>
          {t('found.holds', {
            when: dayTimeOf(found.madeAt, language, localZone()),
            brands: t('found.brands', { count: found.brands, n: n(found.brands) }),
            accounts: t('accounts', { count: found.accounts, n: n(found.accounts) }),
            posts: t('posts', { count: found.posts, n: n(found.posts) }),
          })}
        </li>
        <li>{t('found.start')}</li>
        <li>{t('found.signIns')}</li>
        <li>{t('found.both')}</li>
      </ul>
      {isOff ? (
        <div className={keep.form}>
          {found.replaces ? (
            <Checkbox
              label={t('found.replaces')}
              checked={replaces}
              onChange={(event) => setReplaces(event.currentTarget.checked)}
            />
          ) : null}
          <TextInput
            label={t('restoring.name')}
            value={name}
            maxLength={200}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
      ) : (
        <Notice tone="warn">{t('restoring.publishing')}</Notice>
      )}
      <RefusalNotice error={take.error} />
    </Dialog>
  );
}
