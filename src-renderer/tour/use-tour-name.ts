import { useTranslation } from 'react-i18next';
import { useRead } from '../api.ts';
import { numberOf, useLanguage } from '../time.ts';
import { TOUR } from './tour-steps.ts';

/** What opens the tour is called: where it goes on, once it was begun. */
export function useTourName(): string {
  const { t } = useTranslation('tour');
  const language = useLanguage();
  const tour = useRead('settings.read', {}).data?.tour;
  return tour === undefined || tour.step === 0
    ? t('title')
    : t('resume', { n: numberOf(tour.step + 1, language), of: numberOf(TOUR.length, language) });
}
