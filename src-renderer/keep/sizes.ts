import { useTranslation } from 'react-i18next';
import type { BackupView } from '../../src-preload/backup-views.ts';
import { type Language, numberOf, useLanguage } from '../time.ts';

const UNITS = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** '77.4 MB' or '77,4 Mo'. */
export function bytesOf(bytes: number, language: Language): string {
  let value = bytes / 1_000;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  return new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    style: 'unit',
    unit: UNITS[unit] ?? 'terabyte',
    maximumFractionDigits: value < 100 && unit > 0 ? 1 : 0,
  }).format(value);
}

/** What a backup holds, in one line. */
export function useBackupFacts(): (backup: BackupView) => string {
  const { t } = useTranslation('keep');
  const language = useLanguage();
  return ({ posts, accounts, bytes }) =>
    t('facts', {
      posts: t('posts', { count: posts, n: numberOf(posts, language) }),
      accounts: t('accounts', { count: accounts, n: numberOf(accounts, language) }),
      size: bytesOf(bytes, language),
    });
}
