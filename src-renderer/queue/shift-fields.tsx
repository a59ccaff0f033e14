import { Group, NumberInput, SegmentedControl, Select, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BulkPreview } from '../../src-preload/queue-views.ts';
import { numberOf, useLanguage } from '../time.ts';
import type { BulkChange } from './bulk-actions.ts';
import { ClockQuestion } from './clock-question.tsx';

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
  const language = useLanguage();
  const words = {
    before: t('bulk.clock.before'),
    after: t('bulk.clock.after'),
    first: t('bulk.clock.first'),
    second: t('bulk.clock.second'),
    ask: t('bulk.clock.ask'),
  };
  const named = <Choice extends keyof typeof words>(choices: readonly Choice[]) =>
    choices.map((choice) => ({ value: choice, label: words[choice] }));
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
          label={t('bulk.clock.gap', { count: preview.gap, n: numberOf(preview.gap, language) })}
          choices={named(['before', 'after', 'ask'])}
          value={value.gap}
          onChange={(gap) => set({ gap })}
        />
      ) : null}
      {value.unit === 'days' && preview && preview.twice > 0 ? (
        <ClockQuestion
          label={t('bulk.clock.twice', { count: preview.twice, n: numberOf(preview.twice, language) })}
          choices={named(['first', 'second', 'ask'])}
          value={value.twice}
          onChange={(twice) => set({ twice })}
        />
      ) : null}
    </Stack>
  );
}
