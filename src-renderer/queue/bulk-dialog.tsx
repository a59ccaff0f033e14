import { Button, Loader, Progress, Stack } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../api.ts';
import { ToneRules } from '../plan/tone-rules.tsx';
import { numberOf, useLanguage } from '../time.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import type { DeskIndex } from '../ui/use-desk.ts';
import { useResolved, type When, whenOf } from '../ui/when.ts';
import { AccountField } from './account-field.tsx';
import type { BulkAction, BulkChange, BulkSaid, BulkStep } from './bulk-actions.ts';
import { EffectSummary } from './effect-summary.tsx';
import { changeOfLabels, LabelFields, type LabelWish, NO_LABELS } from './label-fields.tsx';
import { isSpacing, MoveFields } from './move-fields.tsx';
import { changeOfShift, NO_SHIFT, type Shift, ShiftFields } from './shift-fields.tsx';
import { useBulkPreview, useBulkProgress } from './use-bulk-preview.ts';

const NO_BRANDS: ReadonlySet<number> = new Set();

/** Shows what a step would do to the chosen posts, and does exactly that and only then. A refusal keeps the dialog as it is. */
export function BulkDialog(props: {
  step: BulkStep;
  desk: DeskIndex;
  onClose: () => void;
  onDone: (done: BulkSaid) => void;
}) {
  const { step, desk } = props;
  const { t } = useTranslation(['queue', 'common', 'slots']);
  const language = useLanguage();
  const [action, setAction] = useState<BulkAction>(step.action);
  const zones = useMemo(() => zonesOf(step, desk), [step, desk]);
  const [when, setWhen] = useState<When>(() => whenOf('', zones[0] ?? ''));
  const [spacing, setSpacing] = useState<number | string>(10);
  const [bySlots, setBySlots] = useState(false);
  const [shift, setShift] = useState<Shift>(NO_SHIFT);
  const [labels, setLabels] = useState<LabelWish>(NO_LABELS);
  const [accountId, setAccountId] = useState<number | null>(null);
  const resolved = useResolved(when);
  const change = ((): BulkChange | null => {
    switch (action) {
      case 'move':
        if (bySlots) return { kind: 'slots' };
        return resolved.kind === 'ready' && resolved.at > Date.now() && isSpacing(spacing)
          ? { kind: 'move', ...resolved.wanted, spacingMinutes: spacing }
          : null;
      case 'shift':
        return changeOfShift(shift);
      case 'labels':
        return changeOfLabels(labels);
      case 'account':
        return accountId === null ? null : { kind: 'account', accountId };
      default:
        return { kind: action };
    }
  })();
  const { preview, isOfNow, isReading, error, again } = useBulkPreview(step.target, change);
  const apply = useAction('bulk.apply');
  const stop = useAction('bulk.stop');
  const progress = useBulkProgress(apply.isPending);
  const count = preview?.affected ?? step.count;
  const n = numberOf(count, language);
  const isReady = isOfNow && count > 0 && change !== null;
  const close = () => {
    if (!apply.isPending) props.onClose();
  };
  const confirm = () => {
    if (!preview || !isReady) return;
    apply.mutate(
      { previewId: preview.previewId },
      { onSuccess: (done) => props.onDone({ action, ...done }), onError: again },
    );
  };
  const asksTone = action === 'resume' || action === 'move' || action === 'shift' || action === 'account';
  const toneBrands = useMemo(() => {
    const target = action === 'account' ? desk.accountById.get(accountId ?? 0)?.brandId : undefined;
    if (target !== undefined) return new Set([target]);
    return preview ? new Set(preview.brands.map((brand) => brand.brandId)) : NO_BRANDS;
  }, [action, accountId, desk, preview]);
  return (
    <Dialog
      opened
      width={640}
      onClose={close}
      title={t(`bulk.${action}.title`, { count, n })}
      footer={
        <>
          {action === 'cancel' && !apply.isPending ? (
            <Button variant="subtle" onClick={() => setAction('draft')}>
              {t('bulk.draftInstead')}
            </Button>
          ) : null}
          {apply.isPending ? (
            <Button variant="default" onClick={() => stop.mutate({})}>
              {t('bulk.breakOff')}
            </Button>
          ) : (
            <Button variant="default" onClick={close}>
              {t('common:back')}
            </Button>
          )}
          <Button
            {...(action === 'cancel' && { color: 'stop' })}
            disabled={!isReady}
            loading={apply.isPending}
            onClick={confirm}
          >
            {t(`bulk.${action}.confirm`, { count, n })}
          </Button>
        </>
      }
    >
      <Stack gap="sm">
        {action === 'shift' ? <ShiftFields value={shift} onChange={setShift} preview={preview} /> : null}
        {action === 'account' ? <AccountField desk={desk} value={accountId} onChange={setAccountId} /> : null}
        {action === 'labels' ? <LabelFields posts={step.posts} value={labels} onChange={setLabels} /> : null}
        {action === 'move' ? (
          <MoveFields
            bySlots={bySlots}
            onBySlots={setBySlots}
            when={when}
            onWhen={setWhen}
            resolved={resolved}
            zones={zones}
            spacing={spacing}
            onSpacing={setSpacing}
            preview={preview}
          />
        ) : null}
        {preview ? <EffectSummary preview={preview} desk={desk} /> : null}
        {!preview && isReading && !error ? <Loader size="sm" aria-label={t('common:loading')} /> : null}
        {action !== 'shift' && count > 0 ? (
          <span>
            {t(bySlots && action === 'move' ? 'slots:bulk.means' : `bulk.${action}.means`, { count })}
          </span>
        ) : null}
        {preview ? <Remarks action={action} preview={preview} /> : null}
        {asksTone && toneBrands.size > 0 ? <ToneRules brandIds={toneBrands} desk={desk} /> : null}
        {progress && progress.total > 0 ? (
          <div role="status">
            <Progress
              aria-label={t('bulk.progressLabel')}
              value={(progress.done / progress.total) * 100}
              mb={4}
            />
            {t('bulk.progress', {
              done: numberOf(progress.done, language),
              total: numberOf(progress.total, language),
            })}
          </div>
        ) : null}
        <RefusalNotice error={apply.error ?? error} />
      </Stack>
    </Dialog>
  );
}

/** What a person should know of the posts that will change, beside how many they are. */
function Remarks({ action, preview }: { action: BulkAction; preview: NonNullable<Preview> }) {
  const { t } = useTranslation('queue');
  const language = useLanguage();
  const remark = (
    key: 'tooLate' | 'stopped' | 'staysHeld' | 'waits' | 'otherBrand' | 'duplicates',
    tone: 'warn' | 'calm',
  ) =>
    preview[key] > 0 ? (
      <Notice tone={tone}>
        {t(`bulk.${key}`, { count: preview[key], n: numberOf(preview[key], language) })}
      </Notice>
    ) : null;
  const goesOut = action !== 'hold' && action !== 'cancel' && action !== 'draft' && action !== 'labels';
  return (
    <>
      {action === 'resume' ? remark('tooLate', 'warn') : null}
      {remark('otherBrand', 'warn')}
      {remark('duplicates', 'warn')}
      {goesOut ? remark('stopped', 'calm') : null}
      {remark('staysHeld', 'calm')}
      {remark('waits', 'warn')}
    </>
  );
}

type Preview = ReturnType<typeof useBulkPreview>['preview'];

/** The zones of the brands whose posts these are, those of a filter by what of it has been seen. */
function zonesOf({ posts }: BulkStep, desk: DeskIndex): readonly string[] {
  return [...new Set(posts.map((post) => desk.brandById.get(post.brandId)?.timeZone ?? post.timeZone))];
}
