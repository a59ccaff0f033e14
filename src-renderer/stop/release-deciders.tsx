import { useTranslation } from 'react-i18next';
import { useRead } from '../api.ts';
import { numberOf, useLanguage } from '../time.ts';
import styles from './release.module.css';

/** Brands of one row that are told by name; the rest is counted. */
const MOST_BRANDS = 6;

/** The cell of who decides for these brands: of each the first to be called, with the number in full. Several are told by the brand's name. */
export function DecidersCell({ brands }: { brands: readonly { brandId: number; name: string }[] }) {
  const { t } = useTranslation('stop');
  const language = useLanguage();
  const rest = brands.length - MOST_BRANDS;
  return (
    <td className={styles.person}>
      {brands.slice(0, MOST_BRANDS).map((brand) => (
        <div key={brand.brandId} className={styles.decider}>
          {brands.length > 1 ? <span className={styles.quiet}>{brand.name}</span> : null}
          <Decider brandId={brand.brandId} />
        </div>
      ))}
      {rest > 0 ? (
        <span className={styles.quiet}>
          {t('details.restBrands', { count: rest, n: numberOf(rest, language) })}
        </span>
      ) : null}
    </td>
  );
}

/** A brand without a plan and a plan that names nobody say so. */
function Decider({ brandId }: { brandId: number }) {
  const { t } = useTranslation('stop');
  const plans = useRead('plan.list', {}).data;
  if (!plans) return null;
  const plan = plans.find((one) => one.brandId === brandId);
  const first = plan?.decisionMakers[0];
  if (!first) return <span className={styles.quiet}>{t(plan ? 'release.nobody' : 'release.noPlan')}</span>;
  return (
    <>
      <span>{first.name}</span>
      {first.phone ? <span className={styles.phone}>{first.phone}</span> : null}
      {first.role ? <span className={styles.quiet}>{first.role}</span> : null}
    </>
  );
}
