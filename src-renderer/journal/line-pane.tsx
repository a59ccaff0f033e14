import { Button, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { JournalLine } from '../../src-preload/views.ts';
import { dayOf, exactTimeOf, localZone, numberOf, useLanguage } from '../time.ts';
import { Dialog } from '../ui/dialog.tsx';
import type { DeskIndex } from '../ui/use-desk.ts';
import { useOpenView } from '../ui/view-route.ts';
import css from './journal.module.css';
import { useControl } from './line-row.tsx';
import { postWords, readable } from './sentence.ts';
import { useLinePost } from './use-line-post.ts';
import { useSentence } from './use-sentence.ts';

/** One line with everything that was recorded, as it was recorded. */
export function LinePane({
  line,
  desk,
  onClose,
}: {
  line: JournalLine;
  desk: DeskIndex;
  onClose: () => void;
}) {
  const { t } = useTranslation('journal');
  const language = useLanguage();
  const openView = useOpenView();
  const sentence = useSentence(desk)(line);
  const control = useControl();
  const facts: [string, string][] = [
    [
      t('when'),
      `${dayOf(line.at, language, localZone())}, ${exactTimeOf(line.at, language, localZone())} (${localZone()})`,
    ],
    [t('by'), line.by || t('nobody')],
    [t('control'), control(line.control) || t('nobody')],
    [t('eventName'), line.event],
    ...Object.entries(line.details).map(([key, value]): [string, string] => [
      key,
      readable(String(value ?? '')),
    ]),
    [t('record'), numberOf(line.seq, language)],
    [t('hash'), line.hash],
  ];
  const { postId } = sentence;
  const post = useLinePost(postId);
  return (
    <Dialog
      opened
      at="side"
      width={520}
      title={t('line')}
      onClose={onClose}
      footer={
        postId === null ? undefined : (
          <Button variant="default" onClick={() => openView('queue', { post: String(postId) })}>
            {t('showPost')}
          </Button>
        )
      }
    >
      <Stack gap="md">
        <div data-selectable>
          <b>{sentence.main}</b>
          {post ? <div>{postWords(post)}</div> : null}
          {sentence.more === '' ? null : <div>{sentence.more}</div>}
        </div>
        <dl className={css.facts}>
          {facts.map(([name, value]) => (
            <div key={name} className={css.fact}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Stack>
    </Dialog>
  );
}
