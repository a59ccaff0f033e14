import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconAt, IconMoodSmile, IconTemplate } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog.tsx';
import { shortcutWords } from '../../ui/shortcut-words.ts';
import { useCommandOf, useKeyOf } from '../../ui/use-window-keys.ts';
import { SpellingList, SpellingSelect } from '../spelling/spelling-list.tsx';
import type { Spelling } from '../spelling/use-spelling.ts';
import type { WordAt } from '../spelling/words-in.ts';
import css from './aids.module.css';
import { EmojiPicker } from './emoji-picker.tsx';
import { focusText, insertText, spaced, useTextTarget } from './insert-text.ts';
import { MentionNotice } from './mention-notice.tsx';
import { useMentionSuggestions } from './mention-suggestions.tsx';
import { MentionsDialog } from './mentions-dialog.tsx';
import { SavedTextsDialog } from './saved-texts-dialog.tsx';
import type { TextAbout } from './text-about.ts';

type Opened = { kind: 'saved'; text: string } | { kind: 'emoji' } | { kind: 'mentions' };

/** Text fields, and under them what helps to write in them: it works on the one that had the focus last. */
export function TextTools(props: {
  about: TextAbout;
  parts: readonly string[];
  spelling: Spelling;
  children: ReactNode;
  action: ReactNode;
}) {
  const { about, spelling } = props;
  const { t } = useTranslation('aids');
  const { box, target, onFocus } = useTextTarget();
  const commandAt = useCommandOf();
  const keyOf = useKeyOf();
  const withKey = useWithKey();
  const [opened, setOpened] = useState<Opened | null>(null);
  const mentions = useMentionSuggestions(box, about.accountIds);

  // The field takes the focus first, so that it has it again when the dialog closes.
  const open = (kind: Opened['kind']) => {
    const area = target();
    area?.focus();
    mentions.close();
    if (kind !== 'saved') {
      setOpened({ kind });
      return;
    }
    const chosen = area?.value.slice(area.selectionStart, area.selectionEnd).trim() ?? '';
    setOpened({ kind, text: chosen === '' ? (area?.value.trim() ?? '') : chosen });
  };
  const close = () => {
    setOpened(null);
    const area = target();
    if (area) focusText(area);
  };
  const insert = (text: string, isSpaced: boolean) => {
    setOpened(null);
    const area = target();
    if (area) insertText(area, isSpaced ? spaced(area, text) : text);
  };
  const replace = (part: number, at: WordAt, word: string) => {
    const area = box.current?.querySelectorAll<HTMLTextAreaElement>('textarea:not([aria-hidden])')[part];
    if (!area || area.value.slice(at.start, at.end) !== at.word) return;
    area.setSelectionRange(at.start, at.end);
    insertText(area, word);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLTextAreaElement)) return;
    const command = commandAt(event);
    if (mentions.onKey(event)) event.stopPropagation();
    else if (command === 'saved-texts') open('saved');
    else if (command === 'emoji') open('emoji');
    else return;
    event.preventDefault();
  };
  const look = (event: SyntheticEvent) => {
    if (event.target instanceof HTMLTextAreaElement) mentions.look(event.target);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the text fields inside, which the buttons below do as well.
    <div
      ref={box}
      className={css.box}
      onFocus={onFocus}
      onBlur={mentions.close}
      onKeyDown={onKeyDown}
      onKeyUp={look}
      onClick={look}
      onInput={look}
    >
      {props.children}
      {mentions.list}
      <div className={css.tools}>
        {props.action}
        <div className={css.buttons} role="toolbar" aria-label={t('tools')}>
          <SpellingSelect spelling={spelling} />
          <Tool name={t('emoji.title')} accelerator={keyOf('emoji')} onClick={() => open('emoji')}>
            <IconMoodSmile size={18} aria-hidden="true" />
          </Tool>
          <Tool name={t('mentions.title')} accelerator="@" onClick={() => open('mentions')}>
            <IconAt size={18} aria-hidden="true" />
          </Tool>
          <Tooltip label={withKey(t('saved.title'), keyOf('saved-texts'))}>
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconTemplate size={15} aria-hidden="true" />}
              onClick={() => open('saved')}
            >
              {t('saved.title')}
            </Button>
          </Tooltip>
        </div>
      </div>
      <SpellingList spelling={spelling} about={about} onReplace={replace} />
      <MentionNotice parts={props.parts} accountIds={about.accountIds} />
      {opened?.kind === 'saved' ? (
        <SavedTextsDialog about={about} current={opened.text} onInsert={insert} onClose={close} />
      ) : null}
      {opened?.kind === 'mentions' ? (
        <MentionsDialog about={about} onInsert={(handle) => insert(handle, true)} onClose={close} />
      ) : null}
      <Dialog
        opened={opened?.kind === 'emoji'}
        at="side"
        width={392}
        title={t('emoji.title')}
        onClose={close}
      >
        <EmojiPicker onChoose={(emoji) => insert(emoji, false)} />
      </Dialog>
    </div>
  );
}

function Tool(props: { name: string; accelerator: string; onClick: () => void; children: ReactNode }) {
  const withKey = useWithKey();
  return (
    <Tooltip label={withKey(props.name, props.accelerator)}>
      <ActionIcon variant="subtle" aria-label={props.name} onClick={props.onClick}>
        {props.children}
      </ActionIcon>
    </Tooltip>
  );
}

/** A name with the key that does the same; without one the name alone. */
function useWithKey(): (name: string, accelerator: string) => string {
  const { t } = useTranslation('aids');
  return (name, accelerator) =>
    accelerator === '' ? name : t('withKey', { name, key: shortcutWords(accelerator) });
}
