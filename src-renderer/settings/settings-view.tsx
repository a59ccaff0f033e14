import { Button, CopyButton, SegmentedControl, Slider, Switch, TextInput } from '@mantine/core';
import { IconCheck, IconCircleCheck, IconCircleX, IconCopy } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Requests } from '../../src-preload/contract.ts';
import type { AppView, SettingsView as Settings } from '../../src-preload/views.ts';
import { useAction, useRead } from '../api.ts';
import { SchedulersSection } from '../elsewhere/schedulers-section.tsx';
import { AwakeSection } from '../keep/awake-section.tsx';
import { BackupsSection } from '../keep/backups-section.tsx';
import { DataFolder } from '../keep/data-folder.tsx';
import { NoticesSection } from '../keep/notices-section.tsx';
import { TransferSection } from '../keep/transfer-section.tsx';
import { numberOf, useLanguage } from '../time.ts';
import { useCommands } from '../ui/commands.ts';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { stopCommand } from '../ui/stop-command.ts';
import { ControlsState } from './controls-state.tsx';
import { SettingRow, SettingSection } from './setting-row.tsx';
import styles from './settings.module.css';
import { ShortcutSetting } from './shortcut-setting.tsx';
import { WindowKeysSection } from './window-keys-section.tsx';

type Change = (change: Requests['settings.change']) => void;

/** Everything a person can set, applied as it is set. */
export function SettingsView() {
  const { t } = useTranslation('settings');
  const read = useRead('settings.read', {});
  const app = useRead('app.read', {}).data;
  const action = useAction('settings.change');
  const change: Change = (asked) => action.mutate(asked, { onSuccess: () => void read.refetch() });
  return (
    <Page title={t('title')} lead={t('lead')}>
      <RefusalNotice error={read.error ?? action.error} onRetry={() => void read.refetch()} />
      {read.data && app ? (
        <>
          {read.data.notWritten === '' ? null : (
            <Notice tone="bad">{t('notWritten', { problem: read.data.notWritten })}</Notice>
          )}
          <General settings={read.data} languageOfRun={app.languageOfRun} onChange={change} />
          <Controls settings={read.data} onChange={change} />
          <WindowKeysSection />
          <SettingSection title={t('publishing')}>
            <InFlightCap settings={read.data} onChange={change} />
          </SettingSection>
          <AwakeSection keepAwakeMinutes={read.data.keepAwakeMinutes} onChange={change} />
          <NoticesSection settings={read.data} onChange={change} />
          <SchedulersSection />
          <BackupsSection />
          <TransferSection />
          <Computer settings={read.data} app={app} />
        </>
      ) : null}
    </Page>
  );
}

function General(props: { settings: Settings; languageOfRun: AppView['languageOfRun']; onChange: Change }) {
  const { settings, languageOfRun, onChange } = props;
  const { t } = useTranslation('settings');
  const commands = useCommands();
  const nameId = useId();
  const [name, setName] = useState(settings.personName);
  const isSaved = name.trim() === settings.personName;
  return (
    <SettingSection title={t('general')}>
      <SettingRow name={t('language')}>
        <SegmentedControl
          aria-label={t('language')}
          value={settings.language}
          data={[
            {
              value: 'system',
              label: t('languageSystem', {
                language: navigator.language.startsWith('fr') ? 'Français' : 'English',
              }),
            },
            { value: 'en', label: 'English' },
            { value: 'fr', label: 'Français' },
          ]}
          onChange={(language) => onChange({ language })}
        />
        {languageOfRun === null ? null : (
          <span className={styles.quiet}>{t('languageOfRun', { language: languageOfRun })}</span>
        )}
      </SettingRow>
      <SettingRow name={t('theme')}>
        <SegmentedControl
          aria-label={t('theme')}
          value={settings.theme}
          data={(['system', 'light', 'dark'] as const).map((value) => ({
            value,
            label: t(`themes.${value}`),
          }))}
          onChange={(theme) => onChange({ theme })}
        />
      </SettingRow>
      <SettingRow name={t('name')} hint={t('nameHint')} labelFor={nameId}>
        <TextInput
          id={nameId}
          w={300}
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.currentTarget.value)}
          onBlur={() => (isSaved ? undefined : onChange({ personName: name.trim() }))}
          rightSection={
            isSaved && name !== '' ? <IconCheck size={16} aria-label={t('saved')} role="img" /> : null
          }
        />
      </SettingRow>
      <SettingRow name={t('keys')}>
        <Button variant="default" onClick={() => commands.open('shortcuts')}>
          {t('showKeys')}
        </Button>
      </SettingRow>
    </SettingSection>
  );
}

function Controls({ settings, onChange }: { settings: Settings; onChange: Change }) {
  const { t } = useTranslation('settings');
  return (
    <SettingSection title={t('controls')} hint={t('controlsHint')}>
      <ControlsState />
      <ShortcutSetting shortcut={settings.shortcut} />
      <SettingRow name={t('tray')}>
        <div className={styles.line}>
          {settings.hasTray ? (
            <IconCircleCheck size={17} color="var(--good)" aria-hidden="true" />
          ) : (
            <IconCircleX size={17} color="var(--warn)" aria-hidden="true" />
          )}
          {t(settings.hasTray ? 'trayYes' : 'trayNo')}
        </div>
        <Switch
          label={t('closeToTray')}
          checked={settings.closeToTray && settings.hasTray}
          disabled={!settings.hasTray}
          onChange={(event) => onChange({ closeToTray: event.currentTarget.checked })}
        />
        {settings.hasTray ? null : <span className={styles.quiet}>{t('closeToTrayOff')}</span>}
      </SettingRow>
      <SettingRow name={t('cli')} hint={t('cliHint')}>
        <code className={styles.path}>{stopCommand(settings.dataDir)}</code>
      </SettingRow>
    </SettingSection>
  );
}

function InFlightCap({ settings, onChange }: { settings: Settings; onChange: Change }) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const [dragged, setDragged] = useState<number | null>(null);
  const cap = dragged ?? settings.inFlightCap;
  return (
    <SettingRow name={t('cap')} hint={t('capHint')}>
      <div className={styles.cap}>
        <Slider
          min={1}
          max={32}
          value={cap}
          label={null}
          thumbLabel={t('cap')}
          marks={[{ value: 1 }, { value: 4 }, { value: 8 }, { value: 16 }, { value: 24 }, { value: 32 }]}
          onChange={setDragged}
          onChangeEnd={(inFlightCap) => {
            setDragged(null);
            onChange({ inFlightCap });
          }}
        />
        <span className={styles.number}>{numberOf(cap, language)}</span>
      </div>
      <div>
        <span className={styles.strong}>{t('capWords', { count: cap, n: numberOf(cap, language) })}</span>{' '}
        <span className={styles.quiet}>{t('capUsual')}</span>
      </div>
    </SettingRow>
  );
}

function Computer({ settings, app }: { settings: Settings; app: AppView }) {
  const { t } = useTranslation('settings');
  const store = (['keyring', 'passphrase', 'this-run'] as const).find(
    (known) => known === settings.secretStore,
  );
  return (
    <SettingSection title={t('computer')}>
      <SettingRow name={t('secrets')}>
        <span>{store ? t(`secretStores.${store}`) : settings.secretStore}</span>
        {store === 'this-run' ? <Notice tone="warn">{t('secretThisRun')}</Notice> : null}
      </SettingRow>
      <SettingRow name={t('folder')} hint={t('folderHint')}>
        <code className={styles.path}>{settings.dataDir}</code>
        <CopyButton value={settings.dataDir}>
          {({ copied, copy }) => (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
              onClick={copy}
            >
              {t(copied ? 'copied' : 'copy')}
            </Button>
          )}
        </CopyButton>
        <DataFolder />
      </SettingRow>
      <SettingRow name={t('version')}>
        <span data-selectable>{t('versionWords', { version: app.version, electron: app.electron })}</span>
        {app.isTrialRuntime ? <Notice tone="warn">{t('trial')}</Notice> : null}
      </SettingRow>
    </SettingSection>
  );
}
