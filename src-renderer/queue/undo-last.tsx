import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAction, useRead } from '../api.ts';
import { sayRefused } from '../ui/toasts.ts';
import type { BulkSaid } from './bulk-actions.ts';

/** Takes back the last step over posts, also after another view was looked at; not there when there is none. */
export function UndoLast({ onUndone }: { onUndone: (said: BulkSaid) => void }) {
  const { t } = useTranslation('queue');
  const last = useRead('bulk.last', {}).data;
  const undo = useAction('bulk.undo');
  if (!last) return null;
  return (
    <Button
      variant="subtle"
      leftSection={<IconArrowBackUp size={16} aria-hidden="true" />}
      loading={undo.isPending}
      onClick={() =>
        undo.mutate(
          {},
          {
            onSuccess: (undone) => onUndone({ action: 'undo', ...undone }),
            onError: (error) => sayRefused(error.message),
          },
        )
      }
    >
      {t('bulk.undoLast')}
    </Button>
  );
}
