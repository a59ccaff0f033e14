import { IconChevronRight, IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StopView } from '../../src-preload/views.ts';
import { useRead } from '../api.ts';
import { numberOf, useLanguage } from '../time.ts';
import { Empty } from '../ui/empty.tsx';
import { Page } from '../ui/page.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { useKeptBack } from './kept-back.ts';
import { PastStops } from './past-stops.tsx';
import { usePublishing } from './publishing.ts';
import { StopDetails } from './stop-details.tsx';
import styles from './stop-room.module.css';
import { useStopWords } from './stop-words.ts';

const PAST = 100;

/** Every stop in force, the widest first and in full, and the earlier ones. */
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
      {stops.map((stop, index) => (
        <OneStop key={stop.id} stop={stop} isFirst={index === 0} />
      ))}
      <h2 className={styles.heading}>{t('room.past')}</h2>
      <RefusalNotice error={list.error} onRetry={() => void list.refetch()} />
      {past.length > 0 ? (
        <PastStops stops={past} />
      ) : list.data ? (
        <p className={styles.hint}>{t('room.noPast')}</p>
      ) : null}
    </Page>
  );
}

/** Open when it is the widest; the others are one line each until they are opened. */
function OneStop({ stop, isFirst }: { stop: StopView; isFirst: boolean }) {
  const { t } = useTranslation('stop');
  const language = useLanguage();
  const keptBack = useKeptBack(stop);
  const { state } = usePublishing();
  const { scope, since } = useStopWords();
  const [isOpen, setIsOpen] = useState(isFirst);
  return (
    <section className={styles.stop}>
      <button type="button" className={styles.head} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        <IconChevronRight size={17} aria-hidden="true" data-open={isOpen ? '' : undefined} />
        <strong>{scope(stop)}</strong>
        <span>{since(stop)}</span>
        <span className={styles.held}>
          {t('heldByStop', { count: keptBack, n: numberOf(keptBack, language) })}
        </span>
      </button>
      {isOpen ? (
        <div className={styles.details}>
          <StopDetails stop={stop} state={state} />
        </div>
      ) : null}
    </section>
  );
}
