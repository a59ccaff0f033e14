import { Button, Checkbox, Popover, Stack } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LabelFilter } from '../ui/label-filter.tsx';
import { NetworkAndMarket, PlaceSelect } from '../ui/place-select.tsx';
import type { DeskIndex } from '../ui/use-desk.ts';
import { type CalendarFilter, isNarrowed, NO_CALENDAR_FILTER } from './calendar-filter.ts';

/** Brand and account at hand, network, market and canceled posts one click away. */
export function CalendarFilters(props: {
  filter: CalendarFilter;
  desk: DeskIndex;
  onChange: (filter: CalendarFilter) => void;
}) {
  const { filter, desk, onChange } = props;
  const { t } = useTranslation('calendar');
  const set = (change: Partial<CalendarFilter>) => onChange({ ...filter, ...change });
  const count = [
    filter.network !== '',
    filter.market !== '',
    filter.label !== '',
    filter.withCanceled,
  ].filter(Boolean).length;
  return (
    <>
      <PlaceSelect value={filter} desk={desk} onChange={set} />
      <Popover position="bottom-start" width={300} withRoles trapFocus>
        <Popover.Target>
          <Button variant="default" leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden="true" />}>
            {count === 0 ? t('more') : t('moreCount', { n: count })}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t('more')}>
          <Stack gap="sm">
            <NetworkAndMarket value={filter} desk={desk} any={t('any')} onChange={set} />
            <LabelFilter
              label={t('label')}
              any={t('any')}
              value={filter.label}
              onChange={(label) => set({ label })}
            />
            <Checkbox
              label={t('withCanceled')}
              checked={filter.withCanceled}
              onChange={(event) => set({ withCanceled: event.currentTarget.checked })}
            />
          </Stack>
        </Popover.Dropdown>
      </Popover>
      {isNarrowed(filter) || filter.withCanceled ? (
        <Button variant="subtle" onClick={() => onChange(NO_CALENDAR_FILTER)}>
          {t('clear')}
        </Button>
      ) : null}
    </>
  );
}
