import { useTranslation } from 'react-i18next';
import { dayOf, placeOf, relativeOf, timeOf, useLanguage } from '../time.ts';
import { useDesk } from '../ui/use-desk.ts';
import { usePublishing } from './publishing.ts';
import styles from './status-bar.module.css';
import { useNextPost } from './use-next-post.ts';

/** What goes out next: when in its brand's zone, for whom, in how long. Nothing while everything is stopped. */
export function NextPost() {
  const { t } = useTranslation('stop');
  const language = useLanguage();
  const { view, state } = usePublishing();
  const { post, isRead, now } = useNextPost();
  const { brandById } = useDesk();
  if (state !== 'publishing' && state !== 'not-started') return null;
  if (view?.isQueueKnown === false) return null;
  if (post === null) return <div className={styles.next}>{view && isRead ? t('noNext') : ''}</div>;
  const at = post.publishAt;
  const zone = brandById.get(post.brandId)?.timeZone ?? post.timeZone;
  const isToday = dayOf(at, language, zone) === dayOf(now, language, zone);
  const when = isToday
    ? timeOf(at, language, zone)
    : `${dayOf(at, language, zone)}, ${timeOf(at, language, zone)}`;
  const relative = at <= now ? t('dueNow') : relativeOf(at, now, language);
  const who = `${post.brand} · ${post.account}`;
  return (
    <div className={styles.next}>
      <span>
        <span className={styles.quiet}>{t('next')}</span>{' '}
        <strong>{t('nextAt', { when, place: placeOf(zone), relative })}</strong>
      </span>
      <span className={styles.quiet} title={who}>
        {who}
      </span>
    </div>
  );
}
