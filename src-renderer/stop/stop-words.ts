import { useTranslation } from 'react-i18next';
import type { ScopeView, StopView } from '../../src-preload/views.ts';
import { dayOf, exactTimeOf, localZone, useLanguage } from '../time.ts';
import { useDesk } from '../ui/use-desk.ts';

/** How a stop is named and dated in sentences: shared by the banner and the stop room. */
export function useStopWords() {
  const { t } = useTranslation('stop');
  const { t: common } = useTranslation('common');
  const language = useLanguage();
  const { networks } = useDesk();

  const when = (at: number): string => {
    const zone = localZone();
    const time = exactTimeOf(at, language, zone);
    const day = dayOf(at, language, zone);
    return day === dayOf(Date.now(), language, zone) ? time : `${day}, ${time}`;
  };
  const scope = (stop: StopView): string => scopeName(stop.scope);
  const scopeName = (covered: ScopeView): string => {
    switch (covered.kind) {
      case 'everything':
        return t('scope.everything');
      case 'market':
        return t('scope.market', { name: covered.market });
      case 'network':
        return t('scope.network', {
          name: networks.find((one) => one.network === covered.network)?.name ?? covered.network,
        });
      case 'brand':
      case 'account':
        return t(`scope.${covered.kind}`, { name: covered.name });
    }
  };
  const since = (stop: StopView): string => {
    const values = { when: when(stop.engagedAt), control: common(`control.${stop.control}`), who: stop.by };
    return stop.by ? t('banner.since', values) : t('banner.sinceNobody', values);
  };
  const by = (stop: StopView): string => {
    const values = { control: common(`control.${stop.control}`), who: stop.by };
    return stop.by ? t('banner.by', values) : t('banner.byNobody', values);
  };
  return { when, scope, scopeName, since, by };
}
