import { createInstance, type i18n } from 'i18next';
import type { Language } from '../time.ts';
import { spaceFrench } from './french-spaces.ts';
import { english, french } from './resources.ts';

/** One instance for one window; `changeLanguage` takes effect at once, all texts being here already. */
export function createI18n(language: Language): i18n {
  const instance = createInstance();
  void instance.init({
    lng: language,
    fallbackLng: 'en',
    supportedLngs: ['en', 'fr'],
    resources: { en: english, fr: spaceFrench(french) },
    ns: Object.keys(english),
    defaultNS: 'common',
    initAsync: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  return instance;
}
