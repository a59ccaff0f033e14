import { Button, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconHelpCircle } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShortcutView } from '../../src-preload/views.ts';
import { useAction } from '../api.ts';
import { usePublishing } from '../stop/publishing.ts';
import { dayOf, localZone, useLanguage, useNow } from '../time.ts';
import { Keys } from '../ui/keys.tsx';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { IS_MAC, shortcutWords } from '../ui/shortcut-words.ts';
import { Badge } from '../ui/state-badge.tsx';
import { type Recorded, recordKey } from './accelerator.ts';
import { SettingRow } from './setting-row.tsx';
import styles from './settings.module.css';

const PROOF_LASTS_MS = 30 * 86_400_000;
const PROOF_WAIT_S = 30;

/** The key that stops everything: which, whether it is registered, whether a real press ever arrived. */
export function ShortcutSetting({ shortcut }: { shortcut: ShortcutView }) {
  const { t } = useTranslation('settings');
  const [mode, setMode] = useState<'shown' | 'recording' | 'proving'>('shown');
  const { state } = usePublishing();
  const isOff = state === 'stopped' || state === 'not-started';
  return (
    <SettingRow name={t('shortcut')} hint={t('shortcutHint')}>
      <div className={styles.line}>
        {shortcut.accelerator ? <Keys accelerator={shortcut.accelerator} /> : null}
        <ShortcutState shortcut={shortcut} />
      </div>
      {shortcut.problem ? <Notice tone="warn">{shortcut.problem}</Notice> : null}
      {!shortcut.isRegistered ? <Notice tone="warn">{t('shortcutLostMore')}</Notice> : null}
      {shortcut.isRegistered && shortcut.accelerator !== shortcut.wanted ? (
        <Notice tone="warn">{t('shortcutOther', { wanted: shortcutWords(shortcut.wanted) })}</Notice>
      ) : null}
      {shortcut.provenAt === null ? (
        <span className={styles.quiet}>
          {shortcut.unproven === '' ? null : `${t(`unproven.${shortcut.unproven}`)} `}
          {t('notProvenMore')}
        </span>
      ) : null}
      {mode === 'shown' ? (
        <div className={styles.line}>
          <Button variant="default" onClick={() => setMode('recording')}>
            {t('change')}
          </Button>
          <Button
            variant="default"
            disabled={!isOff || !shortcut.isRegistered}
            onClick={() => setMode('proving')}
          >
            {t('prove')}
          </Button>
          {isOff ? null : <span className={styles.quiet}>{t('proveOnlyOff')}</span>}
        </div>
      ) : null}
      {mode === 'recording' ? <Recorder onDone={() => setMode('shown')} /> : null}
      {mode === 'proving' ? (
        <Proof accelerator={shortcut.accelerator} onDone={() => setMode('shown')} />
      ) : null}
    </SettingRow>
  );
}

function ShortcutState({ shortcut }: { shortcut: ShortcutView }) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const now = useNow(60_000);
  if (!shortcut.isRegistered)
    return (
      <Badge tone="bad" icon={IconAlertTriangle}>
        {t('shortcutLost')}
      </Badge>
    );
  if (shortcut.provenAt === null)
    return (
      <Badge tone="warn" icon={IconHelpCircle}>
        {t(shortcut.unproven === 'never' ? 'notProven' : 'proofEnded')}
      </Badge>
    );
  const when = dayOf(shortcut.provenAt, language, localZone());
  const isOld = now - shortcut.provenAt > PROOF_LASTS_MS;
  return (
    <Badge tone={isOld ? 'warn' : 'good'} icon={isOld ? IconHelpCircle : IconCircleCheck}>
      {t(isOld ? 'provenOld' : 'proven', { when })}
    </Badge>
  );
}

function Recorder({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('settings');
  const { t: common } = useTranslation('common');
  const [recorded, setRecorded] = useState<Recorded | null>(null);
  const change = useAction('shortcut.change');
  const box = useRef<HTMLButtonElement>(null);
  useEffect(() => box.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey;
    // Tab moves on and Escape leaves, as everywhere.
    if (isPlain && event.key === 'Tab') return;
    event.preventDefault();
    if (isPlain && event.key === 'Escape') onDone();
    else setRecorded(recordKey(event, IS_MAC));
  };
  const accelerator = recorded?.kind === 'accelerator' ? recorded.accelerator : '';
  return (
    <>
      <button ref={box} type="button" className={styles.recorder} onKeyDown={onKeyDown}>
        {recorded?.accelerator ? (
          <>
            <VisuallyHidden>{t('record')}</VisuallyHidden> <Keys accelerator={recorded.accelerator} />
          </>
        ) : (
          t('record')
        )}
      </button>
      <span className={styles.quiet}>{recorded?.kind === 'bare' ? t('recordNeeds') : t('recordHint')}</span>
      <div className={styles.line}>
        <Button
          disabled={accelerator === ''}
          loading={change.isPending}
          onClick={() => change.mutate({ accelerator }, { onSuccess: onDone })}
        >
          {t('use', { keys: accelerator ? shortcutWords(accelerator) : '…' })}
        </Button>
        <Button variant="default" onClick={onDone}>
          {common('cancel')}
        </Button>
      </div>
      <RefusalNotice error={change.error} />
    </>
  );
}

/** Waits for a real press, as often as it is begun; only while publishing is off. */
export function Proof({ accelerator, onDone }: { accelerator: string; onDone: (() => void) | null }) {
  const { t } = useTranslation('settings');
  const { t: common } = useTranslation('common');
  const prove = useAction('shortcut.prove');
  const [startedAt, setStartedAt] = useState(0);
  const now = useNow(500, prove.isPending);
  const seconds = Math.max(0, PROOF_WAIT_S - Math.floor((now - startedAt) / 1_000));
  if (prove.data?.provenAt != null)
    return (
      <Notice
        tone="good"
        action={
          onDone ? (
            <Button size="compact-sm" variant="default" onClick={onDone}>
              {common('close')}
            </Button>
          ) : null
        }
      >
        {t('proved')}
      </Notice>
    );
  return (
    <>
      <Notice tone="warn">{t('proveReal')}</Notice>
      {prove.isPending ? (
        <span className={styles.strong} role="status">
          {t('proveNow', { keys: shortcutWords(accelerator), seconds: Math.min(PROOF_WAIT_S, seconds) })}
        </span>
      ) : null}
      <div className={styles.line}>
        <Button
          loading={prove.isPending}
          onClick={() => {
            setStartedAt(Date.now());
            prove.mutate({});
          }}
        >
          {t('proveStart')}
        </Button>
        {onDone ? (
          <Button variant="default" onClick={onDone}>
            {common('cancel')}
          </Button>
        ) : null}
      </div>
      <RefusalNotice error={prove.error} />
    </>
  );
}
