import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedTextView } from '../../../src-preload/aid-views.ts';
import { useAction, useRead } from '../../api.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { RefusalNotice } from '../../ui/refusal-notice.tsx';
import { FillPlaces } from './fill-places.tsx';
import { placesIn } from './places.ts';
import { SavedTextForm } from './saved-text-form.tsx';
import { SavedTextList } from './saved-text-list.tsx';
import css from './saved-texts.module.css';
import type { TextAbout } from './text-about.ts';

type Shown =
  | { kind: 'list' }
  | { kind: 'form'; text: SavedTextView | null }
  | { kind: 'fill'; text: SavedTextView };
/** What was done last, and how it was before. */
type Done = { did: 'added' | 'changed' | 'removed'; text: SavedTextView };

/** Hashtags and templates: inserted with Enter, made of what is written, changed and removed with undo. */
export function SavedTextsDialog(props: {
  about: TextAbout;
  /** What is chosen or written in the text field. */
  current: string;
  onInsert: (text: string, isSpaced: boolean) => void;
  onClose: () => void;
}) {
  const { about } = props;
  const { t } = useTranslation(['aids', 'common']);
  const read = useRead('savedText.list', {});
  const [shown, setShown] = useState<Shown>({ kind: 'list' });
  const [done, setDone] = useState<Done | null>(null);
  const save = useAction('savedText.save');
  const remove = useAction('savedText.remove');

  const choose = (text: SavedTextView) => {
    if (text.kind === 'template' && placesIn(text.text).length > 0) setShown({ kind: 'fill', text });
    else props.onInsert(text.text, text.kind === 'hashtags');
  };
  const box = useRef<HTMLDivElement>(null);
  // What had the focus is gone with its line: the keyboard goes on from the search.
  const search = () => box.current?.querySelector('input')?.focus();
  const takeBack = () => {
    if (done === null || save.isPending || remove.isPending) return;
    const { id, changedAt: _, ...before } = done.text;
    const onSuccess = () => {
      setDone(null);
      search();
    };
    if (done.did === 'added') remove.mutate({ id }, { onSuccess });
    else save.mutate({ ...before, ...(done.did === 'changed' && { id }) }, { onSuccess });
  };

  if (shown.kind === 'fill') {
    return (
      <FillPlaces
        text={shown.text}
        about={about}
        onInsert={(text) => props.onInsert(text, false)}
        onBack={() => setShown({ kind: 'list' })}
        onClose={props.onClose}
      />
    );
  }
  if (shown.kind === 'form') {
    const before = shown.text;
    return (
      <SavedTextForm
        before={before}
        current={props.current}
        about={about}
        onSaved={(now) => {
          setDone(before ? { did: 'changed', text: before } : { did: 'added', text: now });
          setShown({ kind: 'list' });
        }}
        onBack={() => setShown({ kind: 'list' })}
        onClose={props.onClose}
      />
    );
  }
  return (
    <Dialog
      opened
      at="side"
      width={480}
      title={t('saved.title')}
      onClose={props.onClose}
      footer={
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden="true" />}
          onClick={() => setShown({ kind: 'form', text: null })}
        >
          {t('saved.new')}
        </Button>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: one key for all that is inside, which the button does as well. */}
      <div
        ref={box}
        onKeyDown={(event) => {
          const isTyping = event.target instanceof HTMLInputElement && event.target.value !== '';
          if (isTyping || event.key.toLowerCase() !== 'z') return;
          if ((event.ctrlKey || event.metaKey) && !event.shiftKey) takeBack();
        }}
      >
        <RefusalNotice error={read.error} onRetry={() => void read.refetch()} />
        {done ? (
          <div className={css.said}>
            <Notice
              tone="good"
              action={
                <Button size="compact-sm" variant="default" onClick={takeBack}>
                  {t('common:undo')}
                </Button>
              }
            >
              <span role="status">{t(`saved.${done.did}`, { name: done.text.name })}</span>
            </Notice>
          </div>
        ) : null}
        <RefusalNotice error={save.error ?? remove.error} />
        <SavedTextList
          texts={read.data}
          about={about}
          onChoose={choose}
          onChange={(text) => setShown({ kind: 'form', text })}
          onRemove={(text) =>
            remove.mutate(
              { id: text.id },
              {
                onSuccess: ({ removed }) => {
                  if (removed) setDone({ did: 'removed', text });
                  search();
                },
              },
            )
          }
        />
      </div>
    </Dialog>
  );
}
