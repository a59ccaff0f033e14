import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconChevronDown,
  IconChevronUp,
  IconClockPause,
  IconHandStop,
  IconKeyboard,
} from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PublishingView, StopView } from '../../src-preload/views.ts';
import { useRead } from '../api.ts';
import { useSaidByMain } from '../main-words.ts';
import { countdownOf, numberOf, useLanguage, useNow } from '../time.ts';
import { shortcutWords } from '../ui/shortcut-words.ts';
import { useOpenView, useRoute, type ViewName } from '../ui/view-route.ts';
import styles from './banner.module.css';
import { ByHand } from './by-hand.tsx';
import { runningCountdown } from './countdown.ts';
import { type Publishing, usePublishing } from './publishing.ts';
import { StopDetails } from './stop-details.tsx';
import { useStopWords } from './stop-words.ts';

/** Names are listed up to here, then counted. */
const MOST_NAMES = 4;

/** What stands under the status bar while anything is stopped, counting down or not answering; nothing otherwise. */
export function StopBanner() {
  const publishing = usePublishing();
  const { state, view, problem, isAnswering } = publishing;
  const main = view?.stops.find((stop) => stop.scope.kind === 'everything');
  const narrow = view?.stops.filter((stop) => stop.scope.kind !== 'everything') ?? [];
  const isStop = state === 'stopped' || state === 'stopping' || (state === 'not-confirmed' && main);
  return (
    <>
      {problem ? <UnconfirmedPress publishing={publishing} /> : null}
      {!isAnswering && !problem ? <NotAnswering /> : null}
      {isStop ? <Everything publishing={publishing} stop={main ?? null} /> : null}
      {narrow.length > 0 ? <Narrow stops={narrow} /> : null}
      {view && (state === 'publishing' || state === 'not-started') ? (
        <Problem problem={view.problem} />
      ) : null}
      {view && state === 'publishing' ? <Countdown view={view} /> : null}
      <LostControls />
      <Controls isOff={state === 'not-started'} />
    </>
  );
}

/** Several strips may stand under each other: each is a landmark with a name of its own. */
function Strip(props: {
  name: 'press' | 'answer' | 'everything' | 'narrow' | 'problem' | 'countdown' | 'lost' | 'controls';
  tone: 'stopped' | 'bad' | 'warn' | 'calm';
  icon: ReactNode;
  words: ReactNode;
  more?: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
}) {
  const { t } = useTranslation('stop');
  return (
    <section className={styles.strip} data-tone={props.tone} aria-label={t(`banner.labels.${props.name}`)}>
      <div className={styles.row}>
        {props.icon}
        <div className={styles.words}>
          <strong>{props.words}</strong>
          {props.more ? <span className={styles.more}>{props.more}</span> : null}
        </div>
        {props.actions}
      </div>
      {props.children ? <div className={styles.panel}>{props.children}</div> : null}
    </section>
  );
}

const TYPED_IN: readonly ViewName[] = ['compose', 'import', 'settings'];

/** Whether the room may take the place of a view by itself: not where something half typed would go with it. */
function mayLeave(view: ViewName): boolean {
  return !TYPED_IN.includes(view) && document.querySelector('[role="dialog"]') === null;
}

/** The stop of everything: who, when, which control. The room opens by itself when it happens while the window is there. */
function Everything({ publishing, stop }: { publishing: Publishing; stop: StopView | null }) {
  const { t } = useTranslation('stop');
  const { when, by } = useStopWords();
  const saidByMain = useSaidByMain();
  const { state, view } = publishing;
  const { view: current } = useRoute();
  const open = useOpenView();
  const [isShown, setIsShown] = useState(false);
  const seen = useRef(stop?.id);
  useEffect(() => {
    if (!stop || stop.id === seen.current) return;
    seen.current = stop.id;
    if (mayLeave(current)) open('stop');
    else setIsShown(true);
  }, [stop, current, open]);
  const isInRoom = current === 'stop';
  const panelIsShown = isShown && !isInRoom;
  const known = state === 'stopped' || state === 'stopping' || state === 'not-confirmed' ? state : 'stopped';
  return (
    <Strip
      name="everything"
      tone={known === 'not-confirmed' ? 'bad' : 'stopped'}
      icon={
        known === 'not-confirmed' ? (
          <IconAlertTriangle size={20} aria-hidden="true" />
        ) : (
          <IconHandStop size={20} aria-hidden="true" />
        )
      }
      words={t(`banner.${known}`, { when: stop ? when(stop.engagedAt) : '–' })}
      more={stop ? [by(stop), saidByMain(stop.reason)].filter((part) => part !== '').join(' ') : null}
      actions={
        isInRoom ? null : (
          <div className={styles.actions}>
            <Button
              size="compact-sm"
              className={styles.onRed ?? ''}
              aria-expanded={isShown}
              rightSection={
                isShown ? (
                  <IconChevronUp size={15} aria-hidden="true" />
                ) : (
                  <IconChevronDown size={15} aria-hidden="true" />
                )
              }
              onClick={() => setIsShown(!isShown)}
            >
              {isShown ? t('banner.hide') : t('banner.show')}
            </Button>
            <Button size="compact-sm" className={styles.onRed ?? ''} onClick={() => open('stop')}>
              {t('banner.room')}
            </Button>
          </div>
        )
      }
    >
      {panelIsShown && view && stop ? (
        <StopDetails stop={stop} state={known} />
      ) : !isInRoom && stop?.todo ? (
        <ByHand todo={stop.todo} isShort />
      ) : null}
    </Strip>
  );
}

function Narrow({ stops }: { stops: StopView[] }) {
  const { t } = useTranslation('stop');
  const { scope, since } = useStopWords();
  const language = useLanguage();
  const { view: current } = useRoute();
  const open = useOpenView();
  const names = stops.slice(0, MOST_NAMES).map(scope).join(', ');
  const rest = stops.length - MOST_NAMES;
  return (
    <Strip
      name="narrow"
      tone="warn"
      icon={<IconHandStop size={20} aria-hidden="true" />}
      words={t('banner.narrow', {
        count: stops.length,
        names: rest > 0 ? t('banner.andMore', { names, count: rest, n: numberOf(rest, language) }) : names,
      })}
      more={stops.length === 1 && stops[0] ? since(stops[0]) : null}
      actions={
        current === 'stop' ? null : (
          <Button size="compact-sm" variant="default" onClick={() => open('stop')}>
            {t('banner.room')}
          </Button>
        )
      }
    />
  );
}

/** In full why nothing, or not everything, can go out: the bar has room for the beginning only. */
function Problem({ problem }: { problem: string }) {
  const saidByMain = useSaidByMain();
  const app = useRead('app.read', {}).data;
  // That of the database stands in the place of the view.
  if (problem === '' || app?.databaseProblem) return null;
  return (
    <Strip
      name="problem"
      tone="calm"
      icon={<IconAlertTriangle size={20} aria-hidden="true" />}
      words={saidByMain(problem)}
    />
  );
}

function Countdown({ view }: { view: PublishingView }) {
  const { t } = useTranslation('stop');
  const { scopeName } = useStopWords();
  const language = useLanguage();
  const now = useNow(250, view.countdowns.length > 0);
  const running = runningCountdown(view, now);
  if (running === null) return null;
  const names = running.scopes.slice(0, MOST_NAMES).map(scopeName);
  const rest = running.scopes.length - MOST_NAMES;
  return (
    <Strip
      name="countdown"
      tone="calm"
      icon={<IconClockPause size={20} aria-hidden="true" />}
      words={t(view.countdownEndsAt === null ? 'banner.countdownSome' : 'banner.countdown', {
        time: countdownOf(running.endsAt - now),
        names:
          rest > 0
            ? t('banner.andMore', { names: names.join(', '), count: rest, n: numberOf(rest, language) })
            : names.join(', '),
      })}
    />
  );
}

const TOLD_HERE = ['tray', 'button', 'command-line', 'file'] as const;

/** Controls that were lost while the app runs; the shortcut has a strip of its own, and a desktop without any tray is told in the settings. */
function LostControls() {
  const { t } = useTranslation('shell');
  const open = useOpenView();
  const { view: current } = useRoute();
  const controls = useRead('control.list', {}).data ?? [];
  const lost = TOLD_HERE.filter((name) =>
    controls.some(
      ({ control, works, hasWorked }) =>
        control === name && works === false && (hasWorked || name !== 'tray'),
    ),
  );
  if (lost.length === 0 || current === 'settings') return null;
  return (
    <Strip
      name="lost"
      tone="warn"
      icon={<IconAlertTriangle size={20} aria-hidden="true" />}
      words={t('lostControls', { names: lost.map((name) => t(`lostControl.${name}`)).join(', ') })}
      actions={
        <Button size="compact-sm" variant="default" onClick={() => open('settings')}>
          {t('lostAction')}
        </Button>
      }
    />
  );
}

/** A shortcut that is lost or was never proven is said everywhere; shorter where it could be proven only by silencing everybody. */
function Controls({ isOff }: { isOff: boolean }) {
  const { t } = useTranslation('shell');
  const open = useOpenView();
  const { view: current } = useRoute();
  const shortcut = useRead('settings.read', {}).data?.shortcut;
  const isEmpty = useRead('app.read', {}).data?.isFirstRun ?? true;
  if (!shortcut || current === 'settings') return null;
  const isLost = !shortcut.isRegistered;
  if (!isLost && (isEmpty || shortcut.provenAt !== null)) return null;
  const keys = shortcutWords(shortcut.accelerator);
  return (
    <Strip
      name="controls"
      tone="calm"
      icon={<IconKeyboard size={20} aria-hidden="true" />}
      words={
        !isLost
          ? t(isOff ? 'unproven' : 'unprovenOn', { keys })
          : shortcut.problem
            ? t('controlLost', { keys: keys || shortcutWords(shortcut.wanted), problem: shortcut.problem })
            : t('controlLostNone')
      }
      actions={
        !isLost && !isOff ? null : (
          <Button size="compact-sm" variant="default" onClick={() => open('settings')}>
            {t(isLost ? 'controlLostAction' : 'unprovenAction')}
          </Button>
        )
      }
    />
  );
}

function UnconfirmedPress({ publishing }: { publishing: Publishing }) {
  const { t } = useTranslation('stop');
  const { problem } = publishing;
  if (!problem) return null;
  return (
    <Strip
      name="press"
      tone="bad"
      icon={<IconAlertTriangle size={20} aria-hidden="true" />}
      words={
        problem.kind === 'no-answer'
          ? t('banner.noAnswer')
          : t('banner.refused', { message: problem.message })
      }
    >
      <ByHand todo="" />
    </Strip>
  );
}

function NotAnswering() {
  const { t } = useTranslation('stop');
  return (
    <Strip
      name="answer"
      tone="bad"
      icon={<IconAlertTriangle size={20} aria-hidden="true" />}
      words={t('banner.notAnswering')}
    />
  );
}
