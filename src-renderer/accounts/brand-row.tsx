import { ActionIcon, Menu } from '@mantine/core';
import {
  IconAlertTriangle,
  IconChevronRight,
  IconClipboardText,
  IconClockPause,
  IconEdit,
  IconHandStop,
  IconListDetails,
  IconNote,
  IconPencil,
  IconPlugConnected,
} from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BrandView } from '../../src-preload/views.ts';
import { PlanSign } from '../plan/plan-sign.tsx';
import { usePublishing } from '../stop/publishing.ts';
import { exactTimeOf, numberOf, useLanguage } from '../time.ts';
import { LazyMenu } from '../ui/lazy-menu.tsx';
import { MediaThumb } from '../ui/media-thumb.tsx';
import { Badge } from '../ui/state-badge.tsx';
import { sayRefused } from '../ui/toasts.ts';
import { useOpenView } from '../ui/view-route.ts';
import type { DeskDialog } from './desk-dialog.ts';
import { nextOfBrand } from './desk-rows.ts';
import styles from './desk-table.module.css';
import { ChooseBox, CountCells, NextCell, type RowPlace } from './row-parts.tsx';

type Props = RowPlace & {
  brand: BrandView;
  isOpen: boolean;
  /** Accounts that are dragged would fall to this brand. */
  isTarget: boolean;
  isChosen: boolean;
  onChoose: (accountIds: readonly number[], isChosen: boolean) => void;
  onOpen: (brandId: number, isOpen: boolean) => void;
  onDialog: (dialog: DeskDialog) => void;
};

/** One brand: its colour, state and counts, and its own stop. */
export const BrandRow = memo(function BrandRow(props: Props) {
  const { brand, isOpen, isActive } = props;
  const { t } = useTranslation('desk');
  const { t: common } = useTranslation('common');
  const { engageScopes } = usePublishing();
  const tabIndex = isActive ? 0 : -1;
  const toggle = () => props.onOpen(brand.id, !isOpen);
  const stop = () => {
    void engageScopes([{ kind: 'brand', brandId: brand.id, name: brand.name }]).then((refused) => {
      if (refused) sayRefused(refused);
    });
  };
  return (
    <tr
      aria-rowindex={props.index + 2}
      aria-level={1}
      aria-expanded={isOpen}
      data-row={props.index}
      data-kind="brand"
      data-target={props.isTarget ? '' : undefined}
      className={styles.row}
      tabIndex={tabIndex}
      style={{ transform: `translateY(${props.top}px)`, height: props.height }}
      onDoubleClick={toggle}
    >
      <td className={styles.brand}>
        <span className={styles.bar} style={{ background: brand.colour }} aria-hidden="true" />
        <button
          type="button"
          className={styles.toggle}
          tabIndex={-1}
          aria-label={t(isOpen ? 'collapse' : 'expand', { name: brand.name })}
          onClick={toggle}
        >
          <IconChevronRight size={17} aria-hidden="true" data-open={isOpen ? '' : undefined} />
        </button>
        {brand.accounts.length > 0 ? (
          <ChooseBox
            name={brand.name}
            isBrand
            isChosen={props.isChosen}
            tabIndex={tabIndex}
            onChange={(isChosen) =>
              props.onChoose(
                brand.accounts.map(({ id }) => id),
                isChosen,
              )
            }
          />
        ) : null}
        {brand.logo ? (
          <MediaThumb
            sha256={brand.logo}
            mime="image/*"
            name={brand.name}
            altText={t('brand.logoOf', { name: brand.name })}
            size={28}
          />
        ) : null}
        <span className={styles.names}>
          <span className={styles.brandName}>{brand.name}</span>
          <span className={styles.brandLine}>
            {t('brandLine', { market: brand.market || common('noMarket'), zone: brand.timeZone })}
          </span>
        </span>
        {brand.notes ? (
          <ActionIcon
            variant="subtle"
            color="gray"
            tabIndex={tabIndex}
            title={brand.notes.slice(0, 300)}
            aria-label={t('brand.notesOf', { name: brand.name })}
            onClick={() => props.onDialog({ kind: 'edit-brand', brand })}
          >
            <IconNote size={17} aria-hidden="true" />
          </ActionIcon>
        ) : null}
        <PlanSign brand={brand} tabIndex={tabIndex} />
      </td>
      <BrandState brand={brand} now={props.now} />
      <NextCell {...nextOfBrand(brand)} zone={brand.timeZone} namesZone now={props.now} />
      <CountCells
        counts={brand.counts}
        name={brand.name}
        params={{ brandId: String(brand.id) }}
        isActive={isActive}
      />
      <td className={styles.actions}>
        {brand.isStopped ? null : (
          <button
            type="button"
            className={styles.stopBrand}
            tabIndex={tabIndex}
            aria-label={t('stopBrandOf', { name: brand.name })}
            onClick={stop}
          >
            <IconHandStop size={15} aria-hidden="true" />
            {t('stopBrand')}
          </button>
        )}
        <LazyMenu label={t('moreOf', { name: brand.name })} tabIndex={tabIndex}>
          {() => <BrandItems brand={brand} onDialog={props.onDialog} />}
        </LazyMenu>
      </td>
    </tr>
  );
});

function BrandState({ brand, now }: { brand: BrandView; now: number }) {
  const { t } = useTranslation('desk');
  const { t: common } = useTranslation('common');
  const language = useLanguage();
  const signedOut = brand.accounts.filter((account) => account.state === 'signed-out').length;
  const stopped = brand.accounts.filter((account) => account.isStopped).length;
  const endsAt = brand.countdownEndsAt;
  return (
    <td className={styles.state}>
      {brand.isStopped ? (
        <Badge tone="bad" icon={IconHandStop}>
          {t('state.stopped')}
        </Badge>
      ) : stopped > 0 ? (
        <Badge tone="bad" icon={IconHandStop}>
          {t('state.stoppedCount', { count: stopped, n: numberOf(stopped, language) })}
        </Badge>
      ) : endsAt !== null && endsAt > now ? (
        <Badge tone="warn" icon={IconClockPause}>
          {t('state.countdown', { time: exactTimeOf(endsAt, language, brand.timeZone) })}
        </Badge>
      ) : signedOut > 0 ? (
        <Badge tone="warn" icon={IconAlertTriangle}>
          {t('state.signedOutCount', { count: signedOut, n: numberOf(signedOut, language) })}
        </Badge>
      ) : (
        <span className={styles.plain}>
          {brand.accounts.length === 0
            ? t('state.noAccounts')
            : common('accounts', {
                count: brand.accounts.length,
                n: numberOf(brand.accounts.length, language),
              })}
        </span>
      )}
    </td>
  );
}

function BrandItems(props: { brand: BrandView; onDialog: (dialog: DeskDialog) => void }) {
  const { brand } = props;
  const { t } = useTranslation('desk');
  const { t: plan } = useTranslation('plan');
  const open = useOpenView();
  return (
    <>
      <Menu.Item
        leftSection={<IconPlugConnected size={16} />}
        onClick={() => props.onDialog({ kind: 'connect', brandId: brand.id })}
      >
        {t('menu.connectHere')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconPencil size={16} />}
        onClick={() => open('compose', { brandId: String(brand.id) })}
      >
        {t('menu.compose')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconListDetails size={16} />}
        onClick={() => open('queue', { brandId: String(brand.id) })}
      >
        {t('menu.openQueue')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconClipboardText size={16} />}
        onClick={() => open('plan', { brandId: String(brand.id) })}
      >
        {plan('menu.plan')}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconEdit size={16} />}
        onClick={() => props.onDialog({ kind: 'edit-brand', brand })}
      >
        {t('menu.editBrand')}
      </Menu.Item>
    </>
  );
}
