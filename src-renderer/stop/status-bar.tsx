import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBroadcast,
  IconClockPause,
  IconHandStop,
  IconHelpCircle,
  IconLoader2,
  IconLock,
  IconPlayerPlay,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { PublishingState } from '../../src-preload/views.ts';
import { useRead } from '../api.ts';
import { useSaidByMain } from '../main-words.ts';
import { countdownOf, numberOf, useLanguage, useNow } from '../time.ts';
import { useCommands } from '../ui/commands.ts';
import { useDesk } from '../ui/use-desk.ts';
import { EmergencyStop } from './emergency-stop.tsx';
import { NextPost } from './next-post.tsx';
import { type Publishing, usePublishing } from './publishing.ts';
import { coverEveryAccount } from './scope-covers.ts';
import styles from './status-bar.module.css';

type Icon = ComponentType<{ size?: number; stroke?: number }>;
const ICONS: Record<PublishingState, Icon> = {
  publishing: IconBroadcast,
  stopped: IconHandStop,
  stopping: IconLoader2,
  'not-confirmed': IconAlertTriangle,
  'not-started': IconLock,
};

/** Always there, over every view and every dialog: the state in words, what is next, and the stop. */
export function StatusBar() {
  const { t } = useTranslation('stop');
  const publishing = usePublishing();
  const { state, view } = publishing;
  const { open } = useCommands();
  const canRelease = state !== 'stopping' && (view?.stops.length ?? 0) + Number(state === 'stopped') > 0;
  return (
    <header className={styles.bar} data-state={state}>
      <StateWords publishing={publishing} />
      <div className={styles.facts}>
        <NextPost />
        <CountsWords publishing={publishing} />
      </div>
      <div className={styles.buttons}>
        {state === 'not-started' && publishing.view?.isQueueKnown ? (
          <Button
            variant="filled"
            leftSection={<IconPlayerPlay size={17} aria-hidden="true" />}
            onClick={() => open('start')}
          >
            {t('start.button')}
          </Button>
        ) : null}
        {canRelease ? (
          <Button variant="default" onClick={() => open('release')}>
            {t('release.button')}
          </Button>
        ) : null}
        <EmergencyStop />
      </div>
    </header>
  );
}

/** The stop alone, for when the rest of the bar cannot be drawn. */
export function BareBar() {
  return (
    <header className={styles.bar}>
      <div className={styles.buttons}>
        <EmergencyStop />
      </div>
    </header>
  );
}

/** The state, and under it what it means for the next minutes. */
function StateWords({ publishing }: { publishing: Publishing }) {
  const { t } = useTranslation('stop');
  const language = useLanguage();
  const saidByMain = useSaidByMain();
  // Any other problem may leave some posts free to go.
  const hasDatabase = !useRead('app.read', {}).data?.databaseProblem;
  const { state, view, isAnswering } = publishing;
  const endsAt = view?.countdownEndsAt ?? null;
  const now = useNow(250, endsAt !== null);
  const isUnknown = state === 'not-confirmed' && (view === null || !isAnswering) && !publishing.problem;
  const isCounting = state === 'publishing' && endsAt !== null && endsAt > now;
  const cannot = state === 'publishing' && view?.problem !== '' && !isCounting;
  const stops = view?.stops.length ?? 0;
  const { brands } = useDesk();
  const isSilent =
    state === 'publishing' &&
    !cannot &&
    !isCounting &&
    coverEveryAccount(view?.stops.map(({ scope }) => scope) ?? [], brands);
  const Icon = isUnknown
    ? IconHelpCircle
    : cannot
      ? IconAlertTriangle
      : isCounting
        ? IconClockPause
        : isSilent
          ? IconHandStop
          : ICONS[state];
  const words = isUnknown
    ? t('unknown')
    : cannot
      ? t(hasDatabase ? 'hindered' : 'cannotPublish')
      : isCounting
        ? t('released')
        : isSilent
          ? t('everyStopped')
          : t(`state.${state}`);
  const more = isUnknown
    ? t('unknownMore')
    : cannot
      ? saidByMain(view?.problem ?? '')
      : isCounting
        ? t('startsIn', { time: countdownOf(endsAt - now) })
        : state === 'publishing'
          ? stops > 0
            ? t('someStopped', { count: stops, n: numberOf(stops, language) })
            : t('allGoOut')
          : {
              stopped: t('nothingGoesOut'),
              stopping: t('abortingCalls'),
              'not-confirmed': t('untilConfirmed'),
              'not-started': t('untilStart'),
            }[state];
  return (
    <div className={styles.state} data-tone={cannot || isUnknown || isCounting || isSilent ? 'warn' : state}>
      <span className={styles.icon} aria-hidden="true">
        <Icon size={22} stroke={1.9} />
      </span>
      <div className={styles.words}>
        <div
          className={styles.word}
          data-testid="publishing-state"
          data-state={state}
          role="status"
          aria-live={state === 'publishing' || state === 'not-started' ? 'polite' : 'assertive'}
        >
          {words}
        </div>
        <div className={styles.more} data-testid={isCounting ? 'countdown' : undefined} title={more}>
          {more}
        </div>
      </div>
    </div>
  );
}

function CountsWords({ publishing }: { publishing: Publishing }) {
  const { t } = useTranslation('stop');
  const language = useLanguage();
  const { view, state } = publishing;
  if (!view) return null;
  if (!view.isQueueKnown) return <div className={styles.counts}>{t('queueNotKnown')}</div>;
  const isAll = state === 'stopped' || state === 'stopping' || state === 'not-confirmed';
  const { scheduled } = view.counts;
  const flying = Math.max(view.counts.publishing, view.inFlight.filter(isFlying).length);
  return (
    <div className={styles.counts}>
      <span>
        {t(isAll ? 'heldByStop' : 'scheduled', { count: scheduled, n: numberOf(scheduled, language) })}
      </span>
      <span className={styles.quiet}>{t('inFlight', { count: flying, n: numberOf(flying, language) })}</span>
    </div>
  );
}

function isFlying(line: { outcome: string }): boolean {
  return line.outcome === 'in-flight';
}
