import { Button, MultiSelect, Select, Skeleton, Stack } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountSlots, SlotView } from '../../src-preload/slot-views.ts';
import type { AccountView } from '../../src-preload/views.ts';
import { useAction, useRead } from '../api.ts';
import { numberOf, useLanguage } from '../time.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { sayDone } from '../ui/toasts.ts';
import { useDesk } from '../ui/use-desk.ts';
import { SlotEditor } from './slot-editor.tsx';
import { sharedSlots } from './slot-week.ts';

const MOST_OFFERED = 60;

/** The posting slots of one account, or of several at once; those of another account can be taken over, and given to others as well. */
export function SlotsDialog(props: { accounts: readonly AccountView[]; onClose: () => void }) {
  const { t } = useTranslation('slots');
  const all = useRead('slot.list', {}, { fresh: true });
  if (all.data) return <Slots {...props} all={all.data} />;
  return (
    <Dialog opened onClose={props.onClose} title={t('title')} width={690}>
      <Skeleton height={260} aria-hidden="true" />
      <RefusalNotice error={all.error} onRetry={() => void all.refetch()} />
    </Dialog>
  );
}

function Slots(props: {
  accounts: readonly AccountView[];
  all: readonly AccountSlots[];
  onClose: () => void;
}) {
  const { accounts, all } = props;
  const { t } = useTranslation(['slots', 'common']);
  const language = useLanguage();
  const desk = useDesk();
  const ids = useMemo(() => accounts.map(({ id }) => id), [accounts]);
  const shared = useMemo(() => sharedSlots(all, ids), [all, ids]);
  const [slots, setSlots] = useState<readonly SlotView[]>(shared ?? []);
  const [typed, setTyped] = useState('');
  const [leftOut, setLeftOut] = useState('');
  const isLeaving = typed !== '' && typed === leftOut;
  const [others, setOthers] = useState<readonly number[]>([]);
  const save = useAction('slot.set');
  const n = (value: number) => numberOf(value, language);

  const offered = useMemo(() => {
    const mine = new Set(ids);
    return desk.brands.flatMap((brand) => {
      const items = brand.accounts
        .filter(({ id }) => !mine.has(id))
        .map((one) => ({ value: String(one.id), label: `${one.name} · ${one.networkName}` }));
      return items.length > 0 ? [{ group: brand.name, items }] : [];
    });
  }, [desk.brands, ids]);
  const withSome = useMemo(() => {
    const having = new Set(all.map(({ accountId }) => String(accountId)));
    return offered
      .map(({ group, items }) => ({ group, items: items.filter(({ value }) => having.has(value)) }))
      .filter(({ items }) => items.length > 0);
  }, [offered, all]);
  const reached = [...ids, ...others];
  const zones = new Set(
    reached.map((id) => desk.brandById.get(desk.accountById.get(id)?.brandId ?? 0)?.timeZone ?? ''),
  );
  const [zone = ''] = zones;
  const confirm = () => {
    // A time that was typed but not added is never dropped unsaid: the first press asks.
    if (typed !== '' && !isLeaving) return setLeftOut(typed);
    save.mutate(
      { accountIds: reached, slots: [...slots] },
      {
        onSuccess: ({ changed }) => {
          sayDone(t('saved', { count: changed, n: n(changed) }));
          props.onClose();
        },
      },
    );
  };
  return (
    <Dialog
      opened
      width={690}
      onClose={props.onClose}
      title={
        accounts.length === 1
          ? t('titleOne', { name: accounts[0]?.name ?? '' })
          : t('titleMany', { count: accounts.length, n: n(accounts.length) })
      }
      footer={
        <>
          <Button variant="default" onClick={props.onClose}>
            {t('common:cancel')}
          </Button>
          <Button loading={save.isPending} onClick={confirm}>
            {isLeaving ? t('saveWithout', { time: typed }) : t(slots.length === 0 ? 'saveNone' : 'save')}
          </Button>
        </>
      }
    >
      <Stack gap="sm">
        <span>{t(zones.size > 1 ? 'leadZones' : 'lead', { zone })}</span>
        {shared === null ? <Notice tone="warn">{t('differ')}</Notice> : null}
        <SlotEditor slots={slots} onChange={setSlots} onTyped={setTyped} />
        {isLeaving ? <Notice tone="warn">{t('notAdded', { time: typed })}</Notice> : null}
        {withSome.length > 0 ? (
          <Select
            label={t('copyFrom')}
            placeholder={t('chooseAccount')}
            searchable
            limit={MOST_OFFERED}
            data={withSome}
            value={null}
            onChange={(id) => {
              const found = all.find(({ accountId }) => String(accountId) === id);
              if (found) setSlots(found.slots);
            }}
          />
        ) : null}
        {offered.length > 0 ? (
          <MultiSelect
            label={t('alsoFor')}
            description={t('alsoForHint')}
            placeholder={others.length === 0 ? t('chooseAccounts') : ''}
            searchable
            clearable
            limit={MOST_OFFERED}
            data={offered}
            value={others.map(String)}
            onChange={(chosen) => setOthers(chosen.map(Number))}
          />
        ) : null}
        <RefusalNotice error={save.error} />
      </Stack>
    </Dialog>
  );
}
