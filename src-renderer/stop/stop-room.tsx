import { useTranslation } from 'react-i18next';
import { Page } from '../ui/page.tsx';

export function StopRoom() {
  const { t } = useTranslation('stop');
  return <Page title={t('emergencyStop')}>{null}</Page>;
}
