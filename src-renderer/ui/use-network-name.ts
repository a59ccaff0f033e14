import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** A network's name in the window's language: most are proper names, the practice network's is a word. */
export function useNetworkName(): (network: string, name: string) => string {
  const { t } = useTranslation('common');
  return useCallback((network, name) => (network === 'practice' ? t('practice') : name), [t]);
}
