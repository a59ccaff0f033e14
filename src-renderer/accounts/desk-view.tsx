import { Button, CloseButton, TextInput } from '@mantine/core';
import {
  IconBuildingStore,
  IconHandStop,
  IconPlugConnected,
  IconPlus,
  IconSearch,
  IconSearchOff,
} from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, BrandView } from '../../src-preload/views.ts';
import { useRead } from '../api.ts';
import { ElsewhereDialog } from '../elsewhere/elsewhere-dialog.tsx';
import { ToolsDialog } from '../plan/tools-dialog.tsx';
import { SlotsDialog } from '../slots/slots-dialog.tsx';
import { numberOf, useLanguage } from '../time.ts';
import { useCommands } from '../ui/commands.ts';
import { Empty } from '../ui/empty.tsx';
import { Page } from '../ui/page.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { useKept } from '../ui/use-kept.ts';
import { useRememberedIds } from '../ui/use-remembered-ids.ts';
import { useOpenView, useRoute } from '../ui/view-route.ts';
import { AccountsBar } from './accounts-bar.tsx';
import { BrandDialog } from './brand-dialog.tsx';
import { ConnectDialog } from './connect-dialog.tsx';
import type { DeskDialog } from './desk-dialog.ts';
import { DeskFilters } from './desk-filters.tsx';
import { type DeskFilter, deskRows, NO_DESK_FILTER } from './desk-rows.ts';
import { DeskTable } from './desk-table.tsx';
import { LabelsDialog } from './labels-dialog.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { SignInDialog } from './sign-in-dialog.tsx';

const NO_BRANDS: readonly BrandView[] = [];
const NO_ACCOUNTS: readonly AccountView[] = [];
const NOTHING: ReadonlySet<number> = new Set();

/** Brands with their accounts: what state each is in, what is next, and the means to hold, stop, connect. */
export function DeskView() {
  const { t } = useTranslation('desk');
  const { t: common } = useTranslation('common');
  const language = useLanguage();
  const read = useRead('desk.read', {});
  const brands = read.data?.brands ?? NO_BRANDS;
  const [search, setSearch] = useKept('desk.search', '');
  const [filter, setFilter] = useKept<DeskFilter>('desk.filter', NO_DESK_FILTER);
  const [closed, setClosed] = useRememberedIds('desk.closed');
  const [chosenIds, setChosenIds] = useKept('desk.chosen', NOTHING);
  const [dialog, setDialog] = useState<DeskDialog | null>(null);
  const commands = useCommands();

  const { params } = useRoute();
  const openView = useOpenView();
  useEffect(() => {
    if (params.dialog === 'add-brand') setDialog({ kind: 'add-brand' });
    else if (params.dialog === 'connect') setDialog({ kind: 'connect', brandId: null });
    else return;
    openView('desk');
  }, [params, openView]);

  const sorted = useMemo(
    () => [...brands].sort((a, b) => a.name.localeCompare(b.name, language)),
    [brands, language],
  );
  const rows = useMemo(() => deskRows(sorted, { search, filter, closed }), [sorted, search, filter, closed]);
  const chosen = useMemo(
    () =>
      chosenIds.size === 0
        ? NO_ACCOUNTS
        : sorted.flatMap((brand) => brand.accounts.filter((account) => chosenIds.has(account.id))),
    [sorted, chosenIds],
  );
  const accounts = brands.reduce((sum, brand) => sum + brand.accounts.length, 0);
  const scheduled = brands.reduce((sum, brand) => sum + brand.counts.scheduled, 0);
  const isAllClosed = brands.length > 0 && brands.every((brand) => closed.has(brand.id));
  const setOpen = useCallback(
    (brandId: number, isOpen: boolean) =>
      setClosed((now) => {
        const next = new Set(now);
        if (isOpen) next.delete(brandId);
        else next.add(brandId);
        return next;
      }),
    [setClosed],
  );
  const choose = useCallback(
    (ids: readonly number[], isChosen: boolean) =>
      setChosenIds((now) => {
        const next = new Set(now);
        for (const id of ids) isChosen ? next.add(id) : next.delete(id);
        return next;
      }),
    [setChosenIds],
  );

  const addBrand = (
    <Button
      variant={brands.length === 0 ? 'filled' : 'default'}
      leftSection={<IconPlus size={16} aria-hidden="true" />}
      onClick={() => setDialog({ kind: 'add-brand' })}
    >
      {t('addBrand')}
    </Button>
  );

  return (
    <Page
      fills
      title={t('title')}
      lead={
        read.data
          ? t('lead', {
              brands: common('brands', { count: brands.length, n: numberOf(brands.length, language) }),
              accounts: common('accounts', { count: accounts, n: numberOf(accounts, language) }),
              scheduled: numberOf(scheduled, language),
            })
          : common('loading')
      }
      actions={
        brands.length > 0 ? (
          <>
            <Button
              variant="default"
              leftSection={<IconHandStop size={16} aria-hidden="true" />}
              onClick={() => commands.open('stop-part')}
            >
              {t('stopPart')}
            </Button>
            {addBrand}
            <Button
              leftSection={<IconPlugConnected size={16} aria-hidden="true" />}
              onClick={() => setDialog({ kind: 'connect', brandId: null })}
            >
              {t('connect')}
            </Button>
          </>
        ) : null
      }
      toolbar={
        brands.length > 0 ? (
          <>
            <TextInput
              type="search"
              w={230}
              aria-label={t('search')}
              placeholder={t('search')}
              leftSection={<IconSearch size={16} aria-hidden="true" />}
              rightSection={
                search === '' ? null : (
                  <CloseButton size="sm" aria-label={common('clear')} onClick={() => setSearch('')} />
                )
              }
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
            <DeskFilters filter={filter} brands={brands} onChange={setFilter} />
            <Button
              variant="subtle"
              color="gray"
              onClick={() =>
                setClosed(() => (isAllClosed ? NOTHING : new Set(brands.map((brand) => brand.id))))
              }
            >
              {isAllClosed ? t('expandAll') : t('collapseAll')}
            </Button>
          </>
        ) : null
      }
    >
      <RefusalNotice error={read.error} onRetry={() => void read.refetch()} />
      {chosen.length > 0 ? (
        <AccountsBar chosen={chosen} onDialog={setDialog} onNone={() => setChosenIds(NOTHING)} />
      ) : null}
      {rows.length > 0 ? (
        <DeskTable rows={rows} chosen={chosenIds} onChoose={choose} onOpen={setOpen} onDialog={setDialog} />
      ) : read.data && brands.length === 0 ? (
        <Empty icon={IconBuildingStore} title={t('empty')} action={addBrand}>
          {t('emptyMore')}
        </Empty>
      ) : read.data ? (
        <Empty icon={IconSearchOff} title={t('nothingFound')}>
          {t('nothingFoundMore', { search })}
        </Empty>
      ) : null}
      <Dialogs dialog={dialog} brands={sorted} onDialog={setDialog} onMoved={() => setChosenIds(NOTHING)} />
    </Page>
  );
}

function Dialogs(props: {
  dialog: DeskDialog | null;
  brands: BrandView[];
  onDialog: (dialog: DeskDialog | null) => void;
  onMoved: () => void;
}) {
  const close = () => props.onDialog(null);
  const { dialog } = props;
  switch (dialog?.kind) {
    case 'add-brand':
      return (
        <BrandDialog
          brand={null}
          onClose={close}
          onCreated={(brand) => props.onDialog({ kind: 'connect', brandId: brand.id })}
        />
      );
    case 'edit-brand':
      return <BrandDialog brand={dialog.brand} onClose={close} onCreated={close} />;
    case 'connect':
      return <ConnectDialog brands={props.brands} brandId={dialog.brandId} onClose={close} />;
    case 'sign-in':
      return <SignInDialog account={dialog.account} onClose={close} />;
    case 'tools':
      return <ToolsDialog account={dialog.account} onClose={close} />;
    case 'elsewhere':
      return <ElsewhereDialog source={dialog.source} onClose={close} />;
    case 'labels':
      return <LabelsDialog accounts={dialog.accounts} brands={props.brands} onClose={close} />;
    case 'slots':
      return <SlotsDialog accounts={dialog.accounts} onClose={close} />;
    case 'move':
      return (
        <MoveDialog
          accounts={dialog.accounts}
          brands={props.brands}
          brandId={dialog.brandId}
          onClose={close}
          onMoved={() => {
            close();
            props.onMoved();
          }}
        />
      );
    case 'remove':
      return <RemoveDialog account={dialog.account} onClose={close} />;
    default:
      return null;
  }
}
