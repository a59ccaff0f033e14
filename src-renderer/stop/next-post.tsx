import { useTranslation } from 'react-i18next';
import { useRead } from '../api.ts';
import { dayOf, localZone, placeOf, relativeOf, timeOf, useLanguage, useNow } from '../time.ts';
import { useDesk } from '../ui/use-desk.ts';
import { usePublishing } from './publishing.ts';
import styles from './status-bar.module.css';

/** What goes out next: when in its brand's zone, for whom, in how long. Nothing while everything is stopped. */
export function NextPost() {
  const { t } = useTranslation('stop');
  const language = useLanguage();
  const { view, state } = usePublishing();
  const dueAt = state === 'publishing' || state === 'not-started' ? (view?.nextDueAt ?? null) : null;
  const now = useNow(1_000, dueAt !== null);
  const { brandById } = useDesk();
  const page = useRead(
    'queue.page',
    { states: ['scheduled'], from: dueAt ?? 0, order: 'soonest', offset: 0, limit: 20 },
    { enabled: dueAt !== null, keep: true },
  ).data;
  if (state !== 'publishing' && state !== 'not-started') return null;
  if (dueAt === null) return <div className={styles.next}>{view ? t('noNext') : ''}</div>;
  const post = page?.posts.find((one) => !one.isHeldByStop);
  const zone = post ? (brandById.get(post.brandId)?.timeZone ?? post.timeZone) : localZone();
  const isToday = dayOf(dueAt, language, zone) === dayOf(now, language, zone);
  const when = isToday
    ? timeOf(dueAt, language, zone)
    : `${dayOf(dueAt, language, zone)}, ${timeOf(dueAt, language, zone)}`;
  return (
    <div className={styles.next}>
      <span>
        <span className={styles.quiet}>{t('next')}</span>{' '}
        <strong>
          {t('nextAt', { when, place: placeOf(zone), relative: relativeOf(dueAt, now, language) })}
        </strong>
      </span>
      <span className={styles.quiet}>{post ? `${post.brand} · ${post.account}` : ''}</span>
    </div>
  );
}
