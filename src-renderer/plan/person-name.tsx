import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction, useRead } from '../api.ts';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import styles from './checklist.module.css';

/** The name under which things are ticked off; '' while nobody said theirs. */
export function usePersonName(): string {
  return useRead('settings.read', {}).data?.personName.trim() ?? '';
}

/** Asks once for the name under which things are ticked off, and lets somebody else take over. Nothing can be ticked off without it. */
export function PersonName() {
  const { t } = useTranslation('plan');
  const settings = useRead('settings.read', {}).data;
  const name = usePersonName();
  const [typed, setTyped] = useState<string | null>(null);
  const change = useAction('settings.change');
  if (!settings) return null;
  if (name !== '' && typed === null)
    return (
      <p className={styles.person}>
        {t('checklist.whoAs', { name })}{' '}
        <Button size="compact-xs" variant="subtle" onClick={() => setTyped('')}>
          {t('checklist.whoChange')}
        </Button>
      </p>
    );
  return (
    <form
      className={styles.personForm}
      onSubmit={(event) => {
        event.preventDefault();
        const personName = (typed ?? '').trim();
        if (personName !== '') change.mutate({ personName }, { onSuccess: () => setTyped(null) });
        else if (name !== '') setTyped(null);
      }}
    >
      <TextInput
        label={t('checklist.who')}
        description={t('checklist.whoHint')}
        maxLength={200}
        value={typed ?? ''}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={change.isPending}>
        {t('checklist.whoKeep')}
      </Button>
      <RefusalNotice error={change.error} />
    </form>
  );
}
