import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconMoodSmile, IconTemplate } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog.tsx';
import { IS_MAC, shortcutWords } from '../../ui/shortcut-words.ts';
import css from './aids.module.css';
import { EmojiPicker } from './emoji-picker.tsx';
import { focusText, insertText, spaced, useTextTarget } from './insert-text.ts';
import { SavedTextsDialog } from './saved-texts-dialog.tsx';
import type { TextAbout } from './text-about.ts';

const SAVED_TEXTS_KEY = 'CommandOrControl+Shift+E';
const EMOJI_KEY = 'CommandOrControl+J';

const isCommand = (event: KeyboardEvent) => (IS_MAC ? event.metaKey : event.ctrlKey) && !event.altKey;

/** Text fields, and under them what helps to write in them: it works on the one that had the focus last. */
export function TextTools(props: { about: TextAbout; children: ReactNode; action: ReactNode }) {
  const { about } = props;
  const { t } = useTranslation('aids');
  const { box, target, onFocus } = useTextTarget();
  const [saved, setSaved] = useState<{ text: string } | null>(null);

  // The field takes the focus first, so that it has it again when the dialog closes.
  const openSaved = () => {
    const area = target();
    area?.focus();
    const chosen = area?.value.slice(area.selectionStart, area.selectionEnd).trim() ?? '';
    setSaved({ text: chosen === '' ? (area?.value.trim() ?? '') : chosen });
  };
  const [isEmoji, setIsEmoji] = useState(false);
  const openEmoji = () => {
    target()?.focus();
    setIsEmoji(true);
  };
  const close = () => {
    setSaved(null);
    setIsEmoji(false);
    const area = target();
    if (area) focusText(area);
  };
  const insert = (text: string, isSpaced: boolean) => {
    setSaved(null);
    setIsEmoji(false);
    const area = target();
    if (area) insertText(area, isSpaced ? spaced(area, text) : text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isCommand(event) || !(event.target instanceof HTMLTextAreaElement)) return;
    if (event.shiftKey && event.key.toLowerCase() === 'e') openSaved();
    else if (!event.shiftKey && event.key.toLowerCase() === 'j') openEmoji();
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the text fields inside, which the buttons below do as well.
    <div ref={box} onFocus={onFocus} onKeyDown={onKeyDown}>
      {props.children}
      <div className={css.tools}>
        {props.action}
        <div className={css.buttons} role="toolbar" aria-label={t('tools')}>
          <Tooltip label={t('withKey', { name: t('emoji.title'), key: shortcutWords(EMOJI_KEY) })}>
            <ActionIcon variant="subtle" aria-label={t('emoji.title')} onClick={openEmoji}>
              <IconMoodSmile size={18} aria-hidden="true" />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('withKey', { name: t('saved.title'), key: shortcutWords(SAVED_TEXTS_KEY) })}>
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconTemplate size={15} aria-hidden="true" />}
              onClick={openSaved}
            >
              {t('saved.title')}
            </Button>
          </Tooltip>
        </div>
      </div>
      {saved ? (
        <SavedTextsDialog about={about} current={saved.text} onInsert={insert} onClose={close} />
      ) : null}
      <Dialog opened={isEmoji} at="side" width={392} title={t('emoji.title')} onClose={close}>
        <EmojiPicker onChoose={(emoji) => insert(emoji, false)} />
      </Dialog>
    </div>
  );
}
