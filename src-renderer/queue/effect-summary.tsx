import { useTranslation } from 'react-i18next';
import type { PostView } from '../../src-preload/views.ts';
import { dayTimeOf, localZone, numberOf, placeOf, useLanguage } from '../time.ts';
import { BrandMark } from '../ui/brand-mark.tsx';
import { Notice } from '../ui/notice.tsx';
import type { DeskIndex } from '../ui/use-desk.ts';
import type { BulkEffect } from './bulk-effect.ts';
import css from './effect-summary.module.css';

const BRANDS_SHOWN = 5;

/** Which posts an action reaches, by brand, between which times, and which of the chosen it leaves alone. */
export function EffectSummary({ effect, desk }: { effect: BulkEffect; desk: DeskIndex }) {
  const { t } = useTranslation(['queue', 'common']);
  const language = useLanguage();
  const groups = byBrand(effect.affected);
  const shown = groups.slice(0, BRANDS_SHOWN);
  const rest = groups.slice(BRANDS_SHOWN).reduce((sum, group) => sum + group.posts.length, 0);
  return (
    <>
      {shown.length > 0 ? (
        <ul className={css.list}>
          {shown.map((group) => {
            const zone = desk.brandById.get(group.brandId)?.timeZone ?? localZone();
            const times = group.posts.map((post) => post.publishAt);
            const first = times.reduce((a, b) => Math.min(a, b));
            const last = times.reduce((a, b) => Math.max(a, b));
            return (
              <li key={group.brandId} className={css.line}>
                <BrandMark name={group.name} colour={desk.brandById.get(group.brandId)?.colour ?? ''} />
                <span className={css.count}>
                  {t('common:posts', {
                    count: group.posts.length,
                    n: numberOf(group.posts.length, language),
                  })}
                </span>
                <span className={css.times}>
                  {first === last
                    ? dayTimeOf(first, language, zone)
                    : t('bulk.between', {
                        first: dayTimeOf(first, language, zone),
                        last: dayTimeOf(last, language, zone),
                      })}{' '}
                  ({placeOf(zone)})
                </span>
              </li>
            );
          })}
          {rest > 0 ? (
            <li className={css.rest}>
              {t('bulk.moreBrands', {
                count: groups.length - BRANDS_SHOWN,
                n: numberOf(groups.length - BRANDS_SHOWN, language),
                posts: numberOf(rest, language),
              })}
            </li>
          ) : null}
        </ul>
      ) : null}
      {effect.refusedCount > 0 ? (
        <Notice tone={effect.affected.length === 0 ? 'warn' : 'calm'}>
          {t(effect.affected.length === 0 ? 'bulk.noneCan' : 'bulk.refused', {
            count: effect.refusedCount,
            n: numberOf(effect.refusedCount, language),
            states: effect.refused
              .map(
                (one) =>
                  `${numberOf(one.count, language)} ${t(`common:postState.${one.state}`).toLowerCase()}`,
              )
              .join(', '),
          })}
        </Notice>
      ) : null}
    </>
  );
}

function byBrand(posts: readonly PostView[]) {
  const groups = new Map<number, { brandId: number; name: string; posts: PostView[] }>();
  for (const post of posts) {
    const group = groups.get(post.brandId) ?? { brandId: post.brandId, name: post.brand, posts: [] };
    group.posts.push(post);
    groups.set(post.brandId, group);
  }
  return [...groups.values()].sort((a, b) => b.posts.length - a.posts.length || a.name.localeCompare(b.name));
}
