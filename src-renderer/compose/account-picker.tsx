import { Button, Checkbox, CloseButton, TextInput, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconChevronDown, IconChevronRight, IconSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, BrandView, FitView } from '../../src-preload/views.ts';
import { numberOf, useLanguage } from '../time.ts';
import { BrandMark } from '../ui/brand-mark.tsx';
import css from './account-picker.module.css';
import { fullestPart } from './fit.ts';

/** With more brands than this they are folded until searched for or chosen from. */
const UNFOLDED_BRANDS = 8;

const BRAND_HEIGHT = 38;
const ACCOUNT_HEIGHT = 27;
const ALL_DRAWN = 150;

type Row = { readonly brand: BrandView; readonly account?: AccountView };

/** Every account under its brand; a brand's box chooses all of its accounts. Not drawn anew for what is typed beside it. */
export const AccountPicker = memo(function AccountPicker(props: {
  brands: readonly BrandView[];
  chosen: readonly number[];
  fits: ReadonlyMap<number, FitView>;
  /** Those that say it in their own words. */
  own?: ReadonlySet<number>;
  /** Stays the same function. */
  onChange: (accountIds: readonly number[]) => void;
}) {
  const { brands, chosen, fits, own, onChange } = props;
  const { t } = useTranslation('compose');
  const language = useLanguage();
  const [search, setSearch] = useState('');
  const [toggled, setToggled] = useState<ReadonlyMap<number, boolean>>(new Map());
  const picked = useMemo(() => new Set(chosen), [chosen]);
  const shown = useMemo(() => matching(brands, search), [brands, search]);
  const isOpen = (brand: BrandView) =>
    toggled.get(brand.id) ??
    (search !== '' ||
      brands.length <= UNFOLDED_BRANDS ||
      brand.accounts.some((account) => picked.has(account.id)));
  const rows = shown.flatMap((brand): Row[] => [
    { brand },
    ...(isOpen(brand) ? brand.accounts.map((account) => ({ brand, account })) : []),
  ]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.account ? ACCOUNT_HEIGHT : BRAND_HEIGHT),
    getItemKey: (index) => {
      const row = rows[index];
      return row?.account ? `account ${row.account.id}` : `brand ${row?.brand.id}`;
    },
    // Few enough are all there: find-in-page, screen readers and the Tab key then meet every one of them.
    overscan: rows.length <= ALL_DRAWN ? ALL_DRAWN : 12,
  });
  const set = (ids: readonly number[], isOn: boolean) => {
    const touched = new Set(ids);
    const rest = chosen.filter((id) => !touched.has(id));
    onChange(isOn ? [...rest, ...ids] : rest);
  };
  return (
    <section className={css.picker} aria-label={t('accounts.title')}>
      <div className={css.head}>
        <TextInput
          aria-label={t('accounts.search')}
          placeholder={t('accounts.search')}
          value={search}
          leftSection={<IconSearch size={16} aria-hidden="true" />}
          rightSection={
            search === '' ? null : (
              <CloseButton size="sm" aria-label={t('accounts.clearSearch')} onClick={() => setSearch('')} />
            )
          }
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <div className={css.sum}>
          <span role="status">
            {t('accounts.chosen', { count: chosen.length, n: numberOf(chosen.length, language) })}
          </span>
          {chosen.length > 0 ? (
            <Button size="compact-xs" variant="subtle" onClick={() => onChange([])}>
              {t('accounts.none')}
            </Button>
          ) : null}
        </div>
      </div>
      {rows.length === 0 ? <p className={css.empty}>{t('accounts.notFound')}</p> : null}
      <div ref={scroller} className={css.list}>
        <div className={css.rows} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return (
              <div
                key={item.key}
                className={css.row}
                style={{ height: item.size, transform: `translateY(${item.start}px)` }}
              >
                {row?.account === undefined ? (
                  <BrandRow
                    brand={row?.brand}
                    isOpen={row !== undefined && isOpen(row.brand)}
                    picked={picked}
                    onFold={(brand) => setToggled(new Map(toggled).set(brand.id, !isOpen(brand)))}
                    onSet={set}
                  />
                ) : (
                  <AccountRow
                    account={row.account}
                    isPicked={picked.has(row.account.id)}
                    fit={fits.get(row.account.id)}
                    isOwn={picked.has(row.account.id) && own?.has(row.account.id) === true}
                    onSet={set}
                  />
                )}
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
});

function matching(brands: readonly BrandView[], search: string): readonly BrandView[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return brands.filter((brand) => brand.accounts.length > 0);
  const has = (text: string) => text.toLowerCase().includes(wanted);
  return brands
    .map((brand) =>
      has(brand.name) || has(brand.market)
        ? brand
        : {
            ...brand,
            accounts: brand.accounts.filter((account) => has(account.name) || has(account.networkName)),
          },
    )
    .filter((brand) => brand.accounts.length > 0);
}

type SetAccounts = (ids: readonly number[], isOn: boolean) => void;

function BrandRow(props: {
  brand: BrandView | undefined;
  isOpen: boolean;
  picked: ReadonlySet<number>;
  onFold: (brand: BrandView) => void;
  onSet: SetAccounts;
}) {
  const { brand, picked, isOpen } = props;
  const { t } = useTranslation('compose');
  if (brand === undefined) return null;
  const ids = brand.accounts.map((account) => account.id);
  const on = ids.filter((id) => picked.has(id)).length;
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <div className={css.brand}>
      <Checkbox
        size="xs"
        aria-label={t('accounts.allOf', { brand: brand.name })}
        checked={on === ids.length}
        indeterminate={on > 0 && on < ids.length}
        onChange={() => props.onSet(ids, on < ids.length)}
      />
      <UnstyledButton className={css.fold} aria-expanded={isOpen} onClick={() => props.onFold(brand)}>
        <BrandMark name={brand.name} colour={brand.colour} />
        <span className={css.of}>
          {on}/{ids.length}
        </span>
        <Chevron size={15} aria-hidden="true" />
      </UnstyledButton>
    </div>
  );
}

function AccountRow(props: {
  account: AccountView;
  isPicked: boolean;
  fit: FitView | undefined;
  /** Has a text of its own. */
  isOwn: boolean;
  onSet: SetAccounts;
}) {
  const { account } = props;
  return (
    <div className={css.account}>
      <Checkbox
        size="xs"
        checked={props.isPicked}
        classNames={{ body: css.box ?? '', labelWrapper: css.box ?? '', label: css.name ?? '' }}
        label={
          <span title={account.name}>
            <span className={css.network}>{account.networkName}</span> {account.name}
          </span>
        }
        onChange={(event) => props.onSet([account.id], event.currentTarget.checked)}
      />
      <AccountFit account={account} fit={props.fit} isOwn={props.isOwn} />
    </div>
  );
}

/** What matters about an account here: signed out, held, or how much of its room the text takes. */
function AccountFit(props: { account: AccountView; fit: FitView | undefined; isOwn: boolean }) {
  const { account, fit } = props;
  const { t } = useTranslation(['compose', 'adapt']);
  const language = useLanguage();
  const words =
    account.state === 'signed-out' ? t('accounts.signedOut') : account.isHeld ? t('accounts.held') : '';
  const fullest = fit === undefined ? null : fullestPart(fit);
  const isBad = fit?.problems.some((problem) => problem.level === 'error') ?? false;
  return (
    <span className={css.fit} data-bad={isBad ? '' : undefined}>
      {words === '' ? null : <span className={css.warn}>{words}</span>}
      {props.isOwn ? <span className={css.own}>{t('adapt:mark')}</span> : null}
      {isBad ? <IconAlertTriangle size={14} role="img" aria-label={t('accounts.doesNotFit')} /> : null}
      {fullest === null ? null : (
        <span title={t('accounts.counted')}>
          {numberOf(fullest.count, language)}/{numberOf(fullest.limit, language)}
        </span>
      )}
    </span>
  );
}
