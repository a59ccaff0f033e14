import { NumberInput, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BulkPreview } from '../../src-preload/queue-views.ts';
import { numberOf, placedTimeOf, useLanguage } from '../time.ts';
import { Notice } from '../ui/notice.tsx';
import type { Resolved, When } from '../ui/when.ts';
import { WhenInput } from '../ui/when-input.tsx';

const MOST_SPACING = 1_440;

export function isSpacing(value: number | string): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MOST_SPACING;
}

/** From when on, and how far apart on each account; says where the last one lands. */
export function MoveFields(props: {
  /** Into the next free slots, instead of from a time on. */
  bySlots: boolean;
  onBySlots: (bySlots: boolean) => void;
  when: When;
  onWhen: (when: When) => void;
  resolved: Resolved;
  zones: readonly string[];
  spacing: number | string;
  onSpacing: (spacing: number | string) => void;
  preview: BulkPreview | undefined;
}) {
  const { when, resolved, spacing, preview } = props;
  const { t } = useTranslation(['queue', 'slots']);
  const language = useLanguage();
  const most = preview?.mostOfAccount ?? 0;
  const last = preview?.brands.reduce((at, brand) => Math.max(at, brand.newLastAt ?? 0), 0) ?? 0;
  const choice = (
    <SegmentedControl
      aria-label={t('slots:bulk.lead')}
      data={[
        { value: 'time', label: t('slots:bulk.time') },
        { value: 'slots', label: t('slots:bulk.slots') },
      ]}
      value={props.bySlots ? 'slots' : 'time'}
      onChange={(value) => props.onBySlots(value === 'slots')}
    />
  );
  if (props.bySlots)
    return (
      <>
        {choice}
        {preview && preview.gap + preview.twice > 0 ? (
          <Notice tone="calm">
            {t('slots:bulk.clocks', {
              count: preview.gap + preview.twice,
              n: numberOf(preview.gap + preview.twice, language),
            })}
          </Notice>
        ) : null}
      </>
    );
  return (
    <>
      {choice}
      <WhenInput value={when} onChange={props.onWhen} resolved={resolved} zones={props.zones} />
      {most > 1 || !isSpacing(spacing) ? (
        <NumberInput
          label={t('bulk.spacing')}
          description={t('bulk.spacingHint')}
          w={320}
          min={1}
          max={MOST_SPACING}
          clampBehavior="none"
          error={isSpacing(spacing) ? null : t('bulk.spacingWrong')}
          allowDecimal={false}
          suffix={` ${t('bulk.minutes')}`}
          value={spacing}
          onChange={props.onSpacing}
        />
      ) : null}
      {most > 1 && last > 0 && resolved.kind === 'ready' && isSpacing(spacing) ? (
        <span>
          {t('bulk.spread', {
            n: numberOf(most, language),
            last: placedTimeOf(last, language, when.timeZone),
          })}
        </span>
      ) : null}
    </>
  );
}
