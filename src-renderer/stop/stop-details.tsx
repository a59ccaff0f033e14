import { useTranslation } from 'react-i18next';
import type { PublishingState, StopView } from '../../src-preload/views.ts';
import { numberOf, useLanguage } from '../time.ts';
import { Notice } from '../ui/notice.tsx';
import { useDesk } from '../ui/use-desk.ts';
import { ByHand } from './by-hand.tsx';
import { HeldBrands } from './held-brands.tsx';
import { InFlightList } from './in-flight-list.tsx';
import { useKeptBack } from './kept-back.ts';
import { ReasonForm } from './reason-form.tsx';
import styles from './stop-details.module.css';

/**
 * One stop in force: what to do by hand when it is not confirmed, what was in flight and what became of it, what is held,
 * and the reason. `isShort` leaves out the table per brand.
 */
export function StopDetails(props: { stop: StopView; state: PublishingState; isShort?: boolean }) {
  const { stop, state } = props;
  const { t } = useTranslation('stop');
  const language = useLanguage();
  const keptBack = useKeptBack(stop);
  const { brandById } = useDesk();
  /** 'brand:3' by its name; what somebody asked for and was not known stays as it was written. */
  const meant = (scope: string) =>
    brandById.get(Number(scope.replace(/^brand:/u, '')))?.name ?? scope.replace(/^brand:/u, '');
  const isEverything = stop.scope.kind === 'everything';
  const needsHands = isEverything && (state === 'not-confirmed' || stop.todo !== '');
  return (
    <div className={styles.details}>
      {needsHands ? <ByHand todo={stop.todo} /> : null}
      {stop.widenedFrom ? (
        <Notice tone="warn">{t('room.widened', { name: meant(stop.widenedFrom) })}</Notice>
      ) : null}
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
          {props.isShort ? null : <HeldBrands stop={stop} />}
          <ReasonForm key={stop.id} stop={stop} />
          <p className={styles.hint}>
            {stop.isConfirmed ? t('details.confirmed') : t('details.notConfirmed')}
          </p>
        </section>
      </div>
    </div>
  );
}
