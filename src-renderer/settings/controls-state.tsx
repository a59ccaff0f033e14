import { IconAlertTriangle, IconCircleCheck, IconClock, IconHelpCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ControlView } from '../../src-preload/views.ts';
import { useRead } from '../api.ts';
import { dayTimeOf, exactTimeOf, localZone, useLanguage } from '../time.ts';
import { Badge } from '../ui/state-badge.tsx';
import { SettingRow } from './setting-row.tsx';
import styles from './settings.module.css';

/** What the last look found of every control: looked at about once a minute, all the time. */
export function ControlsState() {
  const { t } = useTranslation('settings');
  const controls = useRead('control.list', {}).data ?? [];
  return (
    <SettingRow name={t('checks')} hint={t('checksHint')}>
      <ul className={styles.checks}>
        {controls.map((one) => (
          <Control key={one.control} one={one} />
        ))}
      </ul>
    </SettingRow>
  );
}

function Control({ one }: { one: ControlView }) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const shortcut = useRead('settings.read', {}).data?.shortcut;
  const isUnproven = one.control === 'shortcut' && shortcut?.provenAt === null;
  return (
    <li>
      <span className={styles.checkName}>{t(`check.${one.control}`)}</span>
      {one.works === null ? (
        <Badge tone="quiet" icon={IconClock}>
          {t('checkSoon')}
        </Badge>
      ) : one.works && isUnproven ? (
        <Badge tone="warn" icon={IconHelpCircle}>
          {t('checkUnproven')}
        </Badge>
      ) : one.works ? (
        <Badge tone="good" icon={IconCircleCheck}>
          {t('checkWorks')}
        </Badge>
      ) : (
        <Badge tone={one.hasWorked ? 'bad' : 'warn'} icon={IconAlertTriangle}>
          {t(one.hasWorked ? 'checkLost' : 'checkAbsent')}
        </Badge>
      )}
      <span className={styles.quiet}>
        {one.problem === ''
          ? null
          : `${t(`checkProblem.${one.problem}`)} ${t('checkSince', { when: dayTimeOf(one.since, language, localZone()) })} `}
        {one.checkedAt === null
          ? null
          : t('checkedAt', { when: exactTimeOf(one.checkedAt, language, localZone()) })}
      </span>
    </li>
  );
}
