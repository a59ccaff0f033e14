import { useTranslation } from 'react-i18next';
import type { BulkLeftOut, BulkPreview } from '../../src-preload/queue-views.ts';
import { dayTimeOf, localZone, numberOf, placeOf, useLanguage } from '../time.ts';
import { BrandMark } from '../ui/brand-mark.tsx';
import { Notice } from '../ui/notice.tsx';
import type { DeskIndex } from '../ui/use-desk.ts';
import { splitLeftOut } from './bulk-actions.ts';
import css from './effect-summary.module.css';

const BRANDS_SHOWN = 5;

/** Which posts a step reaches, by brand, between which times, before and after; and which of the chosen it leaves alone, and why. */
export function EffectSummary({ preview, desk }: { preview: BulkPreview; desk: DeskIndex }) {
  const { t } = useTranslation(['queue', 'common']);
  const language = useLanguage();
  const n = (value: number) => numberOf(value, language);
  const shown = preview.brands.slice(0, BRANDS_SHOWN);
  const more = preview.brands.slice(BRANDS_SHOWN);
  const rest = more.reduce((sum, brand) => sum + brand.posts, 0);
  const { states, others } = splitLeftOut(preview.leftOut);
  const inStates = states.reduce((sum, line) => sum + line.count, 0);
  const between = (first: number, last: number, zone: string) =>
    first === last
      ? dayTimeOf(first, language, zone)
      : t('bulk.between', { first: dayTimeOf(first, language, zone), last: dayTimeOf(last, language, zone) });
  return (
    <>
      {shown.length > 0 ? (
        <ul className={css.list}>
          {shown.map((brand) => {
            const zone = desk.brandById.get(brand.brandId)?.timeZone ?? localZone();
            return (
              <li key={brand.brandId} className={css.line}>
                <BrandMark name={brand.name} colour={desk.brandById.get(brand.brandId)?.colour ?? ''} />
                <span className={css.count}>
                  {t('common:posts', { count: brand.posts, n: n(brand.posts) })}
                </span>
                <span className={css.times}>
                  {between(brand.firstAt, brand.lastAt, zone)} ({placeOf(zone)})
                  {brand.newFirstAt !== null && brand.newLastAt !== null ? (
                    <b className={css.after}>
                      {t('bulk.becomes', { times: between(brand.newFirstAt, brand.newLastAt, zone) })}
                    </b>
                  ) : null}
                </span>
              </li>
            );
          })}
          {rest > 0 ? (
            <li className={css.rest}>
              {t('bulk.moreBrands', { count: more.length, n: n(more.length), posts: n(rest) })}
            </li>
          ) : null}
        </ul>
      ) : null}
      {inStates > 0 ? (
        <Notice tone={preview.affected === 0 ? 'warn' : 'calm'}>
          {t(preview.affected === 0 && others.length === 0 ? 'bulk.noneCan' : 'bulk.refused', {
            count: inStates,
            n: n(inStates),
            states: states
              .map((one) => `${n(one.count)} ${t(`common:postState.${one.reason as 'held'}`).toLowerCase()}`)
              .join(', '),
          })}
        </Notice>
      ) : null}
      {others.map((line) => (
        <Notice key={line.reason} tone="warn">
          <LeftOut line={line} />
        </Notice>
      ))}
    </>
  );
}

/** Why so many stay as they are; the first of them by name where each has its own reason. */
function LeftOut({ line }: { line: BulkLeftOut }) {
  const { t } = useTranslation('queue');
  const language = useLanguage();
  const named = line.examples.filter(({ detail }) => detail !== '');
  return (
    <>
      {t(`bulk.why.${line.reason as 'past'}`, { count: line.count, n: numberOf(line.count, language) })}
      {named.length > 0 ? (
        <ul className={css.examples}>
          {named.map((one) => (
            <li key={one.postId}>
              {one.brand} · {one.account}: “{one.text}” {one.detail}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
