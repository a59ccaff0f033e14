import { Button, Loader, SegmentedControl } from '@mantine/core';
import { IconArrowRight, IconBuildingStore, IconFlask } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../api.ts';
import { useLanguage } from '../time.ts';
import { useTourName } from '../tour/use-tour-name.ts';
import { useCommands } from '../ui/commands.ts';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import styles from './first-run.module.css';

/** In the place of the desk while there is neither brand nor account: practice data, or an empty desk. */
export function FirstRun({ onEmpty }: { onEmpty: () => void }) {
  const { t } = useTranslation('shell');
  const language = useLanguage();
  const practice = useAction('practice.load');
  const settings = useAction('settings.change');
  const commands = useCommands();
  const tourName = useTourName();
  return (
    <div className={styles.screen}>
      <div className={styles.language}>
        <SegmentedControl
          size="xs"
          aria-label={t('firstRun.language')}
          value={language}
          data={[
            { value: 'en', label: 'English' },
            { value: 'fr', label: 'Français' },
          ]}
          onChange={(value) => settings.mutate({ language: value === 'fr' ? 'fr' : 'en' })}
        />
      </div>
      <h1>{t('firstRun.title')}</h1>
      <p className={styles.lead}>{t('firstRun.lead')}</p>
      <div className={styles.choices}>
        <Choice
          icon={<IconFlask size={26} stroke={1.6} aria-hidden="true" />}
          title={t('firstRun.practice')}
          isBusy={practice.isPending}
          onClick={() => practice.mutate({})}
        >
          {practice.isPending ? t('firstRun.loading') : t('firstRun.practiceMore')}
        </Choice>
        <Choice
          icon={<IconBuildingStore size={26} stroke={1.6} aria-hidden="true" />}
          title={t('firstRun.empty')}
          isBusy={false}
          onClick={onEmpty}
        >
          {t('firstRun.emptyMore')}
        </Choice>
      </div>
      <RefusalNotice error={practice.error ?? settings.error} />
      <p className={styles.quiet}>{t('firstRun.nothingYet')}</p>
      <Button variant="default" onClick={() => commands.open('tour')}>
        {tourName}
      </Button>
    </div>
  );
}

function Choice(props: {
  icon: ReactNode;
  title: string;
  children: string;
  isBusy: boolean;
  onClick: () => void;
}) {
  return (
    <button type="button" className={styles.choice} onClick={props.onClick} aria-busy={props.isBusy}>
      <span className={styles.picture}>{props.icon}</span>
      <span className={styles.name}>
        {props.title}
        {props.isBusy ? <Loader size={15} /> : <IconArrowRight size={17} aria-hidden="true" />}
      </span>
      <span className={styles.words}>{props.children}</span>
    </button>
  );
}
