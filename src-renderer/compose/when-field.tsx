import { SegmentedControl, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DeskIndex } from '../ui/use-desk.ts';
import { type Resolved, type When, whenOf } from '../ui/when.ts';
import { WhenInput } from '../ui/when-input.tsx';
import { NextSlotsList } from './next-slots-list.tsx';
import type { SlotChoice } from './use-slot-choice.ts';

/** When it goes out: at a time that is typed, the same for all, or each account's post in its own next free slot. */
export function WhenField(props: {
  when: When;
  onWhen: (when: When) => void;
  /** What the typed time means. */
  typed: Resolved;
  zones: readonly string[];
  slots: SlotChoice;
  accountIds: readonly number[];
  onAccounts: (accountIds: readonly number[]) => void;
  desk: DeskIndex;
}) {
  const { slots } = props;
  const { t } = useTranslation('slots');
  return (
    <Stack gap="xs" align="flex-start">
      <SegmentedControl
        aria-label={t('mode.label')}
        data={[
          { value: 'time', label: t('mode.time') },
          { value: 'slots', label: t('mode.slots') },
        ]}
        value={slots.isOn ? 'slots' : 'time'}
        onChange={(value) => slots.setOn(value === 'slots')}
      />
      {slots.isOn ? (
        <NextSlotsList
          slots={slots}
          accountIds={props.accountIds}
          onAccounts={props.onAccounts}
          desk={props.desk}
          onTime={(localTime, timeZone) => {
            props.onWhen(whenOf(localTime, timeZone));
            slots.setOn(false);
          }}
        />
      ) : (
        <WhenInput value={props.when} onChange={props.onWhen} resolved={props.typed} zones={props.zones} />
      )}
    </Stack>
  );
}
