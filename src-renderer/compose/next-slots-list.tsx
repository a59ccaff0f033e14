import { Button, Group, Loader } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NextSlot } from '../../src-preload/slot-views.ts';
import type { AccountView } from '../../src-preload/views.ts';
import { wallTimeOf } from '../calendar/calendar-days.ts';
import { SlotsDialog } from '../slots/slots-dialog.tsx';
import { dayTimeOf, numberOf, placedTimeOf, placeOf, useLanguage, writtenDayOf } from '../time.ts';
import { NetworkIcon } from '../ui/network-icon.tsx';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import type { DeskIndex } from '../ui/use-desk.ts';
import css from './next-slots.module.css';
import type { SlotChoice } from './use-slot-choice.ts';

const MOST_LISTED = 100;
const MOST_NAMED = 5;

/** Where each account's post would go, what keeps one from a slot, and the first slot that all have. */
export function NextSlotsList(props: {
  slots: SlotChoice;
  accountIds: readonly number[];
  onAccounts: (accountIds: readonly number[]) => void;
  /** Takes one time for all, to be seen and changed. */
  onTime: (localTime: string, timeZone: string) => void;
  desk: DeskIndex;
}) {
  const { slots, desk } = props;
  const { t } = useTranslation(['slots', 'common']);
  const language = useLanguage();
  if (props.accountIds.length === 0) return <span className={css.dim}>{t('chooseFirst')}</span>;
  if (slots.error) return <RefusalNotice error={slots.error} />;
  if (!slots.next) return <Loader size="xs" aria-label={t('common:loading')} />;
  const { accounts, common } = slots.next;
  const [first] = accounts;
  const rest = accounts.length - MOST_LISTED;
  const zone = first?.next?.timeZone ?? '';
  return (
    <div className={css.box}>
      {accounts.length > 1 ? <div className={css.dim}>{t('each')}</div> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard too */}
      <ul className={css.list} aria-label={t('listOf')} tabIndex={0}>
        {accounts.slice(0, MOST_LISTED).map((one) => (
          <Line key={one.accountId} slot={one} desk={desk} />
        ))}
        {rest > 0 ? (
          <li className={css.dim}>{t('more', { count: rest, n: numberOf(rest, language) })}</li>
        ) : null}
      </ul>
      <Lacking {...props} />
      <Group gap="sm">
        {accounts.length > 1 && common !== null && zone !== '' ? (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => props.onTime(wallTimeOf(common, zone), zone)}
          >
            {t('common', { when: placedTimeOf(common, language, zone) })}
          </Button>
        ) : null}
        {accounts.length === 1 && first?.next ? (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => first.next && props.onTime(first.next.localTime, first.next.timeZone)}
          >
            {t('asTime')}
          </Button>
        ) : null}
      </Group>
      {accounts.length > 1 && common === null && slots.lacking.length === 0 ? (
        <div className={css.dim}>{t('noCommon')}</div>
      ) : null}
    </div>
  );
}

function Line({ slot, desk }: { slot: NextSlot; desk: DeskIndex }) {
  const { t } = useTranslation('slots');
  const language = useLanguage();
  const account = desk.accountById.get(slot.accountId);
  const brand = desk.brandById.get(account?.brandId ?? 0);
  const { next } = slot;
  return (
    <li className={css.line}>
      <NetworkIcon network={account?.network ?? ''} size={14} />
      <span className={css.name}>
        {account?.name ?? ''} <span className={css.dim}>{brand?.name ?? ''}</span>
      </span>
      {next ? (
        <b className={css.time}>
          {dayTimeOf(next.at, language, next.timeZone)}{' '}
          <span className={css.dim}>({placeOf(next.timeZone)})</span>
        </b>
      ) : (
        <span className={css.lack}>{t(slot.hasSlots ? 'full' : 'noSlots')}</span>
      )}
      {slot.skipped.map(({ localTime, clock }) => (
        <div key={localTime} className={css.skipped}>
          {t(`skipped.${clock}`, { when: writtenDayOf(localTime, language) })}
        </div>
      ))}
    </li>
  );
}

/** Nobody is left out silently: slots are set, or a person leaves the account out. */
function Lacking(props: {
  slots: SlotChoice;
  accountIds: readonly number[];
  onAccounts: (accountIds: readonly number[]) => void;
  desk: DeskIndex;
}) {
  const { lacking } = props.slots;
  const { t } = useTranslation('slots');
  const language = useLanguage();
  const [isSetting, setIsSetting] = useState<readonly AccountView[] | null>(null);
  const accounts = lacking.flatMap(({ accountId }) => props.desk.accountById.get(accountId) ?? []);
  const without = accounts.filter((_, index) => lacking[index]?.hasSlots === false);
  const named = accounts.slice(0, MOST_NAMED).map(({ name }) => name);
  const more = accounts.length - named.length;
  const names = [...named, ...(more > 0 ? [t('more', { count: more, n: numberOf(more, language) })] : [])];
  return (
    <>
      {lacking.length > 0 ? (
        <Notice tone="warn">
          <div>{t('lack', { count: lacking.length, names: names.join(', ') })}</div>
          <Group gap="xs" mt={6}>
            {without.length > 0 ? (
              <Button size="compact-sm" variant="default" onClick={() => setIsSetting(without)}>
                {t('set')}
              </Button>
            ) : null}
            {lacking.length < props.accountIds.length ? (
              <Button
                size="compact-sm"
                variant="default"
                onClick={() =>
                  props.onAccounts(
                    props.accountIds.filter((id) => lacking.every(({ accountId }) => accountId !== id)),
                  )
                }
              >
                {t('leaveOut', { count: lacking.length })}
              </Button>
            ) : null}
          </Group>
        </Notice>
      ) : null}
      {isSetting ? <SlotsDialog accounts={isSetting} onClose={() => setIsSetting(null)} /> : null}
    </>
  );
}
