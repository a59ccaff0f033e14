import { Button, Loader, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../api.ts';
import { numberOf, useLanguage } from '../time.ts';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { useOpenView } from '../ui/view-route.ts';
import { ColumnHelp } from './column-help.tsx';
import { DropFile } from './drop-file.tsx';
import css from './import.module.css';
import { ProblemTable } from './problem-table.tsx';

/** Accounts from a file, for networks that need no sign-in: tried first without writing, then added. */
export function AccountsImport() {
  const { t } = useTranslation('import');
  const language = useLanguage();
  const openView = useOpenView();
  const dry = useAction('import.accounts');
  const real = useAction('import.accounts');
  const [file, setFile] = useState<{ token: string; name: string } | null>(null);
  const [refused, setRefused] = useState('');
  const n = (value: number) => numberOf(value, language);
  const take = (token: string, name: string) => {
    setFile({ token, name });
    setRefused('');
    real.reset();
    dry.mutate({ token, dryRun: true });
  };
  const found = real.data ?? dry.data;
  const isDone = real.data !== undefined && real.data.problems.length === 0;
  return (
    <Stack gap="md">
      <DropFile label={t('accounts.choose')} purpose="accounts" onFile={take} onRefused={setRefused}>
        {t('accounts.drop')}
      </DropFile>
      <RefusalNotice error={refused === '' ? (dry.error ?? real.error) : { message: refused }} />
      {dry.isPending ? <Loader size="sm" aria-label={t('reading', { name: file?.name ?? '' })} /> : null}
      {found && file ? (
        <>
          <Notice tone={isDone ? 'good' : found.problems.length > 0 ? 'bad' : 'calm'}>
            <span role="status">
              <b>{file.name}</b>
              {': '}
              {t(isDone ? 'accounts.done' : 'accounts.would', {
                accounts: t('accounts.accounts', { count: found.accountsAdded, n: n(found.accountsAdded) }),
                brands: t('accounts.brands', { count: found.brandsAdded, n: n(found.brandsAdded) }),
              })}
              {found.known > 0 ? ` ${t('accounts.known', { count: found.known, n: n(found.known) })}` : ''}
              {found.problems.length > 0 ? ` ${t('accounts.mend')}` : ''}
            </span>
          </Notice>
          {found.notice === '' ? null : <Notice tone="warn">{found.notice}</Notice>}
          {isDone ? (
            <div className={css.actions}>
              <Button onClick={() => openView('desk')}>{t('accounts.desk')}</Button>
            </div>
          ) : (
            <div className={css.actions}>
              <Button
                disabled={found.problems.length > 0 || found.accountsAdded + found.brandsAdded === 0}
                loading={real.isPending}
                onClick={() => real.mutate({ token: file.token, dryRun: false })}
              >
                {t('accounts.apply', { count: found.accountsAdded, n: n(found.accountsAdded) })}
              </Button>
              <span className={css.dim}>{t('nothingWritten')}</span>
            </div>
          )}
          {found.problems.length > 0 ? (
            <ProblemTable problems={found.problems} total={found.problems.length} />
          ) : null}
        </>
      ) : null}
      <ColumnHelp kind="accounts" />
    </Stack>
  );
}
