import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { english } from '../i18n/resources.ts';

type Translated = keyof typeof english.common.networkName;

const isTranslated = (network: string): network is Translated =>
  Object.hasOwn(english.common.networkName, network);

/** A network's name in the window's language: most are proper names, few are words. */
export function useNetworkName(): (network: string, name: string) => string {
  const { t } = useTranslation('common');
  return useCallback((network, name) => (isTranslated(network) ? t(`networkName.${network}`) : name), [t]);
}
