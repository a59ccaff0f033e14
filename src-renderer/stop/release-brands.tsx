import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ReleasePreview } from '../../src-preload/release-views.ts';
import { useOpenWork } from '../plan/use-open-work.ts';
import { localZone, numberOf, useLanguage } from '../time.ts';
import { useDesk } from '../ui/use-desk.ts';
import styles from './release.module.css';
import { ChooseCell, FigureCells, FigureHeads } from './release-cells.tsx';
import { DecidersCell } from './release-deciders.tsx';
import { useStopWords } from './stop-words.ts';

/** The stopped brands by name, each with who decides for it and what its release would mean. None is chosen beforehand. */
export function ReleaseBrands(props: {
  brands: readonly ReleasePreview[];
  chosen: ReadonlySet<number>;
  onChange: (chosen: ReadonlySet<number>) => void;
}) {
  const { brands, chosen, onChange } = props;
  const { t } = useTranslation('stop');
  const { brandById } = useDesk();
  const { scopeName } = useStopWords();
  const language = useLanguage();
  const openWork = useOpenWork(brands.flatMap(({ stopIds }) => stopIds));
  const all = brands.every((brand) => chosen.has(brand.brandId));
  const some = brands.some((brand) => chosen.has(brand.brandId));
  const toggle = (brandId: number) => {
    const next = new Set(chosen);
    if (!next.delete(brandId)) next.add(brandId);
    onChange(next);
  };
  const staysOf = (brand: ReleasePreview) =>
    brand.stays
      .map((part) =>
        t('release.stays', {
          count: part.accounts.length,
          n: numberOf(part.accounts.length, language),
          scope: scopeName(part.scope),
        }),
      )
      .join(' ');
  const leftOf = ({ brandId }: ReleasePreview) => {
    const left = openWork(brandId);
    if (!left) return '';
    const words = (['tools', 'steps'] as const).map((key) =>
      left[key] > 0 ? t(`release.${key}`, { count: left[key], n: numberOf(left[key], language) }) : '',
    );
    return words.filter((word) => word !== '').join(', ');
  };
  return (
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
            <th scope="col">{t('release.decides')}</th>
            <FigureHeads />
          </tr>
        </thead>
        <tbody>
          {brands.map((brand) => (
            <tr key={brand.brandId} data-chosen={chosen.has(brand.brandId) ? '' : undefined}>
              <ChooseCell
                name={brand.name}
                more={staysOf(brand)}
                warning={leftOf(brand)}
                isChosen={chosen.has(brand.brandId)}
                onToggle={() => toggle(brand.brandId)}
              />
              <DecidersCell brands={[brand]} />
              <FigureCells of={brand} zone={brandById.get(brand.brandId)?.timeZone ?? localZone()} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
