import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../api.ts';
import { useSaidByMain } from '../main-words.ts';
import { shortcutWords } from '../ui/shortcut-words.ts';
import { stopCommand } from '../ui/stop-command.ts';
import styles from './by-hand.module.css';

/** The means that need no answer from the app. `todo` is what main says about this very stop; it comes first. */
export function ByHand({ todo, isShort }: { todo: string; isShort?: boolean }) {
  const { t } = useTranslation('stop');
  const saidByMain = useSaidByMain();
  const settings = useRead('settings.read', {}).data;
  const separator = settings?.dataDir.includes('\\') ? '\\' : '/';
  return (
    <div className={styles.byHand}>
      <h2>{t('byHand.title')}</h2>
      {todo ? <p className={styles.todo}>{saidByMain(todo)}</p> : null}
      {isShort ? null : (
        <>
          <p>{t('byHand.intro')}</p>
          <ol>
            <li>
              {t('byHand.again', { shortcut: shortcutWords(settings?.shortcut.accelerator ?? '') || '–' })}
            </li>
            <li>
              {t('byHand.file')}
              <Copyable text={`${settings?.dataDir ?? '…'}${separator}permit`} />
            </li>
            <li>
              {t('byHand.command')}
              <Copyable text={stopCommand(settings?.dataDir ?? '')} />
            </li>
            <li>{t('byHand.network')}</li>
          </ol>
        </>
      )}
    </div>
  );
}

function Copyable({ text }: { text: string }) {
  const { t } = useTranslation('stop');
  return (
    <div className={styles.copyable}>
      <code>{text}</code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
            onClick={copy}
          >
            {copied ? t('byHand.copied') : t('byHand.copy')}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
