import { ActionIcon, Button, Tooltip } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowsJoin,
  IconArrowUp,
  IconCut,
  IconLayoutList,
  IconTrash,
} from '@tabler/icons-react';
import { type ComponentType, type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MediaView } from '../../src-preload/views.ts';
import { useAction } from '../api.ts';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { shortcutWords } from '../ui/shortcut-words.ts';
import { cutAt, MOST_PARTS, mergedWithNext, moved, replaced } from './thread-form.ts';
import css from './thread-tools.module.css';

type Step = 'split' | 'cut' | 'merge' | 'move' | 'remove';

const CUT_KEY = 'Alt+Enter';
const UP_KEY = 'Alt+↑';
const DOWN_KEY = 'Alt+↓';

/** Which accounts say these parts, and what goes with the first of them. */
export type ThreadAbout = {
  readonly accountIds: readonly number[];
  readonly link: string;
  readonly media: readonly MediaView[];
};

export type Thread = ReturnType<typeof useThread>;

/** The steps over the parts of a thread. Each can be taken back until something else is typed. `box` holds the text fields, in order. */
export function useThread(
  parts: readonly string[],
  about: ThreadAbout,
  onChange: (parts: readonly string[]) => void,
) {
  const box = useRef<HTMLDivElement>(null);
  const split = useAction('text.split');
  const [done, setDone] = useState<{
    step: Step;
    before: readonly string[];
    after: readonly string[];
  } | null>(null);
  const fieldOf = (index: number) => box.current?.querySelectorAll('textarea')[index];
  const focus = (index: number, caret: number) =>
    requestAnimationFrame(() => {
      const field = fieldOf(index);
      field?.focus();
      field?.setSelectionRange(caret, caret);
    });
  const take = (step: Step, after: readonly string[], index: number, caret = 0) => {
    if (after === parts) return;
    setDone({ step, before: parts, after });
    onChange(after);
    focus(index, caret);
  };
  const cut = (index: number) => {
    const field = fieldOf(index);
    take('cut', cutAt(parts, index, field?.selectionStart ?? field?.value.length ?? 0), index + 1);
  };
  const move = (index: number, by: -1 | 1) => {
    const caret = fieldOf(index)?.selectionStart ?? 0;
    take('move', moved(parts, index, by), index + by, caret);
  };
  return {
    box,
    parts,
    cut,
    move,
    merge: (index: number) => take('merge', mergedWithNext(parts, index), index, parts[index]?.length ?? 0),
    remove: (index: number) => take('remove', replaced(parts, index, []), Math.min(index, parts.length - 2)),
    split: (index: number) => {
      const isFirst = index === 0;
      split.mutate(
        {
          accountIds: [...about.accountIds],
          text: parts[index] ?? '',
          link: isFirst ? about.link : '',
          media: isFirst ? about.media.map(({ sha256, altText }) => ({ sha256, altText })) : [],
        },
        { onSuccess: (answer) => take('split', replaced(parts, index, answer.parts), index) },
      );
    },
    isSplitting: split.isPending,
    refusal: split.error,
    canSplit: about.accountIds.length > 0,
    done: done?.after === parts ? done : null,
    undo: () => {
      if (done?.after !== parts) return;
      onChange(done.before);
      setDone(null);
    },
    /** Keys in the text field of a part. */
    onKeyDown: (event: KeyboardEvent, index: number) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (event.key === 'Enter') cut(index);
      else if (event.key === 'ArrowUp') move(index, -1);
      else if (event.key === 'ArrowDown') move(index, 1);
      else return;
      event.preventDefault();
    },
  };
}

/** What can be done with one part: split what is too long, cut, merge, move, remove. */
export function PartTools({
  thread,
  index,
  isTooLong,
}: {
  thread: Thread;
  index: number;
  isTooLong: boolean;
}) {
  const { t } = useTranslation('adapt');
  const { parts } = thread;
  const last = parts.length - 1;
  const isFull = parts.length >= MOST_PARTS;
  return (
    <div className={css.tools}>
      {isTooLong && thread.canSplit ? (
        <Button
          size="compact-xs"
          variant="light"
          leftSection={<IconLayoutList size={14} aria-hidden="true" />}
          loading={thread.isSplitting}
          onClick={() => thread.split(index)}
        >
          {t('thread.split')}
        </Button>
      ) : null}
      <Tool
        icon={IconCut}
        name={t('thread.cut')}
        shortcut={CUT_KEY}
        n={index + 1}
        isOff={isFull || parts[index] === ''}
        onClick={() => thread.cut(index)}
      />
      {last > 0 ? (
        <>
          <Tool
            icon={IconArrowsJoin}
            name={t('thread.merge')}
            n={index + 1}
            isOff={index === last}
            onClick={() => thread.merge(index)}
          />
          <Tool
            icon={IconArrowUp}
            name={t('thread.up')}
            shortcut={UP_KEY}
            n={index + 1}
            isOff={index === 0}
            onClick={() => thread.move(index, -1)}
          />
          <Tool
            icon={IconArrowDown}
            name={t('thread.down')}
            shortcut={DOWN_KEY}
            n={index + 1}
            isOff={index === last}
            onClick={() => thread.move(index, 1)}
          />
          <Tool
            icon={IconTrash}
            name={t('thread.removePart')}
            n={index + 1}
            isOff={false}
            onClick={() => thread.remove(index)}
          />
        </>
      ) : null}
    </div>
  );
}

function Tool(props: {
  icon: ComponentType<{ size: number; 'aria-hidden': 'true' }>;
  name: string;
  shortcut?: string;
  n: number;
  isOff: boolean;
  onClick: () => void;
}) {
  const { t } = useTranslation(['adapt', 'aids']);
  const Icon = props.icon;
  const label = props.shortcut
    ? t('aids:withKey', { name: props.name, key: shortcutWords(props.shortcut) })
    : props.name;
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        className={css.tool ?? ''}
        aria-label={t('thread.ofPart', { name: props.name, n: props.n })}
        disabled={props.isOff}
        onClick={props.onClick}
      >
        <Icon size={16} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}

/** What the last step over the parts did, with the way back. */
export function ThreadDone({ thread }: { thread: Thread }) {
  const { t } = useTranslation(['adapt', 'common']);
  if (thread.done === null) return <RefusalNotice error={thread.refusal} />;
  return (
    <div className={css.done}>
      <Notice
        tone="calm"
        action={
          <Button size="compact-sm" variant="default" onClick={thread.undo}>
            {t('common:undo')}
          </Button>
        }
      >
        <span role="status">{t(`thread.did.${thread.done.step}`)}</span>
      </Notice>
    </div>
  );
}
