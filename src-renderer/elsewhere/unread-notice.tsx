import { useTranslation } from 'react-i18next';
import type { ElsewhereSourceView } from '../../src-preload/elsewhere-views.ts';
import { dayTimeOf, localZone, useLanguage } from '../time.ts';
import { Notice } from '../ui/notice.tsx';
import styles from './elsewhere.module.css';

const SHOWN = 20;

/** Planners that did not tell what waits in them: nothing is said of those, least of all that nothing waits. */
export function UnreadNotice({ sources }: { sources: readonly ElsewhereSourceView[] }) {
  const { t } = useTranslation('elsewhere');
  const language = useLanguage();
  if (sources.length === 0) return null;
  const isServerOnly = sources.every(
    ({ state, isWhole, lacksPeople }) =>
      state === 'cannot-tell' || (state === 'listed' && isWhole && lacksPeople),
  );
  return (
    <Notice tone={isServerOnly ? 'calm' : 'warn'}>
      {t('unread', { count: sources.length })}
      <ul className={styles.unread}>
        {sources.slice(0, SHOWN).map((source) => (
          <li key={source.key}>
            {source.name} ({source.where}):{' '}
            {source.state === 'listed'
              ? t(source.isWhole ? 'why.people' : 'why.partly')
              : t(`why.${source.state}`, {
                  when: source.notBefore ? dayTimeOf(source.notBefore, language, localZone()) : '',
                })}{' '}
            {source.detail ? <span className={styles.quiet}>{source.detail}</span> : null}
          </li>
        ))}
      </ul>
      {sources.length > SHOWN ? t('unreadMore', { count: sources.length - SHOWN }) : null}
    </Notice>
  );
}
