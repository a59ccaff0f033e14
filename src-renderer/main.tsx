import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './ui/base.css';
import 'dayjs/locale/fr';
import { MantineProvider } from '@mantine/core';
import { DatesProvider } from '@mantine/dates';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import { StrictMode, useMemo } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider, useTranslation } from 'react-i18next';
import type { Bridge } from '../src-preload/contract.ts';
import { BridgeContext, createQueryClient, wireEvents } from './api.ts';
import { App } from './app.tsx';
import { createI18n } from './i18n/i18n.ts';
import { withWords } from './main-words.ts';
import { createAppTheme, resolveVariables } from './theme.ts';
import toasts from './ui/toasts.module.css';
import { useAppearance } from './ui/use-appearance.ts';

declare global {
  interface Window {
    allStop: Bridge;
  }
}

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
// Both: Mantine's own style elements, and those of the scroll lock that its overlays use.
setNonce(nonce);

const i18n = createI18n(navigator.language.startsWith('fr') ? 'fr' : 'en');
const client = createQueryClient();
const bridge = withWords(window.allStop, i18n);
wireEvents(bridge, client);

/** Language and light or dark follow the settings, which main resolves. */
function Themed() {
  const scheme = useAppearance(i18n);
  const { t } = useTranslation('common');
  const close = t('close');
  const theme = useMemo(() => createAppTheme(close), [close]);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      forceColorScheme={scheme}
      getStyleNonce={() => nonce}
    >
      <DatesProvider settings={{ locale: i18n.language, firstDayOfWeek: 1 }}>
        <Notifications
          position="bottom-left"
          limit={2}
          classNames={{ root: toasts.root ?? '', notification: toasts.remark ?? '' }}
        />
        <App />
      </DatesProvider>
    </MantineProvider>
  );
}

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <BridgeContext value={bridge}>
      <QueryClientProvider client={client}>
        <I18nextProvider i18n={i18n}>
          <Themed />
        </I18nextProvider>
      </QueryClientProvider>
    </BridgeContext>
  </StrictMode>,
);
