import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MediaView } from '../../src-preload/views.ts';
import { numberOf, useLanguage } from '../time.ts';
import css from './media.module.css';
import { altFieldId } from './media-field.tsx';

/** Beside Schedule: how many pictures say nothing to people who cannot see them. It keeps nothing from being scheduled. */
export function AltMissing({ media }: { media: readonly MediaView[] }) {
  const { t } = useTranslation('adapt');
  const language = useLanguage();
  const without = media.filter(({ altText }) => altText.trim() === '');
  const first = without[0];
  if (first === undefined) return null;
  return (
    <p className={css.altMissing}>
      <IconAlertTriangle size={15} aria-hidden="true" />
      {t('altMissing', { count: without.length, n: numberOf(without.length, language) })}
      <Button
        size="compact-xs"
        variant="subtle"
        onClick={() => document.getElementById(altFieldId(first.sha256))?.focus()}
      >
        {t('altWrite')}
      </Button>
    </p>
  );
}
