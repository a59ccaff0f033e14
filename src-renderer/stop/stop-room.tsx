import { IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { StopView } from '../../src-preload/views.ts';
import { useRead } from '../api.ts';
import { countdownOf, numberOf, useLanguage } from '../time.ts';
import { Empty } from '../ui/empty.tsx';
import { Facts } from '../ui/facts.tsx';
import { Page } from '../ui/page.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { usePublishing } from './publishing.ts';
import { StopDetails } from './stop-details.tsx';
import styles from './stop-room.module.css';
import { useStopWords } from './stop-words.ts';

const PAST = 50;

/** Every stop in force in full, and the earlier ones. */
export function StopRoom() {
  const { t } = useTranslation('stop');
  const { view, state } = usePublishing();
  const list = useRead('stop.list', { limit: PAST });
  const { scope, since } = useStopWords();
  const stops = view?.stops ?? [];
  const past = (list.data ?? []).filter((stop) => !stop.isInForce);
  return (
    <Page title={t('room.title')} lead={t('room.lead')}>
      {view && stops.length === 0 ? (
        <Empty icon={IconShieldCheck} title={t('room.none')}>
          {t('room.noneMore')}
        </Empty>
      ) : null}
      {stops.map((stop) => (
        <section key={stop.id} className={styles.stop}>
          <div className={styles.head}>
            <h2>{scope(stop)}</h2>
            <span>{since(stop)}</span>
          </div>
          <StopDetails stop={stop} state={state} />
        </section>
      ))}
      <h2 className={styles.past}>{t('room.past')}</h2>
      <RefusalNotice error={list.error} onRetry={() => void list.refetch()} />
      {list.data && past.length === 0 ? <p className={styles.hint}>{t('room.noPast')}</p> : null}
      {past.map((stop) => (
        <PastStop key={stop.id} stop={stop} />
      ))}
    </Page>
  );
}

function PastStop({ stop }: { stop: StopView }) {
  const { t } = useTranslation('stop');
  const { t: common } = useTranslation('common');
  const language = useLanguage();
  const { when, scope } = useStopWords();
  return (
    <section className={styles.past}>
      <Facts
        facts={[
          { name: t('room.scope'), value: scope(stop) },
          {
            name: t('room.engaged'),
            value: [when(stop.engagedAt), common(`control.${stop.control}`), stop.by]
              .filter((part) => part !== '')
              .join(' · '),
          },
          {
            name: t('room.released'),
            value:
              stop.releasedAt === null
                ? '–'
                : t('room.releasedBy', { when: when(stop.releasedAt), who: stop.releasedBy }),
          },
          {
            name: t('room.duration'),
            value: stop.releasedAt === null ? '–' : countdownOf(stop.releasedAt - stop.engagedAt),
          },
          { name: t('room.held'), value: numberOf(stop.heldCount, language) },
          { name: t('room.reason'), value: stop.reason || '–' },
        ]}
      />
    </section>
  );
}
