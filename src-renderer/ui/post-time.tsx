import { dayOf, timeOf, useLanguage, zoneWordsOf } from '../time.ts';
import css from './post-time.module.css';

/** A post's time in two lines, in its brand's zone, the zone named. */
export function PostTime({ at, zone }: { at: number; zone: string }) {
  const language = useLanguage();
  return (
    <time className={css.time} dateTime={new Date(at).toISOString()} title={zone}>
      <span className={css.when}>
        <b className={css.clock}>{timeOf(at, language, zone)}</b> {dayOf(at, language, zone)}
      </span>
      <span className={css.zone}>{zoneWordsOf(at, language, zone)}</span>
    </time>
  );
}
