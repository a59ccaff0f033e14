import { useTranslation } from 'react-i18next';
import type { PublishingState, StopView } from '../../src-preload/views.ts';
import { numberOf, useLanguage } from '../time.ts';
import { Notice } from '../ui/notice.tsx';
import { useDesk } from '../ui/use-desk.ts';
import { ByHand } from './by-hand.tsx';
import { InFlightList } from './in-flight-list.tsx';
import { useKeptBack } from './kept-back.ts';
import { ReasonForm } from './reason-form.tsx';
import styles from './stop-details.module.css';

/** One stop in force, in short: what was in flight and what became of it, what is held, and the reason. */
export function StopDetails({ stop, state }: { stop: StopView; state: PublishingState }) {
  const { t } = useTranslation('stop');
  const language = useLanguage();
  const keptBack = useKeptBack([stop]) ?? stop.heldCount;
  return (
    <div className={styles.details}>
      <StopHazards stop={stop} state={state} />
      <div className={styles.columns}>
        <section>
          <h2>
            {stop.inFlight.length > 0
              ? t('details.inFlight', {
                  count: stop.inFlight.length,
                  n: numberOf(stop.inFlight.length, language),
                })
              : t('details.inFlightNone')}
          </h2>
          <InFlightList lines={stop.inFlight} />
        </section>
        <section>
          <h2>{t('details.held', { count: keptBack, n: numberOf(keptBack, language) })}</h2>
          <p className={styles.hint}>{t('details.heldMore')}</p>
          <StopReason stop={stop} />
        </section>
      </div>
    </div>
  );
}

/** What a person must know of a stop first: that it is not confirmed, and that it covers more than was asked for. */
export function StopHazards({ stop, state }: { stop: StopView; state: PublishingState }) {
  const { t } = useTranslation('stop');
  const { brandById } = useDesk();
  /** 'brand:3' by its name; what somebody asked for and was not known stays as it was written. */
  const meant = (scope: string) =>
    brandById.get(Number(scope.replace(/^brand:/u, '')))?.name ?? scope.replace(/^brand:/u, '');
  const needsHands = stop.scope.kind === 'everything' && (state === 'not-confirmed' || stop.todo !== '');
  return (
    <>
      {needsHands ? <ByHand todo={stop.todo} /> : null}
      {stop.widenedFrom ? (
        <Notice tone="warn">{t('room.widened', { name: meant(stop.widenedFrom) })}</Notice>
      ) : null}
    </>
  );
}

/** Why it was stopped, and whether it is confirmed. */
export function StopReason({ stop }: { stop: StopView }) {
  const { t } = useTranslation('stop');
  return (
    <>
      <ReasonForm key={stop.id} stop={stop} />
      <p className={styles.hint}>{stop.isConfirmed ? t('details.confirmed') : t('details.notConfirmed')}</p>
    </>
  );
}
