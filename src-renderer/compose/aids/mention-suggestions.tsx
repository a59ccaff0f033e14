import { type KeyboardEvent, type RefObject, useEffect, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MentionView } from '../../../src-preload/aid-views.ts';
import { useRead } from '../../api.ts';
import { NetworkIcon } from '../../ui/network-icon.tsx';
import { insertText } from './insert-text.ts';
import { findMentions, type MentionToken, mentionAt } from './mention-token.ts';
import css from './mentions.module.css';

const SHOWN = 6;
const NONE: readonly MentionView[] = [];

type Typing = MentionToken & { area: HTMLTextAreaElement; top: number };

/** Offers whom an @ may mean while it is typed. `look` is to be called after every key, click and change in a text field. */
export function useMentionSuggestions(box: RefObject<HTMLDivElement | null>, accountIds: readonly number[]) {
  const [typing, setTyping] = useState<Typing | null>(null);
  /** Where the list was closed with Escape: it stays closed until another @. */
  const [closedAt, setClosedAt] = useState<number | null>(null);
  const [active, setActive] = useState(0);
  const listId = useId();
  const read = useRead(
    'mention.list',
    { accountIds: accountIds.slice(0, 1_000) },
    { enabled: typing !== null },
  );
  const all = read.data ?? NONE;
  const shown = useMemo(
    () => (typing === null || typing.start === closedAt ? NONE : findMentions(all, typing.typed, SHOWN)),
    [all, typing, closedAt],
  );
  const place = Math.min(active, shown.length - 1);

  const look = (area: HTMLTextAreaElement) => {
    const { selectionStart, selectionEnd, value } = area;
    const token = selectionStart === selectionEnd ? mentionAt(value, selectionStart) : null;
    if (token === null) {
      setClosedAt(null);
      setTyping(null);
      return;
    }
    if (typing?.area === area && typing.start === token.start && typing.typed === token.typed) return;
    const top = area.getBoundingClientRect().bottom - (box.current?.getBoundingClientRect().top ?? 0);
    setTyping({ ...token, area, top });
    setActive(0);
  };
  const choose = (one: MentionView) => {
    if (typing === null) return;
    typing.area.setSelectionRange(typing.start, typing.start + typing.typed.length + 1);
    const after = typing.area.value[typing.area.selectionEnd];
    insertText(typing.area, after === ' ' ? one.handle : `${one.handle} `);
    setTyping(null);
  };
  /** True where the key was for the list. */
  const onKey = (event: KeyboardEvent): boolean => {
    if (shown.length === 0 || event.nativeEvent.isComposing) return false;
    const chosen = shown[place];
    if (event.key === 'ArrowDown') setActive((place + 1) % shown.length);
    else if (event.key === 'ArrowUp') setActive((place + shown.length - 1) % shown.length);
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && !event.ctrlKey && chosen)
      choose(chosen);
    else if (event.key === 'Escape') setClosedAt(typing?.start ?? null);
    else return false;
    return true;
  };

  const isOpen = shown.length > 0;
  useEffect(() => {
    const area = typing?.area;
    if (!area || !isOpen) return;
    area.setAttribute('aria-autocomplete', 'list');
    area.setAttribute('aria-controls', listId);
    area.setAttribute('aria-activedescendant', `${listId}${place}`);
    return () => {
      for (const name of ['aria-autocomplete', 'aria-controls', 'aria-activedescendant'])
        area.removeAttribute(name);
    };
  }, [typing?.area, isOpen, listId, place]);

  const list =
    typing && isOpen ? (
      <MentionList id={listId} shown={shown} place={place} top={typing.top} onChoose={choose} />
    ) : null;
  return { look, onKey, list, close: () => setTyping(null) };
}

function MentionList(props: {
  id: string;
  shown: readonly MentionView[];
  place: number;
  top: number;
  onChoose: (one: MentionView) => void;
}) {
  const { t } = useTranslation('aids');
  return (
    <div
      id={props.id}
      role="listbox"
      aria-label={t('mentions.offered')}
      className={css.offered}
      style={{ top: props.top }}
    >
      {props.shown.map((one, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the text field, which keeps the focus.
        <div
          key={`${one.network} ${one.handle}`}
          id={`${props.id}${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === props.place}
          className={css.option}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => props.onChoose(one)}
        >
          <MentionWords one={one} />
        </div>
      ))}
    </div>
  );
}

/** The network, the handle, and whose it is or where it comes from. */
export function MentionWords({ one }: { one: MentionView }) {
  const { t } = useTranslation('aids');
  return (
    <>
      <NetworkIcon network={one.network} />
      <span className={css.handle}>{one.handle}</span>
      <span className={css.whose}>
        {one.networkName}
        {one.brand === '' ? '' : ` · ${one.brand}`}
        {one.from === 'account' ? '' : ` · ${t(`mentions.from.${one.from}`)}`}
      </span>
    </>
  );
}
