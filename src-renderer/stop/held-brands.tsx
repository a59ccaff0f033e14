import { useTranslation } from 'react-i18next';
import type { BrandView, StopView } from '../../src-preload/views.ts';
import { useRead } from '../api.ts';
import { numberOf, useLanguage } from '../time.ts';
import { BrandMark } from '../ui/brand-mark.tsx';
import styles from './stop-details.module.css';

const MOST_ROWS = 12;

function coveredBy(stop: StopView, brand: BrandView): boolean {
  const { scope } = stop;
  if (scope.kind === 'everything') return true;
  if (scope.kind === 'brand') return scope.brandId === brand.id;
  if (scope.kind === 'market') return scope.market === brand.market;
  return false;
}

/** What a stop holds back, brand by brand, those with the most first. */
export function HeldBrands({ stop }: { stop: StopView }) {
  const { t } = useTranslation('stop');
  const language = useLanguage();
  const desk = useRead('desk.read', {}).data;
  const brands = (desk?.brands ?? [])
    .filter((brand) => coveredBy(stop, brand))
    .sort((a, b) => b.counts.scheduled - a.counts.scheduled);
  if (brands.length === 0) return null;
  const rest = brands.length - MOST_ROWS;
  return (
    <table className={styles.table} aria-label={t('details.perBrand')}>
      <thead>
        <tr>
          <th scope="col">{t('details.brand')}</th>
          <th scope="col">{t('details.scheduled')}</th>
          <th scope="col">{t('details.missed')}</th>
          <th scope="col">{t('details.unconfirmed')}</th>
        </tr>
      </thead>
      <tbody>
        {brands.slice(0, MOST_ROWS).map((brand) => (
          <tr key={brand.id}>
            <td>
              <BrandMark name={brand.name} colour={brand.colour} />
            </td>
            <td>{numberOf(brand.counts.scheduled, language)}</td>
            <td>{numberOf(brand.counts.missed, language)}</td>
            <td>{numberOf(brand.counts.unconfirmed, language)}</td>
          </tr>
        ))}
        {rest > 0 ? (
          <tr>
            <td colSpan={4}>{t('details.restBrands', { count: rest, n: numberOf(rest, language) })}</td>
          </tr>
        ) : null}
      </tbody>
    </table>
  );
}
