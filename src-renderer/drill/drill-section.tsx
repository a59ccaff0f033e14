import { Button, TextInput } from '@mantine/core';
import { IconStopwatch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../api.ts';
import { dayTimeOf, localZone, useLanguage } from '../time.ts';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { useKept } from '../ui/use-kept.ts';
import { useRoute } from '../ui/view-route.ts';
import styles from './drill.module.css';
import { DrillFigures, DrillNotices } from './drill-result.tsx';
import { DrillSteps } from './drill-steps.tsx';
import { PastDrills } from './past-drills.tsx';
import { useDrill } from './use-drill.ts';

/** In the stop room, under everything that is real: what a drill is, its own button, what came of the last, and the earlier ones. */
export function DrillSection() {
  const { t } = useTranslation('drill');
  const drill = useDrill();
  const section = useRef<HTMLElement>(null);
  const isWanted = useRoute().params.part === 'drill';
  const isRead = drill.status !== null;
  useEffect(() => {
    if (!isWanted || !isRead) return;
    const view = section.current?.closest('main');
    if (!section.current || !view) return;
    // HAZARD: `scrollIntoView` would scroll the frame as well, and with it the stop out of sight.
    view.scrollTop += section.current.getBoundingClientRect().top - view.getBoundingClientRect().top;
    // Whoever began to type before the drills were read goes on typing.
    if (section.current.contains(document.activeElement)) return;
    section.current.querySelector('h2')?.focus({ preventScroll: true });
  }, [isWanted, isRead]);
  const isRunning = drill.step !== null;
  const wasRunning = useRef(isRunning);
  useEffect(() => {
    // The button that was pressed is gone: the keyboard goes on from here, not from the top of the window.
    if (wasRunning.current !== isRunning && document.activeElement === document.body)
      section.current?.querySelector('h2')?.focus({ preventScroll: true });
    wasRunning.current = isRunning;
  }, [isRunning]);
  return (
    <section ref={section} className={styles.section} aria-labelledby="drill-title">
      <h2 id="drill-title" className={styles.title} tabIndex={-1}>
        <IconStopwatch size={18} aria-hidden="true" /> {t('title')}
      </h2>
      <p className={styles.words}>{t('lead')}</p>
      <p className={styles.words}>{t('real')}</p>
      <div role="status">
        {drill.step === null ? null : (
          <div className={styles.running}>
            <p>{t('running')}</p>
            <DrillSteps step={drill.step} />
            <Button size="sm" variant="default" onClick={drill.cancel} loading={drill.isCanceling}>
              {t('cancel')}
            </Button>
          </div>
        )}
      </div>
      {drill.step === null ? <StartForm onStart={drill.start} /> : null}
      <RefusalNotice error={drill.error} />
      {drill.status && drill.step === null ? (
        <>
          <div className={styles.notices}>
            <WhenDue dueAt={drill.status.dueAt} isDue={drill.status.isDue} />
            <DrillNotices drills={drill.drills} />
          </div>
          <DrillFigures drills={drill.drills} />
          <h3 className={styles.heading}>{t('past')}</h3>
          {drill.drills.length > 0 ? (
            <PastDrills drills={drill.drills} />
          ) : (
            <p className={styles.hint}>{t('noPast')}</p>
          )}
        </>
      ) : null}
    </section>
  );
}

/** Its own button, calm: never to be taken for the stop. */
function StartForm({ onStart }: { onStart: (by: string) => void }) {
  const { t } = useTranslation('drill');
  const known = useRead('settings.read', {}).data?.personName ?? '';
  // Kept for the next one, and while another view is open.
  const [typed, setTyped] = useKept<string | null>('drill.by', null);
  const [isMissing, setIsMissing] = useState(false);
  const by = (typed ?? known).trim();
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        setIsMissing(by === '');
        if (by !== '') onStart(by);
      }}
    >
      <TextInput
        label={t('who')}
        value={typed ?? known}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setIsMissing(false);
        }}
        maxLength={200}
        error={isMissing ? t('whoMissing') : null}
      />
      <Button type="submit" variant="default" leftSection={<IconStopwatch size={16} aria-hidden="true" />}>
        {t('start')}
      </Button>
      <span className={styles.takes}>{t('takes')}</span>
    </form>
  );
}

function WhenDue({ dueAt, isDue }: { dueAt: number | null; isDue: boolean }) {
  const { t } = useTranslation('drill');
  const language = useLanguage();
  if (isDue) return <Notice tone="calm">{t('isDue')}</Notice>;
  return (
    <p className={styles.due}>
      {dueAt === null ? t('notDue') : t('due', { when: dayTimeOf(dueAt, language, localZone()) })}
    </p>
  );
}
