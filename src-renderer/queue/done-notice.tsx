import { Button, CloseButton, Group } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useAction } from '../api.ts';
import { numberOf, useLanguage } from '../time.ts';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import type { BulkSaid } from './bulk-actions.ts';

/** Says what a step did and what it left alone, and takes it back (Ctrl+Z as well) where that can be done. */
export function DoneNotice(props: {
  done: BulkSaid;
  onClose: () => void;
  onUndone: (said: BulkSaid) => void;
}) {
  const { done, onClose } = props;
  const { t } = useTranslation(['queue', 'common']);
  const language = useLanguage();
  const undo = useAction('bulk.undo');
  const n = (value: number) => numberOf(value, language);
  const canUndo = done.action !== 'undo' && done.canUndo;
  const takeBack = () => {
    if (canUndo && !undo.isPending)
      undo.mutate({}, { onSuccess: (undone) => props.onUndone({ action: 'undo', ...undone }) });
  };
  useHotkeys([['mod+Z', takeBack]]);
  const isWhole =
    done.action === 'undo'
      ? done.left.length === 0
      : done.planWarning === '' && done.left === 0 && !done.isBrokenOff;
  return (
    <>
      <Notice
        tone={isWhole ? 'good' : 'warn'}
        action={
          <Group gap={4} wrap="nowrap">
            {canUndo ? (
              <Button size="compact-sm" variant="default" loading={undo.isPending} onClick={takeBack}>
                {t('common:undo')}
              </Button>
            ) : null}
            <CloseButton size="sm" aria-label={t('common:close')} onClick={onClose} />
          </Group>
        }
      >
        <span role="status">
          {done.action === 'undo' ? (
            <>
              {t('bulk.undone.restored', { count: done.restored, n: n(done.restored) })}
              {done.left.map(
                ({ reason, count }) => ` ${t(`bulk.undone.${reason as 'past'}`, { count, n: n(count) })}`,
              )}
            </>
          ) : (
            <>
              {t(`bulk.${done.action}.done`, { count: done.changed, n: n(done.changed) })}
              {done.left > 0 ? ` ${t('bulk.left', { count: done.left, n: n(done.left) })}` : ''}
              {done.isBrokenOff ? ` ${t('bulk.brokenOff')}` : ''}
              {done.planWarning !== '' ? ` ${done.planWarning}` : ''}
            </>
          )}
        </span>
      </Notice>
      <RefusalNotice error={undo.error} />
    </>
  );
}
