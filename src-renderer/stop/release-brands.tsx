import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ReleasePreview } from '../../src-preload/views.ts';
import { localZone, numberOf, placedTimeOf, useLanguage } from '../time.ts';
import { Notice } from '../ui/notice.tsx';
import { useDesk } from '../ui/use-desk.ts';
import styles from './release.module.css';

/** Step one: the stopped brands by name, each with what its release would mean. */
export function ReleaseBrands(props: {
  brands: ReleasePreview[];
  chosen: ReadonlySet<number>;
  onChange: (chosen: ReadonlySet<number>) => void;
}) {
  const { brands, chosen, onChange } = props;
  const { t } = useTranslation('stop');
  const language = useLanguage();
  const { brandById } = useDesk();
  const zoneOf = (brandId: number) => brandById.get(brandId)?.timeZone ?? localZone();
  if (brands.length === 0) return <Notice tone="calm">{t('release.noBrands')}</Notice>;
  const number = (value: number) => numberOf(value, language);
  const all = brands.every((brand) => chosen.has(brand.brandId));
  const some = brands.some((brand) => chosen.has(brand.brandId));
  const toggle = (brandId: number) => {
    const next = new Set(chosen);
    if (!next.delete(brandId)) next.add(brandId);
    onChange(next);
  };
  return (
    <>
      <h3 className={styles.question}>{t('release.choose')}</h3>
      <p className={styles.hint}>{t('release.chooseMore')}</p>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">
                <Checkbox
                  label={t('release.all')}
                  checked={all}
                  indeterminate={some && !all}
                  onChange={() => onChange(new Set(all ? [] : brands.map((brand) => brand.brandId)))}
                />
              </th>
              <th scope="col" className={styles.number}>
                {t('release.missed')}
              </th>
              <th scope="col" className={styles.number}>
                {t('release.unconfirmed')}
              </th>
              <th scope="col" className={styles.number}>
                {t('release.scheduled')}
              </th>
              <th scope="col">{t('release.next')}</th>
            </tr>
          </thead>
          <tbody>
            {brands.map((brand) => (
              <tr key={brand.brandId} data-chosen={chosen.has(brand.brandId) ? '' : undefined}>
                <td>
                  <Checkbox
                    label={<span title={brand.name}>{brand.name}</span>}
                    aria-label={brand.name}
                    classNames={{
                      body: styles.brandBody ?? '',
                      labelWrapper: styles.brandWords ?? '',
                      label: styles.brandName ?? '',
                    }}
                    checked={chosen.has(brand.brandId)}
                    onChange={() => toggle(brand.brandId)}
                  />
                </td>
                <td className={styles.number} data-some={brand.missed > 0 ? '' : undefined}>
                  {number(brand.missed)}
                </td>
                <td className={styles.number} data-some={brand.unconfirmed > 0 ? '' : undefined}>
                  {number(brand.unconfirmed)}
                </td>
                <td className={styles.number}>{number(brand.scheduled)}</td>
                <td className={styles.nextPost}>
                  {brand.next ? (
                    <>
                      <time>{placedTimeOf(brand.next.publishAt, language, zoneOf(brand.brandId))}</time>
                      <span>{brand.next.text}</span>
                    </>
                  ) : (
                    t('release.noNext')
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
