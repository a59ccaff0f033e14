import { Skeleton, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { JournalLine } from '../../src-preload/views.ts';
import { dayOf, exactTimeOf, localZone, numberOf, useLanguage } from '../time.ts';
import type { DeskIndex } from '../ui/use-desk.ts';
import css from './journal.module.css';
import { postWords } from './sentence.ts';
import { useLinePost } from './use-line-post.ts';
import { useSentence } from './use-sentence.ts';

/** One line: when, what in a sentence, by whom with which control. */
export function LineRow(props: {
  line: JournalLine | null;
  desk: DeskIndex;
  onOpen: (line: JournalLine) => void;
}) {
  const { line } = props;
  if (line === null) return <Skeleton height={30} mt={10} radius="sm" />;
  return <Row line={line} desk={props.desk} onOpen={props.onOpen} />;
}

function Row({
  line,
  desk,
  onOpen,
}: {
  line: JournalLine;
  desk: DeskIndex;
  onOpen: (line: JournalLine) => void;
}) {
  const { t } = useTranslation('journal');
  const language = useLanguage();
  const sentence = useSentence(desk)(line);
  const here = localZone();
  const control = useControl()(line.control);
  const post = useLinePost(sentence.postId);
  const more = [post ? postWords(post) : '', sentence.more].filter((part) => part !== '').join(' · ');
  return (
    <UnstyledButton className={css.row} onClick={() => onOpen(line)}>
      <time className={css.time} dateTime={new Date(line.at).toISOString()} title={utcOf(line.at)}>
        <b>{exactTimeOf(line.at, language, here)}</b> {dayOf(line.at, language, here)}
      </time>
      <span
        className={css.said}
        data-loud={line.event.startsWith('stop.') ? '' : undefined}
        data-alone={more === '' ? '' : undefined}
      >
        <span className={css.main}>{sentence.main}</span>
        {more === '' ? null : (
          <span className={css.more} title={more}>
            {more}
          </span>
        )}
      </span>
      <span className={css.who}>
        <span>{line.by}</span>
        <span className={css.more}>{control}</span>
      </span>
      <span className={css.seq} title={t('record')}>
        {numberOf(line.seq, language)}
      </span>
    </UnstyledButton>
  );
}

/** '2026-12-01 09:30:12 UTC'. */
function utcOf(at: number): string {
  return new Date(at)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/u, ' UTC');
}

const CONTROLS = ['shortcut', 'tray', 'button', 'command-line', 'file-removed', 'start', 'trip'] as const;

/** A control in words. */
export function useControl(): (control: string) => string {
  const { t } = useTranslation('common');
  return (control) => {
    const known = CONTROLS.find((one) => one === control);
    return known ? t(`control.${known}`) : control;
  };
}
