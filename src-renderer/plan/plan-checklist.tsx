import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconChevronRight, IconCopy, IconPhone } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanSummary, PlanView } from '../../src-preload/plan-views.ts';
import type { BrandView } from '../../src-preload/views.ts';
import { useRead } from '../api.ts';
import { numberOf, useLanguage } from '../time.ts';
import { BrandMark } from '../ui/brand-mark.tsx';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { useDesk } from '../ui/use-desk.ts';
import { hashOf } from '../ui/view-route.ts';
import styles from './checklist.module.css';
import { TickRow } from './tick-row.tsx';
import { type Ticks, useTicks } from './use-ticks.ts';

export type PlanChecklistProps = {
  /** The stop under which things are ticked off, in force or released. */
  readonly stopId: string;
  /** The brands it covers; the first is open, the others are a line each until they are opened. */
  readonly brandIds: readonly number[];
};

const NO_PLANS: readonly PlanSummary[] = [];

/**
 * The plans of brands that are silent: whom to call, how to speak, and what is done by whom, ticked off by name. `PersonName` belongs beside
 * it, once for all checklists.
 */
export function PlanChecklist({ stopId, brandIds }: PlanChecklistProps) {
  const { t } = useTranslation('plan');
  const { brandById } = useDesk();
  const plans = useRead('plan.list', {});
  const ticks = useTicks(stopId);
  const byBrand = new Map((plans.data ?? NO_PLANS).map((plan) => [plan.brandId, plan]));
  const brands = brandIds.flatMap((id) => brandById.get(id) ?? []);
  return (
    <div className={styles.checklist}>
      <RefusalNotice error={plans.error} onRetry={() => void plans.refetch()} />
      <RefusalNotice error={ticks.error} onRetry={ticks.retry} />
      {ticks.isRead && !ticks.isOpen ? <Notice tone="calm">{t('checklist.closed')}</Notice> : null}
      {plans.data
        ? brands.map((brand, index) => (
            <BrandChecklist
              key={brand.id}
              brand={brand}
              summary={byBrand.get(brand.id) ?? null}
              ticks={ticks}
              opensFirst={index === 0}
            />
          ))
        : null}
    </div>
  );
}

function BrandChecklist(props: {
  brand: BrandView;
  summary: PlanSummary | null;
  ticks: Ticks;
  opensFirst: boolean;
}) {
  const { brand, summary, ticks } = props;
  const { t } = useTranslation('plan');
  const language = useLanguage();
  const [isOpen, setIsOpen] = useState(props.opensFirst);
  const done = (summary?.stepKeys ?? []).filter((key) => ticks.of(brand.id, 'step', key)?.isDone).length;
  const first = summary?.decisionMakers[0];
  return (
    <section className={styles.brand}>
      <h3>
        <button
          type="button"
          className={styles.head}
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          <IconChevronRight size={16} aria-hidden="true" data-open={isOpen ? '' : undefined} />
          <BrandMark name={brand.name} colour={brand.colour} />
          <span className={styles.headMore}>
            {summary === null
              ? t('sign.empty')
              : [
                  first ? `${first.name} ${first.phone}`.trim() : '',
                  t('checklist.progress', {
                    done: numberOf(done, language),
                    all: numberOf(summary.stepKeys.length, language),
                  }),
                ]
                  .filter((part) => part !== '')
                  .join(' · ')}
          </span>
        </button>
      </h3>
      {isOpen ? (
        summary === null ? (
          <div className={styles.body}>
            <p>{t('checklist.noPlan', { name: brand.name })}</p>
            <a className={styles.link} href={hashOf('plan', { brandId: String(brand.id) })}>
              {t('checklist.writePlan')}
            </a>
          </div>
        ) : (
          <OpenPlan brand={brand} ticks={ticks} />
        )
      ) : null}
    </section>
  );
}

function OpenPlan({ brand, ticks }: { brand: BrandView; ticks: Ticks }) {
  const { t } = useTranslation('plan');
  const read = useRead('plan.read', { brandId: brand.id });
  const plan = read.data;
  if (!plan) return <RefusalNotice error={read.error} onRetry={() => void read.refetch()} />;
  const people = plan.decisionMakers.filter(({ name, phone }) => name.trim() !== '' || phone.trim() !== '');
  const rules = plan.toneRules.filter((rule) => rule.trim() !== '');
  return (
    <div className={styles.body}>
      <h4>{t('checklist.call')}</h4>
      {people.length === 0 ? (
        <p className={styles.hint}>{t('checklist.noPeople')}</p>
      ) : (
        <ol className={styles.people}>
          {people.map((person, place) => (
            <li key={`${String(place)} ${person.name}`}>
              <strong>{person.name}</strong> <span className={styles.quiet}>{person.role}</span>
              {person.phone ? (
                <span className={styles.phone} data-selectable>
                  <IconPhone size={14} aria-hidden="true" /> {person.phone}
                </span>
              ) : null}
              {person.email ? <span data-selectable>{person.email}</span> : null}
            </li>
          ))}
        </ol>
      )}
      <h4>{t('steps.title')}</h4>
      <ul className={styles.rows}>
        {plan.steps
          .filter(({ text }) => text.trim() !== '')
          .map((step) => (
            <TickRow
              key={step.key}
              ticks={ticks}
              brandId={brand.id}
              kind="step"
              tickKey={step.key}
              label={step.text}
            >
              <span>{step.who.trim() || <em>{t('steps.nobody')}</em>}</span>
            </TickRow>
          ))}
      </ul>
      <h4>{t('message.title')}</h4>
      <Message brand={brand} plan={plan} />
      <h4>{t('rules.title')}</h4>
      {rules.length === 0 ? (
        <p className={styles.hint}>{t('lacks.rules')}</p>
      ) : (
        <ul className={styles.rules} lang={plan.language}>
          {rules.map((rule, place) => (
            <li key={`${String(place)} ${rule}`}>{rule}</li>
          ))}
        </ul>
      )}
      <a className={styles.link} href={hashOf('plan', { brandId: String(brand.id) })}>
        {t('checklist.openPlan')}
      </a>
    </div>
  );
}

function Message({ brand, plan }: { brand: BrandView; plan: PlanView }) {
  const { t } = useTranslation('plan');
  if (plan.holdingMessage.trim() === '') return <p className={styles.hint}>{t('checklist.noMessage')}</p>;
  return (
    <div className={styles.message}>
      <p lang={plan.language}>{plan.holdingMessage}</p>
      <CopyButton value={plan.holdingMessage}>
        {({ copied, copy }) => (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            aria-label={copied ? t('checklist.copied') : t('checklist.copyOf', { name: brand.name })}
            onClick={copy}
          >
            {t(copied ? 'checklist.copied' : 'checklist.copy')}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
