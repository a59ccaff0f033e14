import { useTranslation } from 'react-i18next';
import { useLanguage } from '../time.ts';
import { Notice } from '../ui/notice.tsx';
import { dateWords, shiftWallTime, wallTimeOf } from './calendar-days.ts';
import { targetOf } from './move-post.ts';
import type { Carried } from './use-carry.ts';

/** Says where a post that is carried by keys would be placed, at every arrow. */
export function CarriedNotice(props: { carried: Carried; zone: string; brandZone: string }) {
  const { post, shift } = props.carried;
  const { t } = useTranslation('calendar');
  const language = useLanguage();
  const { localTime, timeZone } = targetOf(post, shift, props.zone, props.brandZone);
  const isPast = shiftWallTime(localTime, 0) <= wallTimeOf(Date.now(), timeZone);
  const when = `${dateWords(localTime.slice(0, 10), language, 'short')}, ${localTime.slice(11)} (${timeZone})`;
  return (
    <Notice tone={isPast ? 'warn' : 'calm'}>
      <span role="status">
        {t('move.carrying', { account: post.account, brand: post.brand, when })}
        {isPast ? ` ${t('move.carryingPast')}` : ''}
      </span>
    </Notice>
  );
}
