import { useTranslation } from 'react-i18next';
import { Page } from '../ui/page.tsx';

export function DeskView() {
  const { t } = useTranslation('desk');
  return <Page title={t('title')}>{null}</Page>;
}
