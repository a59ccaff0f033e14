import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskIndex } from '../ui/use-desk.ts';

/** Any account of the desk, by brand. */
export function AccountField(props: {
  desk: DeskIndex;
  value: number | null;
  onChange: (accountId: number | null) => void;
}) {
  const { t } = useTranslation(['queue', 'common']);
  const accounts = useMemo(
    () =>
      props.desk.brands
        .map((brand) => ({
          group: brand.name,
          items: brand.accounts.map((account) => ({
            value: String(account.id),
            label: `${account.name} · ${account.networkName}`,
          })),
        }))
        .filter((group) => group.items.length > 0),
    [props.desk.brands],
  );
  return (
    <Select
      label={t('bulk.account.to')}
      placeholder={t('bulk.account.choose')}
      searchable
      limit={200}
      data-autofocus
      data={accounts}
      value={props.value === null ? null : String(props.value)}
      onChange={(id) => props.onChange(id === null ? null : Number(id))}
    />
  );
}
