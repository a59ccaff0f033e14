import { Button, CloseButton, Group } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useAction } from '../api.ts';
import { numberOf, useLanguage } from '../time.ts';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import type { BulkDone } from './bulk-dialog.tsx';

/** Says what an action did, what it left alone, and takes a hold back (Ctrl+Z as well). */
export function DoneNotice({ done, onClose }: { done: BulkDone; onClose: () => void }) {
  const { t } = useTranslation(['queue', 'common']);
  const language = useLanguage();
  const resume = useAction('post.resume');
  const n = (value: number) => numberOf(value, language);
  const canUndo = done.action === 'hold' && done.changed > 0;
  const undo = () => {
    if (canUndo) resume.mutate({ postIds: [...done.postIds] }, { onSuccess: onClose });
  };
  useHotkeys([['mod+Z', undo]]);
  const left = done.asked - done.changed;
  return (
    <>
      <Notice
        tone={done.planWarning !== '' || left > 0 ? 'warn' : 'good'}
        action={
          <Group gap={4} wrap="nowrap">
            {canUndo ? (
              <Button size="compact-sm" variant="default" loading={resume.isPending} onClick={undo}>
                {t('common:undo')}
              </Button>
            ) : null}
            <CloseButton size="sm" aria-label={t('common:close')} onClick={onClose} />
          </Group>
        }
      >
        <span role="status">
          {t(`bulk.${done.action}.done`, { count: done.changed, n: n(done.changed) })}
          {left > 0 ? ` ${t('bulk.left', { count: left, n: n(left) })}` : ''}
          {done.planWarning !== '' ? ` ${done.planWarning}` : ''}
        </span>
      </Notice>
      <RefusalNotice error={resume.error} />
    </>
  );
}
