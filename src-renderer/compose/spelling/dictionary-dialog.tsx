import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KnownWordView } from '../../../src-preload/aid-views.ts';
import { useAction } from '../../api.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { RefusalNotice } from '../../ui/refusal-notice.tsx';
import { useDesk } from '../../ui/use-desk.ts';
import aids from '../aids/mentions.module.css';
import saved from '../aids/saved-texts.module.css';

/** The words people added, for these brands or for all. */
export function DictionaryDialog(props: { words: readonly KnownWordView[]; onClose: () => void }) {
  const { t } = useTranslation(['aids', 'common']);
  const desk = useDesk();
  const [gone, setGone] = useState<KnownWordView | null>(null);
  const remove = useAction('word.remove');
  const keep = useAction('word.keep');
  const undo = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLUListElement>(null);
  // What had the focus went with its line.
  useEffect(() => {
    if (gone) undo.current?.focus();
  }, [gone]);
  return (
    <Dialog opened at="side" width={420} title={t('spelling.dictionary')} onClose={props.onClose}>
      <RefusalNotice error={remove.error ?? keep.error} />
      {gone ? (
        <Notice
          tone="good"
          action={
            <Button
              ref={undo}
              size="compact-sm"
              variant="default"
              onClick={() =>
                keep.mutate(
                  { brandId: gone.brandId, word: gone.word },
                  {
                    onSuccess: () => {
                      setGone(null);
                      list.current?.querySelector('button')?.focus();
                    },
                  },
                )
              }
            >
              {t('common:undo')}
            </Button>
          }
        >
          <span role="status">{t('saved.removed', { name: gone.word })}</span>
        </Notice>
      ) : null}
      <ul ref={list} className={saved.list}>
        {props.words.map((one) => (
          <li key={one.id} className={saved.one}>
            <span className={aids.handle}>{one.word}</span>
            <span className={aids.whose}>
              {one.brandId === null ? t('saved.allBrands') : (desk.brandById.get(one.brandId)?.name ?? '')}
            </span>
            <Tooltip label={t('saved.remove')}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('saved.removeName', { name: one.word })}
                onClick={() => remove.mutate({ id: one.id }, { onSuccess: () => setGone(one) })}
              >
                <IconTrash size={16} aria-hidden="true" />
              </ActionIcon>
            </Tooltip>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
