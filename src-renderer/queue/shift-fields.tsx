import { Group, NumberInput, Radio, SegmentedControl, Select, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BulkPreview } from '../../src-preload/queue-views.ts';
import { numberOf, useLanguage } from '../time.ts';
import { Notice } from '../ui/notice.tsx';
import type { BulkChange } from './bulk-actions.ts';

/** How far posts are shifted, and what is meant where the clocks change on the new day. */
export type Shift = {
  readonly by: number | string;
  readonly unit: 'days' | 'hours';
  readonly isEarlier: boolean;
  readonly gap: 'ask' | 'before' | 'after';
  readonly twice: 'ask' | 'first' | 'second';
};

export const NO_SHIFT: Shift = { by: 1, unit: 'days', isEarlier: false, gap: 'ask', twice: 'ask' };

const MOST = { days: 365, hours: 8_760 };

function isAmount({ by, unit }: Shift): boolean {
  return typeof by === 'number' && Number.isInteger(by) && by >= 1 && by <= MOST[unit];
}

/** Null while it says no number that can be used. */
export function changeOfShift(shift: Shift): BulkChange | null {
  if (!isAmount(shift)) return null;
  const by = Number(shift.by) * (shift.isEarlier ? -1 : 1);
  return shift.unit === 'hours'
    ? { kind: 'hours', hours: by }
    : { kind: 'days', days: by, gap: shift.gap, twice: shift.twice };
}

/** `preview` says how many wall times the clocks skip or show twice; those are asked about, and left where nobody answers. */
export function ShiftFields(props: {
  value: Shift;
  onChange: (shift: Shift) => void;
  preview: BulkPreview | undefined;
}) {
  const { value, onChange, preview } = props;
  const { t } = useTranslation('queue');
  const set = (change: Partial<Shift>) => onChange({ ...value, ...change });
  const isRight = isAmount(value);
  return (
    <Stack gap="sm">
      <Group gap="sm" align="flex-start">
        <NumberInput
          label={t('bulk.shift.by')}
          w={120}
          min={1}
          max={MOST[value.unit]}
          clampBehavior="none"
          allowDecimal={false}
          allowNegative={false}
          data-autofocus
          value={value.by}
          error={isRight ? null : t(`bulk.shift.wrong.${value.unit}`)}
          onChange={(by) => set({ by })}
        />
        <Select
          label={t('bulk.shift.unit')}
          w={130}
          allowDeselect={false}
          data={(['days', 'hours'] as const).map((unit) => ({ value: unit, label: t(`bulk.shift.${unit}`) }))}
          value={value.unit}
          onChange={(unit) => set({ unit: unit === 'hours' ? 'hours' : 'days' })}
        />
        <SegmentedControl
          mt={24}
          aria-label={t('bulk.shift.direction')}
          data={[
            { value: 'later', label: t('bulk.shift.later') },
            { value: 'earlier', label: t('bulk.shift.earlier') },
          ]}
          value={value.isEarlier ? 'earlier' : 'later'}
          onChange={(way) => set({ isEarlier: way === 'earlier' })}
        />
      </Group>
      <span>{t(`bulk.shift.means.${value.unit}`)}</span>
      {value.unit === 'days' && preview && preview.gap > 0 ? (
        <ClockQuestion
          kind="gap"
          count={preview.gap}
          choices={['before', 'after', 'ask']}
          value={value.gap}
          onChange={(gap) => set({ gap: gap as Shift['gap'] })}
        />
      ) : null}
      {value.unit === 'days' && preview && preview.twice > 0 ? (
        <ClockQuestion
          kind="twice"
          count={preview.twice}
          choices={['first', 'second', 'ask']}
          value={value.twice}
          onChange={(twice) => set({ twice: twice as Shift['twice'] })}
        />
      ) : null}
    </Stack>
  );
}

function ClockQuestion(props: {
  kind: 'gap' | 'twice';
  count: number;
  choices: readonly ('before' | 'after' | 'first' | 'second' | 'ask')[];
  value: string;
  onChange: (choice: string) => void;
}) {
  const { t } = useTranslation('queue');
  const language = useLanguage();
  return (
    <Notice tone="warn">
      <Radio.Group
        label={t(`bulk.clock.${props.kind}`, { count: props.count, n: numberOf(props.count, language) })}
        value={props.value}
        onChange={props.onChange}
      >
        <Stack gap={6} mt="xs">
          {props.choices.map((choice) => (
            <Radio key={choice} value={choice} label={t(`bulk.clock.${choice}`)} />
          ))}
        </Stack>
      </Radio.Group>
    </Notice>
  );
}
