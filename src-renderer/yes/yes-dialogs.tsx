import { Button, Stack, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PostView } from '../../src-preload/views.ts';
import { type Refusal, useAction, useRead } from '../api.ts';
import { ToneRules } from '../plan/tone-rules.tsx';
import { numberOf, useLanguage } from '../time.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { sayDone } from '../ui/toasts.ts';
import type { DeskIndex } from '../ui/use-desk.ts';
import { AnswersDialog } from './answers-dialog.tsx';
import { AskDialog } from './ask-dialog.tsx';
import { PersonField } from './person-field.tsx';

type Props = { posts: readonly PostView[]; desk: DeskIndex; onClose: () => void };

/** What can be done about the yes of posts. */
export type YesStep = 'letGo' | 'require' | 'ask' | 'read';

export function YesDialog({ step, ...props }: Props & { step: YesStep }) {
  if (step === 'ask') return <AskDialog {...props} />;
  if (step === 'read') return <AnswersDialog onClose={props.onClose} />;
  return step === 'letGo' ? <LetGoDialog {...props} /> : <RequireDialog {...props} />;
}

/** Lets posts go out without the yes they wait for: never by an ordinary step, always with the name of who decides it. */
function LetGoDialog({ posts, desk, onClose }: Props) {
  const { t } = useTranslation(['yes', 'common']);
  const language = useLanguage();
  const known = useRead('settings.read', {}).data?.personName ?? '';
  const [typed, setName] = useState<string | null>(null);
  const [isTried, setIsTried] = useState(false);
  const letGo = useAction('yes.letGo');
  const name = typed ?? known;
  const waiting = posts.filter((post) => post.yes && !post.yes.isGiven && post.state === 'held');
  const count = waiting.length;
  const n = numberOf(count, language);
  const names = [...new Set(waiting.map((post) => post.yes?.from ?? ''))].join(', ');
  const refused = waiting.filter(({ reason }) => reason === 'said-no');
  const refusers = [...new Set(refused.map((post) => post.yes?.from ?? ''))].join(', ');
  const remarks = [...new Set(refused.map(({ detail }) => detail).filter(Boolean))];
  const run = () => {
    setIsTried(true);
    if (name.trim() === '' || count === 0) return;
    letGo.mutate(
      { postIds: waiting.map(({ id }) => id), by: name.trim() },
      {
        onSuccess: ({ changed, left }) => {
          const done = t('letGo.done', { count: changed, n: numberOf(changed, language) });
          sayDone(left === 0 ? done : `${done} ${t('left', { count: left, n: numberOf(left, language) })}`);
          onClose();
        },
      },
    );
  };
  return (
    <StepDialog
      title={t('letGo.title', { count, n })}
      confirm={t('letGo.confirm', { count, n })}
      canRun={count > 0}
      isRunning={letGo.isPending}
      onRun={run}
      onClose={onClose}
      error={letGo.error}
    >
      {refused.length > 0 ? (
        <Notice tone="warn">
          {t('letGo.refused', {
            count: refused.length,
            n: numberOf(refused.length, language),
            names: refusers,
          })}
          {remarks.slice(0, 3).map((remark) => (
            <div key={remark}>“{remark}”</div>
          ))}
        </Notice>
      ) : null}
      {count > 0 ? <span>{t('letGo.means', { count, names })}</span> : null}
      {count < posts.length ? (
        <span>{t('left', { count: posts.length - count, n: numberOf(posts.length - count, language) })}</span>
      ) : null}
      <ToneRules brandIds={new Set(waiting.map(({ brandId }) => brandId))} desk={desk} />
      <TextInput
        data-autofocus
        label={t('letGo.name')}
        value={name}
        maxLength={200}
        error={isTried && name.trim() === '' ? t('letGo.nameMissing') : null}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </StepDialog>
  );
}

/** Holds scheduled posts until one person said yes. */
function RequireDialog({ posts, onClose }: Props) {
  const { t } = useTranslation(['yes', 'common']);
  const language = useLanguage();
  const brandIds = [...new Set(posts.map(({ brandId }) => brandId))];
  const asked = useRead('yes.read', {}).data;
  const byBrand = asked?.brands.find(({ brandId }) => brandIds.includes(brandId))?.from ?? '';
  const [typed, setName] = useState<string | null>(null);
  const [isTried, setIsTried] = useState(false);
  const require = useAction('yes.require');
  const name = typed ?? byBrand;
  const can = posts.filter(
    (post) => post.state === 'scheduled' || (post.state === 'held' && post.yes && !post.yes.isGiven),
  );
  const count = can.length;
  const n = numberOf(count, language);
  const run = () => {
    setIsTried(true);
    if (name.trim() === '' || count === 0) return;
    require.mutate(
      { postIds: can.map(({ id }) => id), from: name.trim() },
      {
        onSuccess: ({ changed, left }) => {
          const done = t('require.done', {
            count: changed,
            n: numberOf(changed, language),
            name: name.trim(),
          });
          sayDone(
            left === 0 ? done : `${done} ${t('leftRequire', { count: left, n: numberOf(left, language) })}`,
          );
          onClose();
        },
      },
    );
  };
  return (
    <StepDialog
      title={t('require.title', { count, n })}
      confirm={t('require.confirm', { count, n })}
      canRun={count > 0}
      isRunning={require.isPending}
      onRun={run}
      onClose={onClose}
      error={require.error}
    >
      {count > 0 ? <span>{t('require.means', { count })}</span> : null}
      {count < posts.length ? (
        <span>
          {t('leftRequire', {
            count: posts.length - count,
            n: numberOf(posts.length - count, language),
          })}
        </span>
      ) : null}
      <PersonField
        isFirst
        label={t('from')}
        brandIds={brandIds}
        value={name}
        error={isTried && name.trim() === '' ? t('require.nameMissing') : null}
        onChange={setName}
      />
    </StepDialog>
  );
}

/** A step over posts that is asked about: what it means, what is still to be said, and the way back. */
function StepDialog(props: {
  title: string;
  confirm: string;
  canRun: boolean;
  isRunning: boolean;
  error: Refusal | null;
  onRun: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation('common');
  return (
    <Dialog
      opened
      width={560}
      onClose={props.onClose}
      title={props.title}
      footer={
        <>
          <Button variant="default" onClick={props.onClose}>
            {t('back')}
          </Button>
          <Button disabled={!props.canRun} loading={props.isRunning} onClick={props.onRun}>
            {props.confirm}
          </Button>
        </>
      }
    >
      <Stack gap="sm">
        {props.children}
        <RefusalNotice error={props.error} />
      </Stack>
    </Dialog>
  );
}
