import { Button, Loader, Stack } from '@mantine/core';
import { IconArrowBackUp, IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PastImportView } from '../../src-preload/import-views.ts';
import { useRead } from '../api.ts';
import { dayTimeOf, localZone, numberOf, useLanguage } from '../time.ts';
import { Empty } from '../ui/empty.tsx';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import css from './past-imports.module.css';
import { UndoImport } from './undo-import.tsx';

/** What was imported, the newest first; each can be undone as long as there is something to undo. */
export function PastImports() {
  const { t } = useTranslation(['import', 'common']);
  const language = useLanguage();
  const past = useRead('import.list', {});
  const [asked, setAsked] = useState<PastImportView | null>(null);
  const [done, setDone] = useState<{ canceled: number; left: number } | null>(null);
  const n = (value: number) => numberOf(value, language);
  const when = (at: number) => dayTimeOf(at, language, localZone());
  return (
    <Stack gap="md">
      <p className={css.dim}>{t('past.words')}</p>
      <RefusalNotice error={past.error} />
      {past.isPending ? <Loader size="sm" aria-label={t('common:loading')} /> : null}
      {done === null ? null : (
        <Notice tone="good">
          <span role="status">
            {t('past.done', { count: done.canceled, n: n(done.canceled) })}
            {done.left > 0 ? ` ${t('past.left', { count: done.left, n: n(done.left) })}` : ''}
          </span>
        </Notice>
      )}
      {past.data?.length === 0 ? (
        <Empty icon={IconFileImport} title={t('past.empty')}>
          {t('past.emptyWords')}
        </Empty>
      ) : null}
      {past.data && past.data.length > 0 ? (
        <table className={css.table}>
          <thead>
            <tr>
              <th>{t('past.file')}</th>
              <th>{t('past.when')}</th>
              <th>{t('past.posts')}</th>
              <th>
                <span className={css.hidden}>{t('past.undo')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {past.data.map((one) => (
              <tr key={one.id}>
                <td className={css.file}>{one.fileName}</td>
                <td>
                  {when(one.importedAt)}
                  <span className={css.second}>{one.by}</span>
                </td>
                <td className="tabular">{n(one.posts)}</td>
                <td className={css.act}>
                  {one.undoneAt === null ? (
                    <Button
                      size="compact-sm"
                      variant="default"
                      leftSection={<IconArrowBackUp size={15} aria-hidden="true" />}
                      aria-label={`${t('past.undo')} ${one.fileName}, ${when(one.importedAt)}`}
                      onClick={() => {
                        setDone(null);
                        setAsked(one);
                      }}
                    >
                      {t('past.undo')}
                    </Button>
                  ) : (
                    <span className={css.dim}>{t('past.undone', { when: when(one.undoneAt) })}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {asked === null ? null : (
        <UndoImport
          importId={asked.id}
          fileName={asked.fileName}
          onClose={() => setAsked(null)}
          onDone={(canceled, left) => {
            setAsked(null);
            setDone({ canceled, left });
            void past.refetch();
          }}
        />
      )}
    </Stack>
  );
}
