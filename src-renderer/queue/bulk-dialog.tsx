import { Button, NumberInput, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PostView } from '../../src-preload/views.ts';
import { useAction } from '../api.ts';
import { ToneRules } from '../plan/tone-rules.tsx';
import { numberOf, placedTimeOf, useLanguage } from '../time.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import type { DeskIndex } from '../ui/use-desk.ts';
import { useResolved, type When, whenOf } from '../ui/when.ts';
import { WhenInput } from '../ui/when-input.tsx';
import { type BulkAction, effectOf, spreadMinutes } from './bulk-effect.ts';
import { EffectSummary } from './effect-summary.tsx';

/** What was done, for the line that says so. */
export type BulkDone = {
  readonly action: BulkAction;
  readonly changed: number;
  readonly asked: number;
  readonly postIds: readonly number[];
  readonly planWarning: string;
};

const MOST_SPACING = 1_440;

function isSpacing(value: number | string): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MOST_SPACING;
}

/** Shows what an action would do to the chosen posts, and does it only then. A refusal keeps the dialog as it is. */
export function BulkDialog(props: {
  action: BulkAction;
  posts: readonly PostView[];
  desk: DeskIndex;
  onClose: () => void;
  onDone: (done: BulkDone) => void;
}) {
  const { action, posts, desk } = props;
  const { t } = useTranslation(['queue', 'common']);
  const language = useLanguage();
  const effect = effectOf(action, posts, desk.brandById, Date.now());
  const zones = [
    ...new Set(effect.affected.map((post) => desk.brandById.get(post.brandId)?.timeZone ?? post.timeZone)),
  ];
  const [when, setWhen] = useState<When>(() => whenOf('', zones[0] ?? ''));
  const [spacing, setSpacing] = useState<number | string>(10);
  const resolved = useResolved(when);
  const act = useBulkAction();
  const count = effect.affected.length;
  const n = numberOf(count, language);
  const isMove = action === 'move';
  const isReady =
    count > 0 && (!isMove || (resolved.kind === 'ready' && resolved.at > Date.now() && isSpacing(spacing)));
  const confirm = () => {
    const postIds = effect.affected.map((post) => post.id);
    const done = (changed: number, planWarning = '') =>
      props.onDone({ action, changed, asked: count, postIds, planWarning });
    act.run(
      action,
      postIds,
      isMove && resolved.kind === 'ready' && isSpacing(spacing) ? { ...resolved.wanted, spacing } : null,
      done,
    );
  };
  const most = spreadMinutes(effect.affected, 1) + 1;
  return (
    <Dialog
      opened
      width={640}
      onClose={props.onClose}
      title={t(`bulk.${action}.title`, { count, n })}
      footer={
        <>
          <Button variant="default" onClick={props.onClose}>
            {t('common:back')}
          </Button>
          <Button
            {...(action === 'cancel' && { color: 'stop' })}
            disabled={!isReady}
            loading={act.isRunning}
            onClick={confirm}
          >
            {t(`bulk.${action}.confirm`, { count, n })}
          </Button>
        </>
      }
    >
      <Stack gap="sm">
        <EffectSummary effect={effect} desk={desk} />
        {count > 0 ? <span>{t(`bulk.${action}.means`, { count })}</span> : null}
        {(action === 'resume' || isMove) && count > 0 ? (
          <ToneRules brandIds={new Set(effect.affected.map((post) => post.brandId))} desk={desk} />
        ) : null}
        {action === 'resume' && effect.tooLate > 0 ? (
          <Notice tone="warn">
            {t('bulk.tooLate', { count: effect.tooLate, n: numberOf(effect.tooLate, language) })}
          </Notice>
        ) : null}
        {(action === 'resume' || isMove) && effect.stopped > 0 ? (
          <Notice tone="calm">
            {t('bulk.stopped', { count: effect.stopped, n: numberOf(effect.stopped, language) })}
          </Notice>
        ) : null}
        {isMove && count > 0 ? (
          <>
            <WhenInput value={when} onChange={setWhen} resolved={resolved} zones={zones} />
            {most > 1 ? (
              <NumberInput
                label={t('bulk.spacing')}
                description={t('bulk.spacingHint')}
                w={320}
                min={1}
                max={MOST_SPACING}
                clampBehavior="none"
                error={isSpacing(spacing) ? null : t('bulk.spacingWrong')}
                allowDecimal={false}
                suffix={` ${t('bulk.minutes')}`}
                value={spacing}
                onChange={setSpacing}
              />
            ) : null}
            {most > 1 && resolved.kind === 'ready' && isSpacing(spacing) ? (
              <span>
                {t('bulk.spread', {
                  n: numberOf(most, language),
                  last: placedTimeOf(resolved.at + (most - 1) * spacing * 60_000, language, when.timeZone),
                })}
              </span>
            ) : null}
          </>
        ) : null}
        <RefusalNotice error={act.error} />
      </Stack>
    </Dialog>
  );
}

type Move = { localTime: string; timeZone: string; at?: number; spacing: number };

/** One way to run each of the bulk requests. */
function useBulkAction() {
  const hold = useAction('post.hold');
  const resume = useAction('post.resume');
  const cancel = useAction('post.cancel');
  const draft = useAction('post.toDraft');
  const move = useAction('post.reschedule');
  const all = [hold, resume, cancel, draft, move];
  const run = (
    action: BulkAction,
    postIds: number[],
    to: Move | null,
    done: (changed: number, planWarning?: string) => void,
  ) => {
    switch (action) {
      case 'hold':
        return hold.mutate({ postIds }, { onSuccess: (value) => done(value.changed) });
      case 'resume':
        return resume.mutate({ postIds }, { onSuccess: (value) => done(value.changed) });
      case 'cancel':
        return cancel.mutate({ postIds }, { onSuccess: (value) => done(value.changed) });
      case 'draft':
        return draft.mutate({ postIds }, { onSuccess: (value) => done(value.draftIds.length) });
      case 'move': {
        if (to === null) return;
        const { spacing, ...wanted } = to;
        return move.mutate(
          { postIds, ...wanted, spacingMinutes: spacing },
          { onSuccess: (value) => done(value.changed, value.planWarning) },
        );
      }
    }
  };
  return {
    run,
    isRunning: all.some((one) => one.isPending),
    error: all.find((one) => one.error !== null)?.error ?? null,
  };
}
