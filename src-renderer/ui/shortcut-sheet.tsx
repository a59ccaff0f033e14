import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../api.ts';
import { Dialog } from './dialog.tsx';
import { Keys } from './keys.tsx';
import styles from './shortcut-sheet.module.css';
import { IS_MAC } from './shortcut-words.ts';
import { useCommandName } from './use-command-name.ts';
import { useKeyOf } from './use-window-keys.ts';
import { useOpenView, VIEWS } from './view-route.ts';

const WINDOW = ['palette', 'shortcuts', 'help', 'settings', 'write', 'import'] as const;
const WRITING = ['schedule', 'saved-texts', 'emoji'] as const;

/** Every key the app listens to, on one sheet. */
export function ShortcutSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation(['shell', 'help', 'aids', 'adapt']);
  const accelerator = useRead('settings.read', {}).data?.shortcut.accelerator ?? '';
  const openView = useOpenView();
  const keyOf = useKeyOf();
  const nameOf = useCommandName();
  const hasFirstViewKeys = VIEWS.every(
    (view, index) => keyOf(`view-${view}`) === `CommandOrControl+${String(index + 1)}`,
  );
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
        {WINDOW.map((command) =>
          keyOf(command) === '' ? null : (
            <Line key={command} name={nameOf(command)}>
              <Keys accelerator={keyOf(command)} />
            </Line>
          ),
        )}
        {hasFirstViewKeys ? (
          <Line name={t('sheet.views')}>
            <Keys accelerator="CommandOrControl+1" /> {t('sheet.to')}{' '}
            <Keys accelerator={`CommandOrControl+${String(VIEWS.length)}`} />
          </Line>
        ) : (
          VIEWS.map((view) =>
            keyOf(`view-${view}`) === '' ? null : (
              <Line key={view} name={nameOf(`view-${view}`)}>
                <Keys accelerator={keyOf(`view-${view}`)} />
              </Line>
            ),
          )
        )}
        <Line name={t('sheet.back')}>
          <Keys accelerator={IS_MAC ? 'Command+[' : 'Alt+←'} />
        </Line>
        <Line name={t('sheet.close')}>
          <Keys accelerator="Esc" />
        </Line>
      </Group>
      <Button
        size="compact-sm"
        variant="default"
        mt="xs"
        onClick={() => {
          openView('settings', { part: 'keys' });
          onClose();
        }}
      >
        {t('sheet.change')}
      </Button>
      <Group title={t('sheet.writing')}>
        {WRITING.map((command) =>
          keyOf(command) === '' ? null : (
            <Line key={command} name={nameOf(command)}>
              <Keys accelerator={keyOf(command)} />
            </Line>
          ),
        )}
        <Line name={t('adapt:thread.cut')}>
          <Keys accelerator="Alt+Enter" />
        </Line>
        <Line name={t('adapt:thread.move')}>
          <Keys accelerator="Alt+↑" /> {t('sheet.or')} <Keys accelerator="Alt+↓" />
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
