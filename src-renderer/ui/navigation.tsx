import {
  IconBook2,
  IconBuildingStore,
  IconChecklist,
  IconEdit,
  IconFileImport,
  IconListDetails,
  IconSettings,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../api.ts';
import { numberOf, useLanguage } from '../time.ts';
import styles from './navigation.module.css';
import { hashOf, useRoute } from './view-route.ts';

const ITEMS = [
  { view: 'desk', icon: IconBuildingStore },
  { view: 'queue', icon: IconListDetails },
  { view: 'compose', icon: IconEdit },
  { view: 'import', icon: IconFileImport },
  { view: 'review', icon: IconChecklist },
  { view: 'journal', icon: IconBook2 },
  { view: 'settings', icon: IconSettings },
] as const;

/** The views at the left; Review says how many posts wait for a person. */
export function Navigation() {
  const { t } = useTranslation('shell');
  const language = useLanguage();
  const { view } = useRoute();
  const publishing = useRead('publishing.read', {}).data;
  const waiting = publishing
    ? publishing.counts.missed + publishing.counts.unconfirmed + publishing.counts.held
    : 0;
  return (
    <nav className={styles.nav} aria-label={t('nav.label')}>
      {ITEMS.map(({ view: name, icon: Icon }) => (
        <a
          key={name}
          className={styles.item}
          href={hashOf(name)}
          aria-current={view === name ? 'page' : undefined}
          draggable={false}
        >
          <Icon size={19} stroke={1.7} aria-hidden="true" />
          <span className={styles.word}>{t(`nav.${name}`)}</span>
          {name === 'review' && waiting > 0 ? (
            <span
              className={styles.count}
              title={t('nav.waiting', { count: waiting, n: numberOf(waiting, language) })}
            >
              {numberOf(waiting, language)}
            </span>
          ) : null}
        </a>
      ))}
    </nav>
  );
}
