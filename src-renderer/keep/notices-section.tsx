import { Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DigestView, KnowSettings } from '../../src-preload/know-views.ts';
import { useRead } from '../api.ts';
import { SettingRow, SettingSection } from '../settings/setting-row.tsx';
import styles from '../settings/settings.module.css';
import { localZone, numberOf, timeOf, useLanguage } from '../time.ts';

const CLASSES = ['missed', 'failed', 'unconfirmed', 'signIns', 'yes', 'backups'] as const;

type Change = (change: Partial<Pick<KnowSettings, 'notices' | 'digest'>>) => void;

/** What a person is told by the desktop, and the digest of the day. */
export function NoticesSection({ settings, onChange }: { settings: KnowSettings; onChange: Change }) {
  const { t } = useTranslation('know');
  const { notices, digest } = settings;
  return (
    <SettingSection title={t('notices')} hint={t('noticesHint')}>
      <SettingRow name={t('tellMe')}>
        {CLASSES.map((name) => (
          <Switch
            key={name}
            label={t(`classes.${name}`)}
            checked={notices[name]}
            onChange={(event) => onChange({ notices: { ...notices, [name]: event.currentTarget.checked } })}
          />
        ))}
      </SettingRow>
      <SettingRow name={t('digest')} hint={t('digestHint')}>
        <div className={styles.line}>
          <Switch
            label={t('digestLabel')}
            checked={digest.isOn}
            onChange={(event) => onChange({ digest: { ...digest, isOn: event.currentTarget.checked } })}
          />
          {digest.isOn ? (
            <TimeField at={digest.at} onChange={(at) => onChange({ digest: { ...digest, at } })} />
          ) : null}
        </div>
        {digest.isOn ? <Preview /> : null}
      </SettingRow>
    </SettingSection>
  );
}

/** Kept when it is whole and left: half a time is no time. */
function TimeField({ at, onChange }: { at: string; onChange: (at: string) => void }) {
  const { t } = useTranslation('know');
  const [typed, setTyped] = useState(at);
  return (
    <TextInput
      type="time"
      size="xs"
      aria-label={t('digestAt')}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() =>
        /^\d\d:\d\d$/u.test(typed) ? (typed === at ? undefined : onChange(typed)) : setTyped(at)
      }
    />
  );
}

function Preview() {
  const { t } = useTranslation('know');
  const digest = useRead('digest.read', {}).data;
  const say = useDigestWords();
  return digest ? <span className={styles.quiet}>{t('digestNow', { words: say(digest) })}</span> : null;
}

function useDigestWords(): (digest: DigestView) => string {
  const { t } = useTranslation('know');
  const language = useLanguage();
  const n = (value: number) => numberOf(value, language);
  return (digest) => {
    const { published, failed, missed, waiting, tomorrow, tomorrowFirstAt: at } = digest;
    const day = [
      t('wentOut', { count: published, n: n(published) }),
      failed > 0 ? t('failed', { n: n(failed) }) : '',
      missed > 0 ? t('missed', { n: n(missed) }) : '',
    ].filter((part) => part !== '');
    const first = at === null ? '' : timeOf(at, language, localZone());
    return [
      `${day.join(', ')}.`,
      waiting > 0 ? t('waits', { count: waiting, n: n(waiting) }) : '',
      tomorrow > 0 ? t('tomorrow', { count: tomorrow, n: n(tomorrow), first }) : t('nothingTomorrow'),
    ]
      .filter((part) => part !== '')
      .join(' ');
  };
}
