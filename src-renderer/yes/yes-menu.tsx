import { Button, Menu } from '@mantine/core';
import { IconFileCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { YesStep } from './yes-dialogs.tsx';

/** Asking clients for a yes, and reading what they answered. */
export function YesMenu({ onStep }: { onStep: (step: YesStep) => void }) {
  const { t } = useTranslation('yes');
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default" leftSection={<IconFileCheck size={16} aria-hidden="true" />}>
          {t('menu')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onStep('ask')}>{t('menuAsk')}</Menu.Item>
        <Menu.Item onClick={() => onStep('read')}>{t('menuRead')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
