import { Button, SegmentedControl, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { HoursAhead, KnowSettings, YesAhead } from '../../src-preload/know-views.ts';
import { useAction, useRead } from '../api.ts';
import { SettingRow, SettingSection } from '../settings/setting-row.tsx';
import styles from '../settings/settings.module.css';
import { localZone, numberOf, timeOf, useLanguage } from '../time.ts';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { useOpenView } from '../ui/view-route.ts';

type Minutes = KnowSettings['keepAwakeMinutes'];
const CHOICES: readonly Minutes[] = [0, 15, 60, 720];

/** Whether this computer will be awake for what is planned, and what can be done about it. */
export function AwakeSection(props: {
  keepAwakeMinutes: Minutes;
  onChange: (change: { keepAwakeMinutes: Minutes }) => void;
}) {
  const { t } = useTranslation('know');
  const read = useRead('know.read', {}).data;
  const login = useAction('login.change');
  return (
    <SettingSection title={t('awake')} hint={t('awakeHint')}>
      {read?.ahead ? <Ahead ahead={read.ahead} waiting={read.waiting} /> : null}
      <SettingRow name={t('keep')} hint={t('keepHint')}>
        <SegmentedControl
          aria-label={t('keep')}
          value={String(props.keepAwakeMinutes)}
          data={CHOICES.map((value) => ({ value: String(value), label: t(`keepChoices.${value}`) }))}
          onChange={(value) => {
            const minutes = CHOICES.find((choice) => String(choice) === value);
            if (minutes !== undefined) props.onChange({ keepAwakeMinutes: minutes });
          }}
        />
      </SettingRow>
      <SettingRow name={t('login')} hint={t('loginHint')}>
        <Switch
          label={t('loginLabel')}
          checked={read?.startsAtLogin ?? false}
          disabled={read === undefined}
          onChange={(event) => login.mutate({ startsAtLogin: event.currentTarget.checked })}
        />
        <RefusalNotice error={login.error} />
      </SettingRow>
    </SettingSection>
  );
}

function Ahead({ ahead, waiting }: { ahead: HoursAhead; waiting: YesAhead }) {
  const { t } = useTranslation('know');
  const openView = useOpenView();
  const language = useLanguage();
  const time = (at: number | null) => (at === null ? '' : timeOf(at, language, localZone()));
  const { posts } = ahead;
  return (
    <SettingRow name={t('ahead', { hours: ahead.hours })}>
      {!ahead.isPublishing ? (
        <span className={styles.quiet}>{t('aheadOff')}</span>
      ) : posts === 0 ? (
        <span className={styles.quiet}>{t('aheadNone')}</span>
      ) : (
        <>
          <span className={styles.strong}>
            {t('aheadPosts', {
              count: posts,
              n: numberOf(posts, language),
              first: time(ahead.firstAt),
              last: time(ahead.lastAt),
            })}
          </span>
          {ahead.mayMissAt === null ? (
            <span className={styles.quiet}>{t('staysAwake')}</span>
          ) : (
            <Notice tone="warn">{t('mayMiss', { when: time(ahead.mayMissAt) })}</Notice>
          )}
        </>
      )}
      {waiting.posts > 0 ? (
        <Notice
          tone="warn"
          action={
            <Button size="compact-sm" variant="default" onClick={() => openView('queue', { yes: 'waiting' })}>
              {t('showWaiting')}
            </Button>
          }
        >
          {t('yesAhead', {
            count: waiting.posts,
            n: numberOf(waiting.posts, language),
            first: time(waiting.firstAt),
          })}
        </Notice>
      ) : null}
    </SettingRow>
  );
}
