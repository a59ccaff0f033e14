import { Menu, VisuallyHidden } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowRight,
  IconCalendarShare,
  IconCalendarTime,
  IconCircleCheck,
  IconClockPause,
  IconCopy,
  IconHandStop,
  IconKey,
  IconListDetails,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlugConnectedX,
  IconShieldCheck,
  IconTag,
  IconTools,
} from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, BrandView } from '../../src-preload/views.ts';
import { useAction, useRead } from '../api.ts';
import { countdownEndOf } from '../stop/countdown.ts';
import { canSend } from '../stop/next-to-go.ts';
import { usePublishing } from '../stop/publishing.ts';
import { dayOf, exactTimeOf, useLanguage } from '../time.ts';
import { LazyMenu } from '../ui/lazy-menu.tsx';
import { NetworkIcon } from '../ui/network-icon.tsx';
import { Badge } from '../ui/state-badge.tsx';
import { sayDone, sayRefused } from '../ui/toasts.ts';
import { useNetworkName } from '../ui/use-network-name.ts';
import { useOpenView } from '../ui/view-route.ts';
import type { DeskDialog } from './desk-dialog.ts';
import { endingSignIn } from './desk-rows.ts';
import styles from './desk-table.module.css';
import { ChooseBox, CountCells, NextCell, type RowPlace } from './row-parts.tsx';

type Props = RowPlace & {
  account: AccountView;
  brand: BrandView;
  isChosen: boolean;
  onChoose: (accountIds: readonly number[], isChosen: boolean) => void;
  onDialog: (dialog: DeskDialog) => void;
};

type Verify = ReturnType<typeof useAction<'account.verify'>>;

const LABELS_SHOWN = 2;

/** One account: holding it back is quiet and grey, so that nobody takes it for a stop. */
export const AccountRow = memo(function AccountRow(props: Props) {
  const { account, brand, isActive } = props;
  const { t } = useTranslation('desk');
  const hold = useAction('account.hold');
  const verify = useAction('account.verify');
  const networkName = useNetworkName();
  const tabIndex = isActive ? 0 : -1;
  const setHeld = (held: boolean) =>
    hold.mutate(
      { accountId: account.id, held },
      {
        onSuccess: () => sayDone(t(held ? 'heldDone' : 'resumedDone', { name: account.name })),
        onError: (error) => sayRefused(error.message),
      },
    );
  return (
    <tr
      aria-rowindex={props.index + 2}
      aria-level={2}
      data-row={props.index}
      data-kind="account"
      data-chosen={props.isChosen ? '' : undefined}
      draggable
      className={styles.row}
      tabIndex={tabIndex}
      style={{ transform: `translateY(${props.top}px)`, height: props.height }}
    >
      <td className={styles.account}>
        <span className={styles.bar} style={{ background: brand.colour }} aria-hidden="true" />
        <ChooseBox
          name={account.name}
          isChosen={props.isChosen}
          tabIndex={tabIndex}
          onChange={(isChosen) => props.onChoose([account.id], isChosen)}
        />
        <NetworkIcon network={account.network} />
        <span className={styles.accountName} title={account.name}>
          {account.name}
        </span>
        <span className={styles.network}>{networkName(account.network, account.networkName)}</span>
        {account.labels.slice(0, LABELS_SHOWN).map((label) => (
          <span key={label} className={styles.label}>
            {label}
          </span>
        ))}
        {account.labels.length > LABELS_SHOWN ? (
          <span className={styles.label} title={account.labels.slice(LABELS_SHOWN).join(', ')}>
            +{account.labels.length - LABELS_SHOWN}
          </span>
        ) : null}
      </td>
      <AccountState account={account} zone={brand.timeZone} now={props.now} />
      <NextCell at={account.nextDueAt} zone={brand.timeZone} now={props.now} isQuiet={!canSend(account)} />
      <CountCells
        counts={account.counts}
        name={account.name}
        params={{ brandId: String(brand.id), accountId: String(account.id) }}
        isActive={isActive}
      />
      <td className={styles.actions}>
        {account.state === 'signed-out' ? (
          <button
            type="button"
            className={styles.quietButton}
            data-strong
            tabIndex={tabIndex}
            aria-label={t('signInOf', { name: account.name })}
            onClick={() => props.onDialog({ kind: 'sign-in', account })}
          >
            <IconKey size={15} aria-hidden="true" />
            {t('signIn')}
          </button>
        ) : (
          <button
            type="button"
            className={styles.quietButton}
            tabIndex={tabIndex}
            aria-label={t(account.isHeld ? 'resumeOf' : 'holdOf', { name: account.name })}
            onClick={() => setHeld(!account.isHeld)}
          >
            {account.isHeld ? (
              <IconPlayerPlay size={15} aria-hidden="true" />
            ) : (
              <IconPlayerPause size={15} aria-hidden="true" />
            )}
            {t(account.isHeld ? 'resume' : 'hold')}
          </button>
        )}
        <LazyMenu label={t('moreOf', { name: account.name })} tabIndex={tabIndex} isBusy={verify.isPending}>
          {() => <AccountItems account={account} brand={brand} verify={verify} onDialog={props.onDialog} />}
        </LazyMenu>
      </td>
    </tr>
  );
});

function AccountState({ account, zone, now }: { account: AccountView; zone: string; now: number }) {
  const { t } = useTranslation('desk');
  const language = useLanguage();
  const { view } = usePublishing();
  const { brandId, network, id: accountId } = account;
  const endsAt = countdownEndOf(view?.countdowns ?? [], { brandId, network, accountId });
  const trip = account.heldBy;
  const signInEnds = endingSignIn(account, now);
  const endDay = signInEnds === null ? '' : dayOf(signInEnds, language, zone);
  const endWords = signInEnds === null ? '' : t('state.signInWayOut', { day: endDay });
  const wayOut = trip ? t(`heldWayOut.${trip.kind}`, { n: trip.count }) : '';
  return (
    <td className={styles.state} title={account.problem || wayOut || endWords || undefined}>
      {account.isStopped ? (
        <Badge tone="bad" icon={IconHandStop}>
          {t('state.stopped')}
        </Badge>
      ) : account.state === 'signed-out' ? (
        <Badge tone="warn" icon={IconAlertTriangle}>
          {t('state.signedOut')}
        </Badge>
      ) : account.isHeld ? (
        <>
          <Badge tone={trip ? 'warn' : 'quiet'} icon={IconPlayerPause}>
            {trip ? t(`heldBy.${trip.kind}`, { n: trip.count }) : t('state.held')}
          </Badge>
          {wayOut ? <VisuallyHidden>{wayOut}</VisuallyHidden> : null}
        </>
      ) : endsAt > now ? (
        <Badge tone="warn" icon={IconClockPause}>
          {t('state.countdown', { time: exactTimeOf(endsAt, language, zone) })}
        </Badge>
      ) : signInEnds !== null ? (
        <>
          <Badge tone="warn" icon={IconKey}>
            {t(signInEnds <= now ? 'state.signInEnded' : 'state.signInEnds', { day: endDay })}
          </Badge>
          <VisuallyHidden>{endWords}</VisuallyHidden>
        </>
      ) : (
        <span className={styles.ready}>
          <IconCircleCheck size={15} aria-hidden="true" />
          {t('state.ready')}
        </span>
      )}
    </td>
  );
}

function AccountItems(props: {
  account: AccountView;
  brand: BrandView;
  verify: Verify;
  onDialog: (dialog: DeskDialog) => void;
}) {
  const { account, brand, verify } = props;
  const { t } = useTranslation('desk');
  const { t: plan } = useTranslation('plan');
  const { t: slots } = useTranslation('slots');
  const { t: elsewhere } = useTranslation('elsewhere');
  const planner = useRead('elsewhere.read', {}).data?.find(({ accountId }) => accountId === account.id);
  const open = useOpenView();
  const { engageScopes } = usePublishing();
  return (
    <>
      <Menu.Item
        leftSection={<IconListDetails size={16} />}
        onClick={() => open('queue', { brandId: String(brand.id), accountId: String(account.id) })}
      >
        {t('menu.openQueue')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconShieldCheck size={16} />}
        onClick={() =>
          verify.mutate(
            { accountId: account.id },
            {
              onSuccess: (now) =>
                now.state === 'ready' ? sayDone(t('verified', { name: now.name })) : sayRefused(now.problem),
              onError: (error) => sayRefused(error.message),
            },
          )
        }
      >
        {t('menu.verify')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconKey size={16} />}
        onClick={() => props.onDialog({ kind: 'sign-in', account })}
      >
        {t('menu.signIn')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconTools size={16} />}
        onClick={() => props.onDialog({ kind: 'tools', account })}
      >
        {plan('menu.tools')}
      </Menu.Item>
      {planner ? (
        <Menu.Item
          leftSection={<IconCalendarShare size={16} />}
          onClick={() => props.onDialog({ kind: 'elsewhere', source: planner.key })}
        >
          {elsewhere('menu')}
        </Menu.Item>
      ) : null}
      <Menu.Item
        leftSection={<IconTag size={16} />}
        onClick={() => props.onDialog({ kind: 'labels', accounts: [account] })}
      >
        {t('menu.labels')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconCalendarTime size={16} />}
        onClick={() => props.onDialog({ kind: 'slots', accounts: [account] })}
      >
        {slots('menu')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconArrowRight size={16} />}
        onClick={() => props.onDialog({ kind: 'move', accounts: [account], brandId: null })}
      >
        {t('menu.move')}
      </Menu.Item>
      {account.url ? (
        <Menu.Item
          leftSection={<IconCopy size={16} />}
          onClick={() => void navigator.clipboard.writeText(account.url)}
        >
          {t('menu.copyUrl')}
        </Menu.Item>
      ) : null}
      <Menu.Divider />
      {account.isStopped ? null : (
        <Menu.Item
          leftSection={<IconHandStop size={16} />}
          onClick={() =>
            void engageScopes([{ kind: 'account', accountId: account.id, name: account.name }]).then(
              (refused) => (refused ? sayRefused(refused) : undefined),
            )
          }
        >
          {t('menu.stopAccount')}
        </Menu.Item>
      )}
      <Menu.Item
        c="var(--mantine-color-error)"
        leftSection={<IconPlugConnectedX size={16} />}
        onClick={() => props.onDialog({ kind: 'remove', account })}
      >
        {t('menu.remove')}
      </Menu.Item>
    </>
  );
}
