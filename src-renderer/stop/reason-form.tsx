import { Button, Textarea } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StopView } from '../../src-preload/views.ts';
import { useAction } from '../api.ts';
import { useSaidByMain } from '../main-words.ts';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import styles from './stop-details.module.css';

/** Why it was stopped: asked afterwards, never before. */
export function ReasonForm({ stop }: { stop: StopView }) {
  const { t } = useTranslation('stop');
  const [typed, setTyped] = useState<string | null>(null);
  const explain = useAction('stop.explain');
  const kept = useSaidByMain()(stop.reason);
  const text = typed ?? kept;
  const isSaved = text.trim() === kept.trim();
  return (
    <div className={styles.reason}>
      <Textarea
        label={t('reason.label')}
        description={t('reason.hint')}
        placeholder={t('reason.placeholder')}
        value={text}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={2_000}
      />
      <div className={styles.save}>
        <Button
          size="compact-sm"
          variant="default"
          disabled={isSaved}
          loading={explain.isPending}
          onClick={() =>
            explain.mutate({ stopId: stop.id, reason: text.trim() }, { onSuccess: () => setTyped(null) })
          }
        >
          {t('reason.save')}
        </Button>
        {isSaved && kept !== '' ? (
          <span className={styles.saved}>
            <IconCheck size={14} aria-hidden="true" /> {t('reason.saved')}
          </span>
        ) : null}
      </div>
      <RefusalNotice error={explain.error} />
    </div>
  );
}
