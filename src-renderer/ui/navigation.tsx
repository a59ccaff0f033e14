import { spotlight } from '@mantine/spotlight';
import {
  IconBook2,
  IconBuildingStore,
  IconCalendar,
  IconChecklist,
  IconEdit,
  IconFileImport,
  IconFlask,
  IconHelpCircle,
  IconListDetails,
  IconSearch,
  IconSettings,
  IconShieldHalf,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { WindowCommand } from '../../src-preload/window-key-views.ts';
import { useRead } from '../api.ts';
import { numberOf, useLanguage } from '../time.ts';
import { useCommands } from './commands.ts';
import styles from './navigation.module.css';
import { shortcutWords } from './shortcut-words.ts';
import { useKeyOf } from './use-window-keys.ts';
import { hashOf, useRoute, VIEWS } from './view-route.ts';

const ICONS: Record<(typeof VIEWS)[number], typeof IconBook2> = {
  desk: IconBuildingStore,
  queue: IconListDetails,
  calendar: IconCalendar,
  compose: IconEdit,
  import: IconFileImport,
  review: IconChecklist,
  journal: IconBook2,
  stop: IconShieldHalf,
  settings: IconSettings,
};

/** The views at the left; Review says how many posts wait for a person. */
export function Navigation() {
  const { t } = useTranslation(['shell', 'help']);
  const commands = useCommands();
  const language = useLanguage();
  const keyOf = useKeyOf();
  const withKey = (words: string, command: WindowCommand) =>
    keyOf(command) === '' ? words : `${words} (${shortcutWords(keyOf(command))})`;
  const { view } = useRoute();
  const counts = useRead('publishing.read', {}).data?.counts;
  const app = useRead('app.read', {}).data;
  const waiting = counts ? counts.missed + counts.unconfirmed + counts.held : 0;
  const words = t('nav.waiting', { count: waiting, n: numberOf(waiting, language) });
  return (
    <nav className={styles.nav} aria-label={t('nav.label')}>
      {VIEWS.map((name) => {
        const Icon = ICONS[name];
        return (
          <a
            key={name}
            className={styles.item}
            href={hashOf(name)}
            title={withKey(t(`nav.${name}`), `view-${name}`)}
            aria-current={view === name ? 'page' : undefined}
            draggable={false}
          >
            <Icon size={19} stroke={1.7} aria-hidden="true" />
            <span className={styles.word}>{t(`nav.${name}`)}</span>
            {name === 'review' && waiting > 0 ? (
              <span className={styles.count} title={words}>
                {numberOf(waiting, language)}
              </span>
            ) : null}
          </a>
        );
      })}
      <div className={styles.foot}>
        <div className={styles.finders}>
          <button
            type="button"
            className={styles.find}
            title={withKey(t('nav.palette'), 'palette')}
            onClick={spotlight.open}
          >
            <IconSearch size={16} aria-hidden="true" />
            <span className={styles.word}>{t('nav.palette')}</span>
          </button>
          <button
            type="button"
            className={styles.find}
            aria-label={t('help:open')}
            title={withKey(t('help:open'), 'help')}
            onClick={() => commands.open('help')}
          >
            <IconHelpCircle size={16} aria-hidden="true" />
          </button>
        </div>
        {app?.isTrialRuntime ? (
          <span className={styles.trial} title={t('nav.trialMore')}>
            <IconFlask size={15} aria-hidden="true" />
            {t('nav.trial')} · {app.electron}
          </span>
        ) : null}
      </div>
    </nav>
  );
}
