import { Button, VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WindowCommand, WindowKeyConflict, WindowKeyView } from '../../src-preload/window-key-views.ts';
import { useAction, useRead } from '../api.ts';
import { Keys } from '../ui/keys.tsx';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { IS_MAC, shortcutWords } from '../ui/shortcut-words.ts';
import { useCommandName } from '../ui/use-command-name.ts';
import { useRoute } from '../ui/view-route.ts';
import { recordWindowKey } from '../ui/window-keys.ts';
import { SettingSection } from './setting-row.tsx';
import styles from './settings.module.css';
import css from './window-keys.module.css';

/** Every command of the window that has a key, with the means to give it another; the stop's own key is not among them. */
export function WindowKeysSection() {
  const { t } = useTranslation('settings');
  const read = useRead('windowKey.list', {});
  const reset = useAction('windowKey.reset');
  const [recording, setRecording] = useState<WindowCommand | null>(null);
  const keys = read.data ?? [];
  const list = useRef<HTMLUListElement>(null);
  const { params } = useRoute();
  const isWanted = params.part === 'keys' && keys.length > 0;
  useEffect(() => {
    if (isWanted) list.current?.scrollIntoView({ block: 'center' });
  }, [isWanted]);
  return (
    <SettingSection title={t('windowKeys.title')} hint={t('windowKeys.hint')}>
      <RefusalNotice error={read.error ?? reset.error} />
      <ul ref={list} className={css.list}>
        {keys.map((one) => (
          <KeyLine
            key={one.command}
            line={one}
            isRecording={recording === one.command}
            onRecord={(isOn) => setRecording(isOn ? one.command : null)}
          />
        ))}
      </ul>
      <div className={css.foot}>
        <Button
          variant="default"
          disabled={keys.every((one) => !one.isChanged)}
          loading={reset.isPending}
          onClick={() => {
            setRecording(null);
            reset.mutate({});
          }}
        >
          {t('windowKeys.resetAll')}
        </Button>
        <span className={styles.quiet}>{t('windowKeys.layout')}</span>
      </div>
    </SettingSection>
  );
}

function KeyLine(props: { line: WindowKeyView; isRecording: boolean; onRecord: (isOn: boolean) => void }) {
  const { line, isRecording } = props;
  const { t } = useTranslation('settings');
  const nameOf = useCommandName();
  const name = nameOf(line.command);
  const change = useAction('windowKey.change');
  const conflict = change.data?.conflict ?? null;
  const again = useRef<HTMLButtonElement>(null);
  const finish = () => {
    props.onRecord(false);
    // The recorder is gone, and the focus with it.
    requestAnimationFrame(() => again.current?.focus());
  };
  const set = (accelerator: string | null) =>
    change.mutate(
      { command: line.command, accelerator },
      { onSuccess: (done) => (done.conflict === null ? finish() : undefined) },
    );
  return (
    <li className={css.line}>
      <span className={css.name}>{name}</span>
      {isRecording ? (
        <Recorder
          name={name}
          onKey={set}
          onLeave={() => {
            change.reset();
            finish();
          }}
        />
      ) : (
        <>
          <Keys accelerator={line.accelerator} />
          <span className={css.buttons}>
            <Button
              ref={again}
              size="compact-sm"
              variant="default"
              aria-label={t('windowKeys.changeOf', { name })}
              onClick={() => {
                change.reset();
                props.onRecord(true);
              }}
            >
              {t('windowKeys.change')}
            </Button>
            {line.isChanged ? (
              <Button
                size="compact-sm"
                variant="subtle"
                aria-label={t('windowKeys.resetOf', { name })}
                onClick={() => set(null)}
              >
                {t('windowKeys.reset')}
              </Button>
            ) : null}
          </span>
        </>
      )}
      {line.isTaken && !isRecording ? (
        <div className={css.more}>
          <Notice tone="warn">{t('windowKeys.taken')}</Notice>
        </div>
      ) : null}
      {conflict ? (
        <div className={css.more} role="alert">
          <Notice tone="warn">
            <ConflictWords conflict={conflict} accelerator={change.variables?.accelerator ?? null} />
          </Notice>
        </div>
      ) : null}
      {change.error ? (
        <div className={css.more}>
          <RefusalNotice error={change.error} />
        </div>
      ) : null}
    </li>
  );
}

function ConflictWords(props: { conflict: WindowKeyConflict; accelerator: string | null }) {
  const { conflict } = props;
  const { t } = useTranslation('settings');
  const nameOf = useCommandName();
  const keys = props.accelerator === null ? t('windowKeys.firstKey') : shortcutWords(props.accelerator);
  return conflict.kind === 'command'
    ? t('windowKeys.conflict.command', { keys, name: nameOf(conflict.command) })
    : t(`windowKeys.conflict.${conflict.kind}`, { keys });
}

/** Takes the next key that is pressed; Escape leaves, Tab goes on. */
function Recorder(props: { name: string; onKey: (accelerator: string) => void; onLeave: () => void }) {
  const { t } = useTranslation(['settings', 'common']);
  const box = useRef<HTMLButtonElement>(null);
  const [isUnfit, setIsUnfit] = useState(false);
  useEffect(() => box.current?.focus(), []);
  return (
    <>
      <button
        ref={box}
        type="button"
        className={css.recorder}
        onKeyDown={(event) => {
          const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey;
          if (isPlain && event.key === 'Tab') return;
          event.preventDefault();
          event.stopPropagation();
          if (isPlain && event.key === 'Escape') {
            props.onLeave();
            return;
          }
          const recorded = recordWindowKey(event, IS_MAC);
          setIsUnfit(recorded.kind === 'unfit');
          if (recorded.kind === 'key') props.onKey(recorded.accelerator);
        }}
      >
        <VisuallyHidden>{props.name}: </VisuallyHidden>
        {t('windowKeys.press')}
      </button>
      <span className={css.buttons}>
        <Button size="compact-sm" variant="default" onClick={props.onLeave}>
          {t('common:cancel')}
        </Button>
      </span>
      {isUnfit ? (
        <div className={css.more} role="alert">
          <Notice tone="warn">{t('windowKeys.unfit')}</Notice>
        </div>
      ) : null}
    </>
  );
}
