import { Button, Select } from '@mantine/core';
import { IconBuildingStore, IconClipboardText, IconFileTypePdf, IconFolderOpen } from '@tabler/icons-react';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanLanguage } from '../../src-preload/plan-views.ts';
import type { BrandView } from '../../src-preload/views.ts';
import { useAction, useRead } from '../api.ts';
import { localZone, timeOf, useLanguage } from '../time.ts';
import { Empty } from '../ui/empty.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { sayDone, sayRefused } from '../ui/toasts.ts';
import { useDesk } from '../ui/use-desk.ts';
import { useKept } from '../ui/use-kept.ts';
import { useOpenView, useRoute } from '../ui/view-route.ts';
import { BrandTools } from './brand-tools.tsx';
import styles from './plan.module.css';
import { formOf, type PlanForm } from './plan-form.ts';
import { PlanSections } from './plan-sections.tsx';
import { startingPlan } from './starting-plan.ts';
import { type PlanSaving, usePlanSaving } from './use-plan-saving.ts';

/** The crisis plan of one brand: written while it is quiet, kept as it is typed, followed during a stop. */
export function PlanView() {
  const { t } = useTranslation('plan');
  const { brands } = useDesk();
  const { params } = useRoute();
  const read = useRead('desk.read', {});
  const brand = brands.find((one) => one.id === Number(params.brandId)) ?? brands[0];
  if (brand) return <BrandPlan key={brand.id} brand={brand} />;
  return (
    <Page title={t('title')}>
      <RefusalNotice error={read.error} onRetry={() => void read.refetch()} />
      {read.data ? (
        <Empty icon={IconBuildingStore} title={t('noBrands')}>
          {t('noBrandsMore')}
        </Empty>
      ) : null}
    </Page>
  );
}

function BrandPlan({ brand }: { brand: BrandView }) {
  const read = useRead('plan.read', { brandId: brand.id });
  const [form, setForm] = useKept<PlanForm | null>(`plan.${brand.id}`, null);
  const kept = useMemo(() => (read.data ? formOf(read.data) : null), [read.data]);
  const shown = form ?? kept;
  if (read.data === undefined)
    return (
      <PlanPage brand={brand}>
        <RefusalNotice error={read.error} onRetry={() => void read.refetch()} />
      </PlanPage>
    );
  if (shown === null)
    return (
      <PlanPage brand={brand}>
        <Begin onBegin={(language) => setForm(startingPlan(brand.id, language))} />
        <BrandTools brand={brand} />
      </PlanPage>
    );
  return <EditedPlan brand={brand} kept={kept} form={shown} onChange={setForm} />;
}

function EditedPlan(props: {
  brand: BrandView;
  kept: PlanForm | null;
  form: PlanForm;
  onChange: (form: PlanForm) => void;
}) {
  const { brand, kept, form } = props;
  const { t } = useTranslation('plan');
  const saving = usePlanSaving(form, kept);
  const print = useAction('plan.print');
  const savePdf = async () => {
    if (!(await saving.save())) return;
    print.mutate(
      { brandId: brand.id },
      {
        onSuccess: ({ path }) => path !== null && sayDone(t('printed', { path })),
        onError: (error) => sayRefused(error.message),
      },
    );
  };
  return (
    <PlanPage
      brand={brand}
      saving={saving.state}
      language={form.language}
      onLanguage={(language) => props.onChange({ ...form, language })}
      onPrint={savePdf}
      isPrinting={print.isPending}
    >
      <div className={styles.notices}>
        {saving.state.kind === 'saved' && saving.state.copyProblem !== '' ? (
          <Notice tone="warn">{t('copyProblem', { message: saving.state.copyProblem })}</Notice>
        ) : null}
        <Lacks brandId={brand.id} />
      </div>
      <PlanSections brand={brand} form={form} onChange={props.onChange} />
    </PlanPage>
  );
}

function PlanPage(props: {
  brand: BrandView;
  saving?: PlanSaving;
  language?: PlanLanguage;
  onLanguage?: (language: PlanLanguage) => void;
  onPrint?: () => void;
  isPrinting?: boolean;
  children: ReactNode;
}) {
  const { brand } = props;
  const { t } = useTranslation('plan');
  const { brands } = useDesk();
  const openView = useOpenView();
  const showCopies = useAction('plan.showCopies');
  return (
    <Page
      title={t('of', { name: brand.name })}
      lead={t('lead', { name: brand.name })}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconFolderOpen size={16} aria-hidden="true" />}
            onClick={() => showCopies.mutate({}, { onError: (error) => sayRefused(error.message) })}
          >
            {t('showCopies')}
          </Button>
          {props.onPrint ? (
            <Button
              leftSection={<IconFileTypePdf size={16} aria-hidden="true" />}
              loading={props.isPrinting ?? false}
              onClick={props.onPrint}
            >
              {t('print')}
            </Button>
          ) : null}
        </>
      }
      toolbar={
        <>
          <Select
            w={260}
            searchable
            aria-label={t('choose')}
            value={String(brand.id)}
            data={brands.map((one) => ({ value: String(one.id), label: one.name }))}
            onChange={(value) => value !== null && openView('plan', { brandId: value })}
          />
          {props.language ? (
            <Select
              w={150}
              aria-label={t('language')}
              value={props.language}
              data={(['en', 'fr'] as const).map((value) => ({ value, label: t(`languageName.${value}`) }))}
              onChange={(value) => (value === 'en' || value === 'fr') && props.onLanguage?.(value)}
            />
          ) : null}
          <Saving saving={props.saving ?? { kind: 'nothing' }} />
        </>
      }
    >
      {props.children}
    </Page>
  );
}

/** Said beside the form, and read out when it changes. */
function Saving({ saving }: { saving: PlanSaving }) {
  const { t } = useTranslation('plan');
  const language = useLanguage();
  return (
    <span className={styles.saving} data-kind={saving.kind} role="status">
      {saving.kind === 'saved'
        ? t('saving.saved', { time: timeOf(saving.at, language, localZone()) })
        : saving.kind === 'failed'
          ? t('saving.failed', { message: saving.message })
          : saving.kind === 'waiting'
            ? t('saving.waiting')
            : ''}
    </span>
  );
}

function Begin({ onBegin }: { onBegin: (language: PlanLanguage) => void }) {
  const { t } = useTranslation('plan');
  const language = useLanguage();
  const other = language === 'fr' ? 'en' : 'fr';
  return (
    <Empty
      icon={IconClipboardText}
      title={t('empty')}
      action={
        <div className={styles.under}>
          <Button onClick={() => onBegin(language)}>{t(`begin.${language}`)}</Button>
          <Button variant="default" lang={other} onClick={() => onBegin(other)}>
            {t(`begin.${other}`)}
          </Button>
        </div>
      }
    >
      {t('emptyMore')}
    </Empty>
  );
}

/** What somebody who followed the plan now would look for in vain. */
function Lacks({ brandId }: { brandId: number }) {
  const { t } = useTranslation('plan');
  const summary = useRead('plan.list', {}, { keep: true }).data?.find((plan) => plan.brandId === brandId);
  if (!summary || summary.lacks.length === 0) return null;
  return (
    <Notice tone="warn">
      {t('lacksAll', { what: summary.lacks.map((lack) => t(`lacks.${lack}`)).join(', ') })}
    </Notice>
  );
}
