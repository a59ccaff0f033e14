import { useTranslation } from 'react-i18next';
import type { AccountView, PostState, StopView } from '../../src-preload/views.ts';
import { useRead } from '../api.ts';
import { numberOf, useLanguage } from '../time.ts';
import { BrandMark } from '../ui/brand-mark.tsx';
import { coveredAccounts } from './scope-covers.ts';
import styles from './stop-details.module.css';

const MOST_ROWS = 12;
const SHOWN = ['scheduled', 'missed', 'unconfirmed'] as const satisfies readonly PostState[];

const sumOf = (accounts: readonly AccountView[], state: PostState) =>
  accounts.reduce((sum, account) => sum + account.counts[state], 0);

/** What stops keep back, brand by brand, those with the most first. */
export function HeldBrands({ stops }: { stops: readonly StopView[] }) {
  const { t } = useTranslation('stop');
  const language = useLanguage();
  const desk = useRead('desk.read', {}).data;
  const scopes = stops.map((stop) => stop.scope);
  const brands = (desk?.brands ?? [])
    .map((brand) => ({ brand, accounts: coveredAccounts(scopes, brand) }))
    .filter(({ accounts }) => accounts.length > 0)
    .sort((a, b) => sumOf(b.accounts, 'scheduled') - sumOf(a.accounts, 'scheduled'));
  if (brands.length === 0) return null;
  const rest = brands.length - MOST_ROWS;
  return (
    <table className={styles.table} aria-label={t('details.perBrand')}>
      <thead>
        <tr>
          <th scope="col">{t('details.brand')}</th>
          {SHOWN.map((state) => (
            <th scope="col" key={state}>
              {t(`details.${state}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {brands.slice(0, MOST_ROWS).map(({ brand, accounts }) => (
          <tr key={brand.id}>
            <td>
              <BrandMark name={brand.name} colour={brand.colour} />
            </td>
            {SHOWN.map((state) => (
              <td key={state}>{numberOf(sumOf(accounts, state), language)}</td>
            ))}
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
