import { Button, Group } from '@mantine/core';
import { IconNotes } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DraftView } from '../../src-preload/views.ts';
import { useAction } from '../api.ts';
import { dayTimeOf, localZone, numberOf, useLanguage } from '../time.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Empty } from '../ui/empty.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import css from './drafts.module.css';

/** The shared text; where there is none, the first that an account says in its own words. */
export function excerptOf(draft: DraftView, noText: string): string {
  const text = [draft, ...draft.variants]
    .map(({ parts }) => parts.join(' ').replace(/\s+/gu, ' ').trim())
    .find((one) => one !== '');
  return text === undefined ? noText : text.slice(0, 160);
}

/** All drafts, the newest first: go on with one, or delete it after a second click. */
export function DraftsDialog(props: {
  drafts: readonly DraftView[];
  currentId: number | null;
  onOpen: (draft: DraftView) => void;
  onRemoved: (draftId: number) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation(['compose', 'common']);
  const language = useLanguage();
  const remove = useAction('draft.remove');
  const [asking, setAsking] = useState<number | null>(null);
  const drafts = [...props.drafts].sort((a, b) => b.changedAt - a.changedAt);
  return (
    <Dialog opened at="side" width={480} title={t('drafts.title')} onClose={props.onClose}>
      <RefusalNotice error={remove.error} />
      {drafts.length === 0 ? <Empty icon={IconNotes} title={t('drafts.none')} /> : null}
      <ul className={css.list}>
        {drafts.map((draft) => (
          <li key={draft.id} className={css.draft}>
            <div className={css.text}>{excerptOf(draft, t('drafts.noText'))}</div>
            <div className={css.facts}>
              {dayTimeOf(draft.changedAt, language, localZone())} ·{' '}
              {t('common:accounts', {
                count: draft.accountIds.length,
                n: numberOf(draft.accountIds.length, language),
              })}
              {draft.id === props.currentId ? ` · ${t('drafts.current')}` : ''}
            </div>
            {asking === draft.id ? (
              <Group gap={6}>
                <span className={css.question}>{t('drafts.question')}</span>
                <Button size="compact-sm" variant="default" onClick={() => setAsking(null)}>
                  {t('common:back')}
                </Button>
                <Button
                  size="compact-sm"
                  color="stop"
                  loading={remove.isPending}
                  onClick={() =>
                    remove.mutate({ draftId: draft.id }, { onSuccess: () => props.onRemoved(draft.id) })
                  }
                >
                  {t('drafts.delete')}
                </Button>
              </Group>
            ) : (
              <Group gap={6}>
                <Button
                  size="compact-sm"
                  variant="default"
                  disabled={draft.id === props.currentId}
                  onClick={() => props.onOpen(draft)}
                >
                  {t('drafts.open')}
                </Button>
                <Button size="compact-sm" variant="subtle" onClick={() => setAsking(draft.id)}>
                  {t('drafts.delete')}
                </Button>
              </Group>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
