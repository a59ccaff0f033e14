import { NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BulkPreview } from '../../src-preload/queue-views.ts';
import { numberOf, placedTimeOf, useLanguage } from '../time.ts';
import type { Resolved, When } from '../ui/when.ts';
import { WhenInput } from '../ui/when-input.tsx';

const MOST_SPACING = 1_440;

export function isSpacing(value: number | string): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MOST_SPACING;
}

/** From when on, and how far apart on each account; says where the last one lands. */
export function MoveFields(props: {
  when: When;
  onWhen: (when: When) => void;
  resolved: Resolved;
  zones: readonly string[];
  spacing: number | string;
  onSpacing: (spacing: number | string) => void;
  preview: BulkPreview | undefined;
}) {
  const { when, resolved, spacing, preview } = props;
  const { t } = useTranslation('queue');
  const language = useLanguage();
  const most = preview?.mostOfAccount ?? 0;
  const last = preview?.brands.reduce((at, brand) => Math.max(at, brand.newLastAt ?? 0), 0) ?? 0;
  return (
    <>
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
