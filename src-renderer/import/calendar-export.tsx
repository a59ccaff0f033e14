import { Button, Stack } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../api.ts';
import { numberOf, useLanguage } from '../time.ts';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import css from './import.module.css';

/** What is scheduled as a calendar file that can be imported again. */
export function CalendarExport() {
  const { t } = useTranslation('import');
  const language = useLanguage();
  const choose = useAction('file.choose');
  const write = useAction('export.calendar');
  const start = () => {
    write.reset();
    choose.mutate(
      { purpose: 'export' },
      { onSuccess: (chosen) => chosen && write.mutate({ token: chosen.token }) },
    );
  };
  return (
    <Stack gap="md">
      <p className={css.lead}>{t('export.words')}</p>
      <div>
        <Button
          leftSection={<IconDownload size={16} aria-hidden="true" />}
          loading={choose.isPending || write.isPending}
          onClick={start}
        >
          {t('export.button')}
        </Button>
      </div>
      <RefusalNotice error={choose.error ?? write.error} />
      {write.data ? (
        <Notice tone="good">
          <span role="status" data-selectable>
            {t('export.done', {
              count: write.data.rows,
              n: numberOf(write.data.rows, language),
              path: write.data.path,
            })}
          </span>
        </Notice>
      ) : null}
      {write.data && write.data.heldPosts > 0 ? (
        <Notice tone="warn">
          {t('export.held', { count: write.data.heldPosts, n: numberOf(write.data.heldPosts, language) })}
        </Notice>
      ) : null}
      {write.data && write.data.missingMedia > 0 ? (
        <Notice tone="warn">
          {t('export.missing', {
            count: write.data.missingMedia,
            n: numberOf(write.data.missingMedia, language),
          })}
        </Notice>
      ) : null}
    </Stack>
  );
}
