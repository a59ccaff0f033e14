import { Button, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { sayDone } from '../ui/toasts.ts';
import styles from './forms.module.css';

/** What a network must be told before anybody can sign in with the browser; nothing where it need not. */
export function RedirectAddress({ address }: { address: string | null }) {
  const { t } = useTranslation('desk');
  if (address === null) return null;
  return (
    <div className={styles.besideButton}>
      <TextInput
        label={t('connecting.redirect')}
        description={t('connecting.redirectHint')}
        value={address}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button
        variant="default"
        onClick={() =>
          void navigator.clipboard.writeText(address).then(() => sayDone(t('connecting.copiedAddress')))
        }
      >
        {t('connecting.copy')}
      </Button>
    </div>
  );
}
