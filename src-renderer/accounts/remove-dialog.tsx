import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../src-preload/views.ts';
import { useAction } from '../api.ts';
import { numberOf, useLanguage } from '../time.ts';
import { Dialog } from '../ui/dialog.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { sayDone } from '../ui/toasts.ts';
import styles from './forms.module.css';

/** Removing cannot be undone, so it is asked, with what it does to the account's posts. */
export function RemoveDialog({ account, onClose }: { account: AccountView; onClose: () => void }) {
  const { t } = useTranslation('desk');
  const { t: common } = useTranslation('common');
  const language = useLanguage();
  const remove = useAction('account.remove');
  const { scheduled } = account.counts;
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('removing.title', { name: account.name })}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button
            variant="outline"
            color="stop"
            loading={remove.isPending}
            onClick={() =>
              remove.mutate(
                { accountId: account.id },
                {
                  onSuccess: () => {
                    sayDone(t('removedDone', { name: account.name }));
                    onClose();
                  },
                },
              )
            }
          >
            {t('removing.confirm')}
          </Button>
        </>
      }
    >
      <p className={styles.words}>
        {t('removing.words', { count: scheduled, n: numberOf(scheduled, language) })}
      </p>
      <RefusalNotice error={remove.error} />
    </Dialog>
  );
}
