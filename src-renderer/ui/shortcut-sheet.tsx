import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../api.ts';
import { Dialog } from './dialog.tsx';
import { Keys } from './keys.tsx';
import styles from './shortcut-sheet.module.css';
import { IS_MAC } from './shortcut-words.ts';

/** Every key the app listens to, on one sheet. */
export function ShortcutSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation(['shell', 'help', 'aids']);
  const accelerator = useRead('settings.read', {}).data?.shortcut.accelerator ?? '';
  return (
    <Dialog opened={opened} onClose={onClose} title={t('sheet.title')} width={560}>
      {accelerator ? (
        <Group title={t('sheet.everywhere')}>
          <Line name={t('sheet.stopAll')}>
            <Keys accelerator={accelerator} />
          </Line>
        </Group>
      ) : null}
      <Group title={t('sheet.window')}>
        <Line name={t('sheet.palette')}>
          <Keys accelerator="CommandOrControl+K" />
        </Line>
        <Line name={t('sheet.sheet')}>
          <Keys accelerator="?" />
        </Line>
        <Line name={t('help:key')}>
          <Keys accelerator="F1" />
        </Line>
        <Line name={t('sheet.views')}>
          <Keys accelerator="CommandOrControl+1" /> {t('sheet.to')} <Keys accelerator="CommandOrControl+9" />
        </Line>
        <Line name={t('sheet.settings')}>
          <Keys accelerator="CommandOrControl+," />
        </Line>
        <Line name={t('sheet.back')}>
          <Keys accelerator={IS_MAC ? 'Command+[' : 'Alt+←'} />
        </Line>
        <Line name={t('sheet.close')}>
          <Keys accelerator="Esc" />
        </Line>
      </Group>
      <Group title={t('sheet.writing')}>
        <Line name={t('aids:saved.title')}>
          <Keys accelerator="CommandOrControl+Shift+E" />
        </Line>
        <Line name={t('aids:emoji.title')}>
          <Keys accelerator="CommandOrControl+J" />
        </Line>
      </Group>
      <Group title={t('sheet.lists')}>
        <Line name={t('sheet.move')}>
          <Keys accelerator="↑+↓" />
        </Line>
        <Line name={t('sheet.openRow')}>
          <Keys accelerator="→" />
        </Line>
        <Line name={t('sheet.closeRow')}>
          <Keys accelerator="←" />
        </Line>
        <Line name={t('sheet.ends')}>
          <Keys accelerator="Home" /> {t('sheet.or')} <Keys accelerator="End" />
        </Line>
        <Line name={t('sheet.choose')}>
          <Keys accelerator="Shift" /> <Keys accelerator="CommandOrControl" />{' '}
          <Keys accelerator="CommandOrControl+A" />
        </Line>
      </Group>
    </Dialog>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.group}>
      <h3>{title}</h3>
      <dl>{children}</dl>
    </section>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.line}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
