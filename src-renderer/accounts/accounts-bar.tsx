import { Button } from '@mantine/core';
import {
  IconArrowRight,
  IconCalendarTime,
  IconHandStop,
  IconPlayerPause,
  IconPlayerPlay,
  IconTag,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../src-preload/views.ts';
import { useAction } from '../api.ts';
import { usePublishing } from '../stop/publishing.ts';
import { numberOf, useLanguage } from '../time.ts';
import { sayDone, sayRefused } from '../ui/toasts.ts';
import type { DeskDialog } from './desk-dialog.ts';
import styles from './desk-table.module.css';

/** What can be done with the accounts that are chosen. Stopping needs no question, as everywhere. */
export function AccountsBar(props: {
  chosen: readonly AccountView[];
  onDialog: (dialog: DeskDialog) => void;
  onNone: () => void;
}) {
  const { chosen } = props;
  const { t } = useTranslation('desk');
  const { t: slots } = useTranslation('slots');
  const language = useLanguage();
  const hold = useAction('account.holdAll');
  const { engageScopes } = usePublishing();
  const free = chosen.filter((account) => !account.isHeld);
  const held = chosen.filter((account) => account.isHeld);
  const running = chosen.filter((account) => !account.isStopped);
  const setHeld = (accounts: readonly AccountView[], isHeld: boolean) =>
    hold.mutate(
      { accountIds: accounts.map(({ id }) => id), held: isHeld },
      {
        onSuccess: ({ changed }) =>
          sayDone(
            t(isHeld ? 'chosen.heldDone' : 'chosen.resumedDone', {
              count: changed,
              n: numberOf(changed, language),
            }),
          ),
        onError: (error) => sayRefused(error.message),
      },
    );
  const stop = () =>
    void engageScopes(
      running.map(({ id, name }) => ({ kind: 'account' as const, accountId: id, name })),
    ).then((refused) => (refused ? sayRefused(refused) : undefined));
  return (
    <div className={styles.chosenBar}>
      <b role="status">{t('chosen.count', { count: chosen.length, n: numberOf(chosen.length, language) })}</b>
      {free.length > 0 ? (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlayerPause size={15} aria-hidden="true" />}
          onClick={() => setHeld(free, true)}
        >
          {t('hold')}
        </Button>
      ) : null}
      {held.length > 0 ? (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlayerPlay size={15} aria-hidden="true" />}
          onClick={() => setHeld(held, false)}
        >
          {t('resume')}
        </Button>
      ) : null}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconTag size={15} aria-hidden="true" />}
        onClick={() => props.onDialog({ kind: 'labels', accounts: chosen })}
      >
        {t('menu.labels')}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconCalendarTime size={15} aria-hidden="true" />}
        onClick={() => props.onDialog({ kind: 'slots', accounts: chosen })}
      >
        {slots('menu')}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconArrowRight size={15} aria-hidden="true" />}
        onClick={() => props.onDialog({ kind: 'move', accounts: chosen, brandId: null })}
      >
        {t('menu.move')}
      </Button>
      {running.length > 0 ? (
        <Button
          size="compact-sm"
          variant="outline"
          color="stop"
          leftSection={<IconHandStop size={15} aria-hidden="true" />}
          onClick={stop}
        >
          {t('chosen.stop', { count: running.length, n: numberOf(running.length, language) })}
        </Button>
      ) : null}
      <span className={styles.gap} />
      <Button size="compact-sm" variant="subtle" onClick={props.onNone}>
        {t('chosen.none')}
      </Button>
    </div>
  );
}
