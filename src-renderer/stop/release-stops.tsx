import { useTranslation } from 'react-i18next';
import type { ReleaseStop } from '../../src-preload/release-views.ts';
import { localZone, numberOf, useLanguage } from '../time.ts';
import { useDesk } from '../ui/use-desk.ts';
import styles from './release.module.css';
import { ChooseCell, FigureCells, FigureHeads } from './release-cells.tsx';
import { DecidersCell } from './release-deciders.tsx';
import { useStopWords } from './stop-words.ts';

/** Stops of networks and accounts: each ends as a whole, by its name. */
export function ReleaseStops(props: {
  stops: readonly ReleaseStop[];
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
}) {
  const { stops, chosen } = props;
  const { t } = useTranslation(['stop', 'common']);
  const language = useLanguage();
  const { scopeName } = useStopWords();
  const { brandById } = useDesk();
  const toggle = (stopId: string) => {
    const next = new Set(chosen);
    if (!next.delete(stopId)) next.add(stopId);
    props.onChange(next);
  };
  const coversOf = ({ brands }: ReleaseStop) => {
    const accounts = brands.reduce((sum, brand) => sum + brand.accounts, 0);
    return t('release.covers', {
      accounts: t('common:accounts', { count: accounts, n: numberOf(accounts, language) }),
      brands: brands.map((brand) => brand.name).join(', '),
    });
  };
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('release.onTheirOwn')}</th>
            <th scope="col">{t('release.decides')}</th>
            <FigureHeads />
          </tr>
        </thead>
        <tbody>
          {stops.map((stop) => (
            <tr key={stop.stopId} data-chosen={chosen.has(stop.stopId) ? '' : undefined}>
              <ChooseCell
                name={scopeName(stop.scope)}
                more={coversOf(stop)}
                isChosen={chosen.has(stop.stopId)}
                onToggle={() => toggle(stop.stopId)}
              />
              <DecidersCell brands={stop.brands} />
              <FigureCells of={stop} zone={zoneOf(stop, brandById)} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The zone of the only brand it covers; this computer's where it covers several. */
function zoneOf({ brands }: ReleaseStop, brandById: ReadonlyMap<number, { timeZone: string }>): string {
  const [only] = brands;
  return brands.length === 1 && only ? (brandById.get(only.brandId)?.timeZone ?? localZone()) : localZone();
}
