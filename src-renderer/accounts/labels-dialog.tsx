import { Button, Stack, TagsInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, BrandView } from '../../src-preload/views.ts';
import { useAction } from '../api.ts';
import { numberOf, useLanguage } from '../time.ts';
import { Dialog } from '../ui/dialog.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { labelsOf } from './desk-rows.ts';

const MOST_LETTERS = 60;

/** Labels for one account or for several: those all of them have stand in the field; what some have is left to them. */
export function LabelsDialog(props: {
  accounts: readonly AccountView[];
  brands: readonly BrandView[];
  onClose: () => void;
}) {
  const { accounts } = props;
  const { t } = useTranslation('desk');
  const { t: common } = useTranslation('common');
  const language = useLanguage();
  const shared = useMemo(
    () => (accounts[0]?.labels ?? []).filter((label) => accounts.every((one) => one.labels.includes(label))),
    [accounts],
  );
  const [labels, setLabels] = useState<string[]>(shared);
  const save = useAction('account.label');
  const confirm = () => {
    const add = labels.filter((label) => !shared.includes(label));
    const remove = shared.filter((label) => !labels.includes(label));
    if (add.length + remove.length === 0) props.onClose();
    else save.mutate({ accountIds: accounts.map(({ id }) => id), add, remove }, { onSuccess: props.onClose });
  };
  return (
    <Dialog
      opened
      onClose={props.onClose}
      title={
        accounts.length === 1
          ? t('labels.titleOne', { name: accounts[0]?.name ?? '' })
          : t('labels.title', { count: accounts.length, n: numberOf(accounts.length, language) })
      }
      footer={
        <>
          <Button variant="default" onClick={props.onClose}>
            {common('cancel')}
          </Button>
          <Button loading={save.isPending} onClick={confirm}>
            {t('labels.save')}
          </Button>
        </>
      }
    >
      <Stack gap="sm">
        <TagsInput
          data-autofocus
          label={t('labels.field')}
          description={t(accounts.length === 1 ? 'labels.hint' : 'labels.hintMany')}
          data={[...labelsOf(props.brands)]}
          value={labels}
          maxTags={50}
          splitChars={[',', ';']}
          onChange={(next) =>
            setLabels(
              next.map((label) => label.trim().slice(0, MOST_LETTERS)).filter((label) => label !== ''),
            )
          }
        />
        <RefusalNotice error={save.error} />
      </Stack>
    </Dialog>
  );
}
