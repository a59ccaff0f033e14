import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ToneRules } from '../plan/tone-rules.tsx';
import { placedTimeOf, useLanguage } from '../time.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { PostStateBadge, shownStateOf } from '../ui/state-badge.tsx';
import type { DeskIndex } from '../ui/use-desk.ts';
import { useResolved } from '../ui/when.ts';
import { WhenInput } from '../ui/when-input.tsx';
import type { MoveQuestion } from './use-move-post.ts';

/** Asks what is not clear about a move before anything is changed. */
export function MoveDialog(props: {
  question: MoveQuestion;
  desk: DeskIndex;
  /** Of the post's brand. */
  zone: string;
  isRunning: boolean;
  onMove: (at: number) => void;
  onClose: () => void;
}) {
  const { post } = props.question;
  const { t } = useTranslation(['calendar', 'common']);
  const language = useLanguage();
  const [when, setWhen] = useState(props.question.when);
  const resolved = useResolved(when);
  const isReady = resolved.kind === 'ready' && resolved.at > Date.now();
  return (
    <Dialog
      opened
      width={600}
      title={t('move.title')}
      onClose={props.onClose}
      footer={
        <>
          <Button variant="default" onClick={props.onClose}>
            {t('common:back')}
          </Button>
          <Button
            disabled={!isReady}
            loading={props.isRunning}
            onClick={() => {
              if (resolved.kind === 'ready') props.onMove(resolved.at);
            }}
          >
            {t('move.confirm')}
          </Button>
        </>
      }
    >
      <Stack gap="sm">
        <span>
          <PostStateBadge state={shownStateOf(post)} />{' '}
          {t('move.of', { brand: post.brand, account: post.account })}
        </span>
        <span>{post.text || t('noText')}</span>
        <span>{t('move.was', { when: placedTimeOf(post.publishAt, language, props.zone) })}</span>
        {post.state === 'held' || post.state === 'missed' ? (
          <Notice tone="warn">
            {post.waitsFor === '' ? t(`move.${post.state}`) : t('move.waitsForYes', { name: post.waitsFor })}
          </Notice>
        ) : null}
        <ToneRules brandIds={new Set([post.brandId])} desk={props.desk} />
        <WhenInput
          value={when}
          onChange={setWhen}
          resolved={resolved}
          zones={[...new Set([when.timeZone, props.zone])]}
        />
      </Stack>
    </Dialog>
  );
}
