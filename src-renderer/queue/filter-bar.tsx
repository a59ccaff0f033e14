import { Button, CloseButton, Group, Popover, Select, Stack, TextInput } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { placeOf } from '../time.ts';
import { DateField } from '../ui/date-field.tsx';
import { LabelFilter } from '../ui/label-filter.tsx';
import { NetworkAndMarket, PlaceSelect } from '../ui/place-select.tsx';
import type { DeskIndex } from '../ui/use-desk.ts';
import { todayIn } from '../ui/when.ts';
import { isFiltered, NO_FILTER, type QueueFilter } from './queue-filter.ts';

const GROW = { flex: '1 1 130px', maxWidth: 220 };

/** Everything but the states: text and brand at hand, the rest one click away. */
export function FilterBar(props: {
  filter: QueueFilter;
  desk: DeskIndex;
  /** The zone in which the dates begin and end. */
  zone: string;
  onChange: (filter: QueueFilter) => void;
}) {
  const { filter, desk, onChange } = props;
  const { t } = useTranslation(['queue', 'common']);
  const set = (change: Partial<QueueFilter>) => onChange({ ...filter, ...change });
  return (
    <>
      <SearchField value={filter.search} onChange={(search) => set({ search })} />
      <PlaceSelect value={filter} desk={desk} onChange={set} />
      <MoreFilters {...props} set={set} />
      {isFiltered(filter) ? (
        <Button variant="subtle" onClick={() => onChange({ ...NO_FILTER, order: filter.order })}>
          {t('filter.clear')}
        </Button>
      ) : null}
    </>
  );
}

/** Passed on 250 ms after the last key, so that a million posts are not searched at every letter. */
function SearchField(props: { value: string; onChange: (search: string) => void }) {
  const { value, onChange } = props;
  const { t } = useTranslation('queue');
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => onChange(typed), 250);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  const pending = useRef({ typed, value, onChange });
  pending.current = { typed, value, onChange };
  useEffect(
    () => () => {
      const last = pending.current;
      if (last.typed !== last.value) last.onChange(last.typed);
    },
    [],
  );
  return (
    <TextInput
      aria-label={t('filter.search')}
      placeholder={t('filter.search')}
      style={GROW}
      value={typed}
      maxLength={200}
      leftSection={<IconSearch size={16} aria-hidden="true" />}
      rightSection={
        typed === '' ? null : (
          <CloseButton size="sm" aria-label={t('filter.clearSearch')} onClick={() => setTyped('')} />
        )
      }
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
}

function MoreFilters(props: {
  filter: QueueFilter;
  desk: DeskIndex;
  zone: string;
  set: (change: Partial<QueueFilter>) => void;
}) {
  const { filter, desk, zone, set } = props;
  const { t } = useTranslation(['queue', 'yes']);
  const narrow = [
    filter.network,
    filter.market,
    filter.label,
    filter.yes === 'refused' ? filter.yes : '',
    filter.fromDate,
    filter.toDate,
  ];
  const count = narrow.filter((value) => value !== '').length;
  const today = todayIn(zone, Date.now());
  const date = (key: 'fromDate' | 'toDate', label: string) => (
    <DateField
      label={label}
      width={160}
      clearable
      isNested
      value={filter[key]}
      today={today}
      onChange={(value) => set({ [key]: value })}
    />
  );
  return (
    <Popover position="bottom-start" width={360} withRoles trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden="true" />}>
          {count === 0 ? t('filter.more') : t('filter.moreCount', { n: count })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('filter.more')}>
        <Stack gap="sm">
          <Group gap="sm" grow>
            <NetworkAndMarket value={filter} desk={desk} any={t('filter.any')} onChange={set} />
          </Group>
          <LabelFilter
            label={t('filter.label')}
            any={t('filter.any')}
            value={filter.label}
            onChange={(label) => set({ label })}
          />
          <Select
            label={t('yes:filter.label')}
            data={[
              { value: 'any', label: t('yes:filter.any') },
              { value: 'waiting', label: t('yes:filter.waiting') },
              { value: 'refused', label: t('yes:filter.refused') },
            ]}
            value={filter.yes || 'any'}
            comboboxProps={{ withinPortal: false }}
            onChange={(yes) => set({ yes: yes === 'waiting' || yes === 'refused' ? yes : '' })}
          />
          <Group gap="sm" grow>
            {date('fromDate', t('filter.from'))}
            {date('toDate', t('filter.to'))}
          </Group>
          <span style={{ fontSize: 12, color: 'var(--mantine-color-dimmed)' }}>
            {t('filter.datesIn', { zone: placeOf(zone) })}
          </span>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
