import type { i18n } from 'i18next';
import { useEffect, useSyncExternalStore } from 'react';
import { useRead } from '../api.ts';

const DARK = '(prefers-color-scheme: dark)';

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(DARK);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** Applies the language and returns the scheme; before main has answered, the system's. */
export function useAppearance(instance: i18n): 'light' | 'dark' {
  const app = useRead('app.read', {}).data;
  const systemIsDark = useSyncExternalStore(subscribe, () => window.matchMedia(DARK).matches);
  const language = app?.language;
  useEffect(() => {
    if (language && language !== instance.language) void instance.changeLanguage(language);
  }, [instance, language]);
  useEffect(() => {
    const tell = () => {
      document.documentElement.lang = instance.language;
    };
    tell();
    instance.on('languageChanged', tell);
    return () => instance.off('languageChanged', tell);
  }, [instance]);
  return app?.theme ?? (systemIsDark ? 'dark' : 'light');
}
