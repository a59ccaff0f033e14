import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DrillView, DrillFigures as Figures } from '../../src-preload/views.ts';
import { useSaidByMain } from '../main-words.ts';
import { dayTimeOf, localZone, numberOf, useLanguage } from '../time.ts';
import { Notice } from '../ui/notice.tsx';
import styles from './drill.module.css';
import { isDrillReason } from './drill-reason.ts';

/** The promises of the stop, as a drill is held to them; milliseconds. */
const PROMISED = { durableMs: 250, silentMs: 1_000 } as const;

/** What came of the last drill that was not broken off, and whether the newest was. */
export function DrillNotices({ drills }: { drills: readonly DrillView[] }) {
  const { t } = useTranslation('drill');
  const language = useLanguage();
  const saidByMain = useSaidByMain();
  const newest = drills[0];
  const last = drills.find(({ kind }) => kind !== 'canceled');
  const named = (drill: DrillView) => ({
    when: dayTimeOf(drill.at, language, localZone()),
    who: drill.by,
  });
  const why = (reason: string, detail = '') =>
    [isDrillReason(reason) ? t(`why.${reason}`) : reason, saidByMain(detail)].filter(Boolean).join(' ');
  return (
    <>
      {newest?.kind === 'canceled' ? (
        <Notice tone="calm">{t('canceled', { why: why(newest.reason) })}</Notice>
      ) : null}
      {last?.kind === 'failed' ? (
        <Notice tone="warn">{t('failed', { ...named(last), why: why(last.reason, last.detail) })}</Notice>
      ) : null}
      {last?.kind === 'done' ? (
        <Notice tone={last.isPassed ? 'good' : 'warn'}>
          {t(last.isPassed ? 'lastPassed' : 'lastNotPassed', named(last))}
        </Notice>
      ) : null}
    </>
  );
}

/** The figures of the same drill; nothing where it could not be carried through. */
export function DrillFigures({ drills }: { drills: readonly DrillView[] }) {
  const last = drills.find(({ kind }) => kind !== 'canceled');
  return last?.kind === 'done' ? <FiguresTable figures={last.figures} /> : null;
}

function FiguresTable({ figures }: { figures: Figures }) {
  const { t } = useTranslation('drill');
  const language = useLanguage();
  const n = (value: number) => numberOf(value, language);
  const ms = (value: number | null) => (value === null ? t('table.never') : t('table.ms', { n: n(value) }));
  const within = (value: number | null, most: number) => value !== null && value <= most;
  const rows: { what: string; measured: string; promised: string; isKept: boolean | null }[] = [
    { what: t('table.shut'), measured: ms(figures.shutMs), promised: '', isKept: null },
    {
      what: t('table.durable'),
      measured: ms(figures.durableMs),
      promised: t('table.atMostMs', { n: n(PROMISED.durableMs) }),
      isKept: within(figures.durableMs, PROMISED.durableMs),
    },
    {
      what: t('table.silent'),
      measured: ms(figures.silentMs),
      promised: t('table.atMostMs', { n: n(PROMISED.silentMs) }),
      isKept: within(figures.silentMs, PROMISED.silentMs),
    },
    { what: t('table.dead'), measured: ms(figures.deadMs), promised: '', isKept: null },
    {
      what: t('table.escaped'),
      measured: n(figures.escaped),
      promised: t('table.atMost', { n: n(figures.cap) }),
      isKept: figures.escaped <= figures.cap,
    },
    {
      what: t('table.restart'),
      measured: t(figures.staysStopped ? 'table.stopped' : 'table.notStopped'),
      promised: t('table.stopped'),
      isKept: figures.staysStopped,
    },
    {
      what: t('table.release'),
      measured: t(figures.startsNothing ? 'table.nothing' : 'table.something'),
      promised: t('table.nothing'),
      isKept: figures.startsNothing,
    },
  ];
  return (
    <>
      <table className={styles.table}>
        <caption className={styles.caption}>{t('table.label')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('table.what')}</th>
            <th scope="col">{t('table.measured')}</th>
            <th scope="col">{t('table.promised')}</th>
            <th scope="col">{t('table.kept')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ what, measured, promised, isKept }) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td>{measured}</td>
              <td>{promised || t('table.none')}</td>
              <td>
                <Kept isKept={isKept} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.hint}>
        {t('flight', {
          count: figures.inFlight,
          n: n(figures.inFlight),
          published: n(figures.published),
          notSent: n(figures.notSent),
          unconfirmed: n(figures.unconfirmed),
        })}{' '}
        {t('copied', { brands: n(figures.brands), accounts: n(figures.accounts), posts: n(figures.posts) })}
      </p>
    </>
  );
}

function Kept({ isKept }: { isKept: boolean | null }) {
  const { t } = useTranslation('drill');
  if (isKept === null) return t('table.none');
  const Icon = isKept ? IconCheck : IconAlertTriangle;
  return (
    <span className={styles.kept} data-kept={isKept}>
      <Icon size={15} aria-hidden="true" /> {t(isKept ? 'table.yes' : 'table.no')}
    </span>
  );
}
