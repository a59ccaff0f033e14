import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { LazySelect } from './lazy-select.tsx';
import type { DeskIndex } from './use-desk.ts';

const GROW = { flex: '1 1 130px', maxWidth: 220 };

type Place = { readonly brandId: number | null; readonly accountId: number | null };

/** The brand and the account a list is narrowed to; null is any. Choosing a brand leaves its accounts, and none chosen. */
export function PlaceSelect(props: { value: Place; desk: DeskIndex; onChange: (place: Place) => void }) {
  const { value, desk, onChange } = props;
  const { t } = useTranslation(['queue', 'common']);
  const brands = useMemo(
    () => desk.brands.map((brand) => ({ value: String(brand.id), label: brand.name })),
    [desk.brands],
  );
  const accounts = useMemo(
    () =>
      desk.brands
        .filter((brand) => value.brandId === null || brand.id === value.brandId)
        .map((brand) => ({
          group: brand.name,
          items: brand.accounts.map((account) => ({
            value: String(account.id),
            label: `${account.name} · ${account.networkName}`,
          })),
        }))
        .filter((group) => group.items.length > 0),
    [desk.brands, value.brandId],
  );
  return (
    <>
      <LazySelect
        aria-label={t('common:brand')}
        placeholder={t('filter.anyBrand')}
        style={GROW}
        searchable
        clearable
        allowDeselect
        data={brands}
        value={value.brandId === null ? null : String(value.brandId)}
        onChange={(id) => onChange({ brandId: id === null ? null : Number(id), accountId: null })}
      />
      <LazySelect
        aria-label={t('common:account')}
        placeholder={t('filter.anyAccount')}
        style={GROW}
        searchable
        clearable
        allowDeselect
        limit={100}
        data={accounts}
        value={value.accountId === null ? null : String(value.accountId)}
        onChange={(id) => onChange({ brandId: value.brandId, accountId: id === null ? null : Number(id) })}
      />
    </>
  );
}

type Kind = { readonly network: string; readonly market: string };

/** The network and the market a list is narrowed to, in a popover; '' is any. */
export function NetworkAndMarket(props: {
  value: Kind;
  desk: DeskIndex;
  any: string;
  onChange: (kind: Partial<Kind>) => void;
}) {
  const { value, desk, any, onChange } = props;
  const { t } = useTranslation('common');
  const shared = {
    placeholder: any,
    clearable: true,
    allowDeselect: true,
    comboboxProps: { withinPortal: false },
  };
  return (
    <>
      <Select
        {...shared}
        label={t('network')}
        data={desk.networks.map((one) => ({ value: one.network, label: one.name }))}
        value={value.network === '' ? null : value.network}
        onChange={(network) => onChange({ network: network ?? '' })}
      />
      <Select
        {...shared}
        label={t('market')}
        data={[...desk.markets]}
        value={value.market === '' ? null : value.market}
        onChange={(market) => onChange({ market: market ?? '' })}
      />
    </>
  );
}
