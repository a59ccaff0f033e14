import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { WindowCommand } from '../../src-preload/window-key-views.ts';
import { VIEWS } from './view-route.ts';

/** What a command of the window is called. */
export function useCommandName(): (command: WindowCommand) => string {
  const { t } = useTranslation(['shell', 'settings']);
  return useCallback(
    (command) => {
      const view = VIEWS.find((name) => command === `view-${name}`);
      if (view) return t('palette.go', { view: t(`nav.${view}`) });
      return t(`settings:windowKeys.name.${command as 'palette'}`);
    },
    [t],
  );
}
