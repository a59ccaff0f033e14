import { useTranslation } from 'react-i18next';
import type { AttemptView } from '../../src-preload/views.ts';
import { dayOf, exactTimeOf, numberOf, placeOf, useLanguage } from '../time.ts';
import css from './post-pane.module.css';

const OUTCOMES = [
  'published',
  'cut',
  'refused',
  'signed-out',
  'try-later',
  'not-sent',
  'unconfirmed',
] as const;

/** Every attempt made, oldest first, with what the network answered. */
export function PostHistory({ history, zone }: { history: readonly AttemptView[]; zone: string }) {
  const { t } = useTranslation('queue');
  const language = useLanguage();
  if (history.length === 0) return null;
  const outcomeOf = (outcome: string) => {
    const known = OUTCOMES.find((one) => one === outcome);
    if (known) return t(`outcome.${known}`);
    return outcome === '' ? t('outcome.running') : outcome;
  };
  const tookOf = (ms: number) =>
    ms < 1_000
      ? t('pane.tookMs', { n: numberOf(ms, language) })
      : t('pane.took', { seconds: numberOf(Math.round(ms / 100) / 10, language) });
  return (
    <section aria-label={t('pane.history')}>
      <h3 className={css.section}>
        {t('pane.history')} <span className={css.dim}>({placeOf(zone)})</span>
      </h3>
      <ol className={css.attempts}>
        {history.map((one) => (
          <li key={`${one.startedAt} ${one.attempt}`} className={css.attempt}>
            <div>
              <b>{outcomeOf(one.outcome)}</b>{' '}
              <span className={css.dim}>
                {t('pane.attempt', {
                  n: numberOf(one.attempt, language),
                  day: dayOf(one.startedAt, language, zone),
                  time: exactTimeOf(one.startedAt, language, zone),
                })}
                {one.endedAt === null ? '' : ` · ${tookOf(one.endedAt - one.startedAt)}`}
              </span>
            </div>
            {one.detail ? <div data-selectable>{one.detail}</div> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
