import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SettingsView } from '../../src-preload/views.ts';
import { Proof } from '../settings/shortcut-setting.tsx';
import { usePublishing } from '../stop/publishing.ts';
import { dayTimeOf, localZone, useLanguage } from '../time.ts';
import { Keys } from '../ui/keys.tsx';
import { Notice } from '../ui/notice.tsx';
import { proofStateOf } from './tour-steps.ts';

/** The key of the stop pressed once, or why that cannot be now. It is said to be done only once a press arrived. */
export function ProofStep(props: { settings: SettingsView; onSettings: () => void }) {
  const { shortcut } = props.settings;
  const { t } = useTranslation('tour');
  const language = useLanguage();
  const { state } = usePublishing();
  const isOff = state === 'stopped' || state === 'not-started';
  const proof = proofStateOf(shortcut, isOff);
  if (proof === 'proven')
    return (
      <Notice tone="good">
        <span role="status">
          {t('proof.proven', { when: dayTimeOf(shortcut.provenAt ?? 0, language, localZone()) })}
          {state === 'stopped' ? ` ${t('proof.stopped')}` : ''}
        </span>
      </Notice>
    );
  return (
    <>
      {shortcut.accelerator === '' ? null : (
        <div>
          <Keys accelerator={shortcut.accelerator} />
        </div>
      )}
      {proof === 'ready' ? <Proof accelerator={shortcut.accelerator} onDone={null} /> : null}
      {proof === 'publishing' ? <Notice tone="warn">{t('proof.publishing')}</Notice> : null}
      {proof === 'lost' ? (
        <Notice
          tone="bad"
          action={
            <Button size="compact-sm" variant="default" onClick={props.onSettings}>
              {t('proof.choose')}
            </Button>
          }
        >
          {t('proof.lost')}
        </Notice>
      ) : null}
    </>
  );
}
