import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ByHand } from '../stop/by-hand.tsx';
import { useTourName } from '../tour/use-tour-name.ts';
import { useCommands } from '../ui/commands.ts';
import { Dialog } from '../ui/dialog.tsx';
import { useOpenView } from '../ui/view-route.ts';
import styles from './help.module.css';
import { Licences } from './licences.tsx';

const PROMISES = ['once', 'ways', 'stays', 'escape', 'release'] as const;
const WORDS = ['draft', 'post', 'hold', 'missed', 'unconfirmed', 'permit', 'drill'] as const;

/** What the stop promises, what to do by hand, and the words: to be read also when nothing else works. */
export function HelpDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('help');
  const commands = useCommands();
  const openView = useOpenView();
  const tourName = useTourName();
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={t('title')}
      width={620}
      at="side"
      footer={
        <>
          <Button variant="default" onClick={() => commands.open('tour')}>
            {tourName}
          </Button>
          <Button
            variant="default"
            onClick={() => {
              openView('stop', { part: 'drill' });
              onClose();
            }}
          >
            {t('drill')}
          </Button>
          <Button variant="default" onClick={() => commands.open('shortcuts')}>
            {t('keys')}
          </Button>
        </>
      }
    >
      <div className={styles.help}>
        <section>
          <h3>{t('stopTitle')}</h3>
          <ul>
            {PROMISES.map((name) => (
              <li key={name}>{t(`stop.${name}`)}</li>
            ))}
          </ul>
        </section>
        <ByHand todo="" />
        <section>
          <h3>{t('wordsTitle')}</h3>
          <dl>
            {WORDS.map((name) => (
              <div key={name}>
                <dt>{t(`words.${name}.word`)}</dt>
                <dd>{t(`words.${name}.means`)}</dd>
              </div>
            ))}
          </dl>
        </section>
        <section>
          <h3>{t('computerTitle')}</h3>
          <p>{t('computer')}</p>
        </section>
        <Licences />
      </div>
    </Dialog>
  );
}
