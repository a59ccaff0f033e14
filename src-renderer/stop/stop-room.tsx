import { IconChevronRight, IconShieldCheck } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { StopView } from '../../src-preload/views.ts';
import { useRead } from '../api.ts';
import { DrillSection } from '../drill/drill-section.tsx';
import { coveredElsewhere } from '../elsewhere/covered-elsewhere.ts';
import { ElsewhereRoom } from '../elsewhere/elsewhere-room.tsx';
import { useElsewhere } from '../elsewhere/use-elsewhere.ts';
import { OtherToolsChecklist } from '../plan/other-tools-checklist.tsx';
import { PersonName } from '../plan/person-name.tsx';
import { PlanChecklist } from '../plan/plan-checklist.tsx';
import { useToolsLeft } from '../plan/use-tools-left.ts';
import { ReportButton } from '../report/report-button.tsx';
import { numberOf, useLanguage } from '../time.ts';
import { Empty } from '../ui/empty.tsx';
import { Page } from '../ui/page.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { useDesk } from '../ui/use-desk.ts';
import { HeldBrands } from './held-brands.tsx';
import { InFlightList } from './in-flight-list.tsx';
import { PastStops } from './past-stops.tsx';
import { usePublishing } from './publishing.ts';
import styles from './room.module.css';
import { PublishedPosts, UnconfirmedPosts } from './room-posts.tsx';
import { RoomTiles } from './room-tiles.tsx';
import { brandsPerStop } from './stop-brands.ts';
import { StopHazards, StopReason } from './stop-details.tsx';
import { useStopWords } from './stop-words.ts';
import { useRoom } from './use-room.ts';

const PAST = 100;

/** What is stopped, what was under way, what is out, and what is not known; under it the earlier stops. */
export function StopRoom() {
  const { t } = useTranslation('stop');
  const { view } = usePublishing();
  const list = useRead('stop.list', { limit: PAST });
  const stops = view?.stops ?? [];
  const past = (list.data ?? []).filter((stop) => !stop.isInForce);
  return (
    <Page title={t('room.title')} lead={t('room.lead')}>
      {view && stops.length === 0 ? (
        <Empty icon={IconShieldCheck} title={t('room.none')}>
          {t('room.noneMore')}
        </Empty>
      ) : null}
      {stops.length > 0 ? <InForce stops={stops} /> : null}
      <section>
        <h2 className={styles.heading}>{t('room.past')}</h2>
        <RefusalNotice error={list.error} onRetry={() => void list.refetch()} />
        {past.length > 0 ? (
          <PastStops stops={past} />
        ) : list.data ? (
          <p className={styles.hint}>{t('room.noPast')}</p>
        ) : null}
      </section>
      <DrillSection />
    </Page>
  );
}

/** The stops in force together: what is so for all of them, then what is to be said of each. */
function InForce({ stops }: { stops: StopView[] }) {
  const { t } = useTranslation('stop');
  const { t: plan } = useTranslation('plan');
  const desk = useDesk();
  const room = useRoom(stops);
  const groups = brandsPerStop(stops, desk.brands);
  const tools = useToolsLeft(groups);
  const { t: planners } = useTranslation('elsewhere');
  const elsewhere = useElsewhere();
  const covered = useMemo(
    () =>
      coveredElsewhere(
        elsewhere.sources,
        stops.map((stop) => stop.scope),
        desk.brandById,
        (accountId) => desk.accountById.get(accountId)?.network ?? '',
      ),
    [elsewhere.sources, stops, desk],
  );
  const { when } = useStopWords();
  return (
    <>
      <RoomTiles room={room} tools={tools} covered={elsewhere.isRead ? covered : null} />
      <div className={styles.columns}>
        <div>
          <section id="room-in-flight" className={styles.part}>
            <h2>{t('room.parts.inFlight')}</h2>
            <p className={styles.hint}>{t('room.parts.inFlightMore')}</p>
            <InFlightList lines={room.inFlight} />
          </section>
          <section id="room-published" className={styles.part}>
            <h2>{t('room.parts.published', { when: when(room.since) })}</h2>
            <p className={styles.hint}>{t('room.parts.publishedMore')}</p>
            <PublishedPosts posts={room.published} desk={desk} />
          </section>
          <section id="room-unconfirmed" className={styles.part}>
            <h2>{t('room.parts.unconfirmed')}</h2>
            <p className={styles.hint}>{t('room.parts.unconfirmedMore')}</p>
            <UnconfirmedPosts posts={room.unconfirmed} desk={desk} />
          </section>
          <section id="room-planners" className={styles.part}>
            <h2>{planners('room.title')}</h2>
            <p className={styles.hint}>{planners('room.hint')}</p>
            <ElsewhereRoom covered={covered} elsewhere={elsewhere} desk={desk} />
          </section>
          <section id="room-elsewhere" className={styles.part}>
            <h2>{plan('checklist.toolsTitle')}</h2>
            <p className={styles.hint}>{plan('tools.hint')}</p>
            {groups.map((group) => (
              <OtherToolsChecklist key={group.stopId} {...group} />
            ))}
          </section>
          <section id="room-kept-back" className={styles.part}>
            <h2>{t('room.parts.keptBack')}</h2>
            <p className={styles.hint}>{t('details.heldMore')}</p>
            <HeldBrands stops={stops} />
          </section>
        </div>
        <div>
          {stops.map((stop, index) => (
            <OneStop key={stop.id} stop={stop} isFirst={index === 0} />
          ))}
          <section className={styles.part}>
            <h2>{plan('checklist.title')}</h2>
            <PersonName />
            {groups.map(({ stopId, brandIds }) => (
              <PlanChecklist key={stopId} stopId={stopId} brandIds={brandIds} />
            ))}
          </section>
        </div>
      </div>
    </>
  );
}

/** One stop in force: what it covers, who engaged it with what, and why. The widest is open, of the others one line each. */
function OneStop({ stop, isFirst }: { stop: StopView; isFirst: boolean }) {
  const { t } = useTranslation('stop');
  const language = useLanguage();
  const { state } = usePublishing();
  const { scope, since } = useStopWords();
  return (
    <details className={styles.stop} open={isFirst}>
      <summary className={styles.head}>
        <IconChevronRight size={17} aria-hidden="true" />
        <h2>{scope(stop)}</h2>
        <span>{since(stop)}</span>
        <span className={styles.held}>
          {t('room.heldAtPress', { count: stop.heldCount, n: numberOf(stop.heldCount, language) })}
        </span>
      </summary>
      <div className={styles.details}>
        <StopHazards stop={stop} state={state} />
        <StopReason stop={stop} />
        <div>
          <ReportButton stop={stop} />
        </div>
      </div>
    </details>
  );
}
