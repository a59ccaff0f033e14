import { Button, Select } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BrandView } from '../../src-preload/views.ts';
import { useNetworkName } from '../ui/use-network-name.ts';
import { type DeskFilter, labelsOf, NO_DESK_FILTER, ROW_STATES } from './desk-rows.ts';

/** What narrows the desk beside the search: only what there is to choose among is offered. */
export function DeskFilters(props: {
  filter: DeskFilter;
  brands: readonly BrandView[];
  onChange: (filter: DeskFilter) => void;
}) {
  const { filter, brands, onChange } = props;
  const { t } = useTranslation('desk');
  const { t: common } = useTranslation('common');
  const nameOf = useNetworkName();
  const { markets, networks, labels } = useMemo(() => {
    const accounts = brands.flatMap((brand) => brand.accounts);
    return {
      markets: [...new Set(brands.map((brand) => brand.market))].sort(),
      networks: [...new Map(accounts.map((one) => [one.network, one.networkName]))].sort(),
      labels: labelsOf(brands),
    };
  }, [brands]);
  const any = (label: string) => ({ value: '*', label });
  const select = (
    key: keyof DeskFilter,
    label: string,
    data: { value: string; label: string }[],
    width: number,
  ) => (
    <Select
      w={width}
      aria-label={label}
      allowDeselect={false}
      value={filter[key] ?? '*'}
      data={data}
      onChange={(value) => onChange({ ...filter, [key]: value === '*' ? null : value })}
    />
  );
  const isNarrowed = Object.values(filter).some((value) => value !== null);
  return (
    <>
      {markets.length > 1
        ? select(
            'market',
            common('market'),
            [
              any(t('allMarkets')),
              ...markets.map((value) => ({ value, label: value || common('noMarket') })),
            ],
            160,
          )
        : null}
      {networks.length > 1
        ? select(
            'network',
            common('network'),
            [
              any(t('filter.allNetworks')),
              ...networks.map(([value, name]) => ({ value, label: nameOf(value, name) })),
            ],
            160,
          )
        : null}
      {select(
        'state',
        common('state'),
        [
          any(t('filter.allStates')),
          ...ROW_STATES.map((value) => ({ value, label: t(`filter.state.${value}`) })),
        ],
        160,
      )}
      {labels.length > 0
        ? select(
            'label',
            t('filter.label'),
            [any(t('filter.allLabels')), ...labels.map((value) => ({ value, label: value }))],
            170,
          )
        : null}
      {isNarrowed ? (
        <Button variant="subtle" onClick={() => onChange(NO_DESK_FILTER)}>
          {t('filter.clear')}
        </Button>
      ) : null}
    </>
  );
}
