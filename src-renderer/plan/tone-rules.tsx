import { useTranslation } from 'react-i18next';
import { useRead } from '../api.ts';
import { BrandMark } from '../ui/brand-mark.tsx';
import type { DeskIndex } from '../ui/use-desk.ts';
import styles from './tone-rules.module.css';

/** The rules of tone of these brands, beside a decision about their posts: the question is whether they still fit. */
export function ToneRules({ brandIds, desk }: { brandIds: ReadonlySet<number>; desk: DeskIndex }) {
  const { t } = useTranslation('plan');
  const plans = useRead('plan.list', {}).data;
  if (!plans) return null;
  const written = plans.filter((plan) => brandIds.has(plan.brandId) && plan.toneRules.length > 0);
  return (
    <section className={styles.fit} aria-label={t('fit.title')}>
      <h3>{t('fit.title')}</h3>
      {written.map((plan) => {
        const brand = desk.brandById.get(plan.brandId);
        return (
          <div key={plan.brandId}>
            <BrandMark name={brand?.name ?? ''} colour={brand?.colour ?? ''} />
            <ul>
              {plan.toneRules.map((rule) => (
                <li key={rule}>{rule}</li>
              ))}
            </ul>
          </div>
        );
      })}
      {written.length === 0 ? <p>{t('fit.none')}</p> : null}
    </section>
  );
}
