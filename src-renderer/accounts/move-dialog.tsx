import { Button, Select, Stack } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, BrandView } from '../../src-preload/views.ts';
import { useAction } from '../api.ts';
import { usePublishing } from '../stop/publishing.ts';
import { numberOf, useLanguage } from '../time.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { sayDone } from '../ui/toasts.ts';
import styles from './forms.module.css';
import { type MoveEffect, moveEffect } from './move-effect.ts';

/** Gives accounts to another brand, once the consequences have been read. Opened by dragging, by the menu, or for those chosen. */
export function MoveDialog(props: {
  accounts: readonly AccountView[];
  brands: readonly BrandView[];
  brandId: number | null;
  onClose: () => void;
  onMoved: () => void;
}) {
  const { accounts, brands } = props;
  const { t } = useTranslation('desk');
  const { t: common } = useTranslation('common');
  const language = useLanguage();
  const [brandId, setBrandId] = useState(props.brandId);
  const move = useAction('account.move');
  const { view } = usePublishing();
  const target = brands.find((brand) => brand.id === brandId) ?? null;
  const effect = useMemo(() => {
    const scopes = [...(view?.stops ?? []), ...(view?.countdowns ?? [])].map(({ scope }) => scope);
    return target ? moveEffect(accounts, target, brands, scopes) : null;
  }, [accounts, target, brands, view]);
  const count = effect?.going.length ?? accounts.length;
  const n = numberOf(count, language);
  const confirm = () => {
    if (!target || count === 0) return;
    move.mutate(
      { accountIds: accounts.map(({ id }) => id), brandId: target.id },
      {
        onSuccess: ({ moved }) => {
          sayDone(t('move.done', { count: moved, n: numberOf(moved, language), brand: target.name }));
          props.onMoved();
        },
      },
    );
  };
  return (
    <Dialog
      opened
      width={560}
      onClose={props.onClose}
      title={
        accounts.length === 1
          ? t('move.titleOne', { name: accounts[0]?.name ?? '' })
          : t('move.title', { count: accounts.length, n: numberOf(accounts.length, language) })
      }
      footer={
        <>
          <Button variant="default" onClick={props.onClose}>
            {common('cancel')}
          </Button>
          <Button disabled={!target || count === 0} loading={move.isPending} onClick={confirm}>
            {t('move.confirm', { count, n })}
          </Button>
        </>
      }
    >
      <Stack gap="sm">
        <Select
          {...(props.brandId === null && { 'data-autofocus': true })}
          label={t('move.to')}
          placeholder={t('move.choose')}
          searchable
          data={brands.map((brand) => ({ value: String(brand.id), label: brand.name }))}
          value={brandId === null ? null : String(brandId)}
          onChange={(id) => setBrandId(id === null ? null : Number(id))}
        />
        {effect && target ? <Consequences effect={effect} target={target} /> : null}
        <RefusalNotice error={move.error} />
      </Stack>
    </Dialog>
  );
}

function Consequences({ effect, target }: { effect: MoveEffect; target: BrandView }) {
  const { t } = useTranslation('desk');
  const language = useLanguage();
  const n = (value: number) => numberOf(value, language);
  return (
    <>
      {effect.going.length > 0 ? (
        <ul className={styles.consequences}>
          <li>{t('move.posts', { count: effect.scheduled, n: n(effect.scheduled), brand: target.name })}</li>
          <li>{t(effect.zoneChanges ? 'move.zone' : 'move.sameZone', { zone: target.timeZone })}</li>
          {effect.graceChanges ? (
            <li>{t('move.grace', { count: target.graceMinutes, n: n(target.graceMinutes) })}</li>
          ) : null}
          {effect.marketChanges ? (
            <li>{t(target.market ? 'move.market' : 'move.noMarket', { market: target.market })}</li>
          ) : null}
          <li>{t('move.plan', { brand: target.name })}</li>
        </ul>
      ) : null}
      {effect.keepStopped > 0 ? (
        <Notice tone="warn">
          {t('move.keepStopped', { count: effect.keepStopped, n: n(effect.keepStopped) })}
        </Notice>
      ) : null}
      {effect.becomeStopped > 0 ? (
        <Notice tone="warn">
          {t('move.becomeStopped', { count: effect.becomeStopped, n: n(effect.becomeStopped) })}
        </Notice>
      ) : null}
      {effect.left.length > 0 ? (
        <Notice tone="calm">
          {t('move.left', { count: effect.left.length, n: n(effect.left.length) })}
          <ul className={styles.leftList}>
            {effect.left.slice(0, 8).map(({ account, reason }) => (
              <li key={account.id}>
                {account.name}: {t(`move.why.${reason}`)}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
    </>
  );
}
