import { Button, Select, Switch } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SchedulerSignInView, SchedulersView } from '../../src-preload/scheduler-views.ts';
import { keyOf, useAction, useRead } from '../api.ts';
import { PersonName, usePersonName } from '../plan/person-name.tsx';
import { SettingSection } from '../settings/setting-row.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { sayDone } from '../ui/toasts.ts';
import { type DeskIndex, useDesk } from '../ui/use-desk.ts';
import styles from './elsewhere.module.css';
import { ElsewhereDialog } from './elsewhere-dialog.tsx';
import { SchedulerDialog } from './scheduler-dialog.tsx';
import { useElsewhere } from './use-elsewhere.ts';

type Open = { kind: 'connect'; signIn: SchedulerSignInView | null } | { kind: 'waiting'; source: string };

/** Other schedulers that can post for the brands: signed in to here, so that what waits in them is seen and cancelled at a stop. */
export function SchedulersSection() {
  const { t } = useTranslation('elsewhere');
  const read = useRead('scheduler.list', {});
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  return (
    <SettingSection title={t('schedulers.title')} hint={t('schedulers.lead')}>
      <RefusalNotice error={read.error} onRetry={() => void read.refetch()} />
      {(read.data?.signIns ?? []).map((signIn) => (
        <SignIn key={signIn.id} signIn={signIn} onOpen={setOpen} />
      ))}
      <div className={styles.actions}>
        <Button
          variant="default"
          disabled={!read.data}
          onClick={() => setOpen({ kind: 'connect', signIn: null })}
        >
          {t('schedulers.add')}
        </Button>
        {read.data && read.data.signIns.length > 0 ? <PersonName /> : null}
      </div>
      {open?.kind === 'connect' && read.data ? (
        <SchedulerDialog services={read.data.services} signIn={open.signIn} onClose={close} />
      ) : null}
      {open?.kind === 'waiting' ? <ElsewhereDialog source={open.source} onClose={close} /> : null}
    </SettingSection>
  );
}

function SignIn(props: { signIn: SchedulerSignInView; onOpen: (open: Open) => void }) {
  const { signIn } = props;
  const { t } = useTranslation('elsewhere');
  const client = useQueryClient();
  const elsewhere = useElsewhere();
  const by = usePersonName();
  const verify = useAction('scheduler.verify');
  const remove = useAction('scheduler.remove');
  const match = useAction('scheduler.match');
  const [isAsking, setIsAsking] = useState(false);
  const keep = (view: SchedulersView) => client.setQueryData(keyOf('scheduler.list', {}), view);
  const unmatched = signIn.channels.filter(
    ({ accountId, brandId }) => accountId === null && brandId === null,
  );
  const id = signIn.id;
  return (
    <section className={styles.signIn} aria-label={`${signIn.serviceName}: ${signIn.name}`}>
      <h3>
        {signIn.serviceName} <span className={styles.quiet}>{signIn.name}</span>
      </h3>
      <div className={styles.actions}>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => props.onOpen({ kind: 'waiting', source: signIn.source })}
        >
          {t('schedulers.waiting')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          loading={verify.isPending}
          onClick={() =>
            verify.mutate(
              { id },
              {
                onSuccess: (view) => {
                  keep(view);
                  sayDone(
                    t(view.isAnother ? 'schedulers.another' : 'schedulers.works', {
                      name: signIn.serviceName,
                    }),
                  );
                },
              },
            )
          }
        >
          {t('schedulers.verify')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => props.onOpen({ kind: 'connect', signIn })}>
          {t('schedulers.again')}
        </Button>
        {isAsking ? (
          <>
            <span>{t('schedulers.removeSure')}</span>
            <Button size="compact-sm" variant="default" onClick={() => setIsAsking(false)}>
              {t('schedulers.keep')}
            </Button>
            <Button
              size="compact-sm"
              color="stop"
              loading={remove.isPending}
              onClick={() => remove.mutate({ id }, { onSuccess: keep })}
            >
              {t('schedulers.removeNow')}
            </Button>
          </>
        ) : (
          <Button size="compact-sm" variant="subtle" onClick={() => setIsAsking(true)}>
            {t('schedulers.remove')}
          </Button>
        )}
      </div>
      <RefusalNotice error={verify.error ?? remove.error ?? match.error} />
      {unmatched.length > 0 ? (
        <p className={styles.hint}>{t('schedulers.unmatched', { count: unmatched.length })}</p>
      ) : null}
      <Channels
        signIn={signIn}
        onMatch={(channel, accountId, brandId) =>
          match.mutate({ id, channel, accountId, brandId }, { onSuccess: keep })
        }
      />
      <Switch
        label={t('optIn.service')}
        description={t('optIn.more')}
        checked={signIn.cancelsSince !== null}
        disabled={by === ''}
        onChange={(event) => elsewhere.optIn(signIn.source, event.currentTarget.checked, by)}
      />
      <RefusalNotice error={elsewhere.error} onRetry={elsewhere.retry} />
    </section>
  );
}

function Channels(props: {
  signIn: SchedulerSignInView;
  onMatch: (channel: string, accountId: number | null, brandId: number | null) => void;
}) {
  const { t } = useTranslation('elsewhere');
  const desk = useDesk();
  const choices = choicesOf(desk, t('schedulers.wholeBrand'));
  if (props.signIn.channels.length === 0) return <p className={styles.hint}>{t('schedulers.noChannels')}</p>;
  return (
    <div className={styles.channels}>
      {props.signIn.channels.map((channel) => (
        <Select
          key={channel.id}
          label={channel.name}
          placeholder={t('schedulers.nobodys')}
          searchable
          clearable
          data={choices}
          value={
            channel.accountId !== null
              ? `account:${channel.accountId}`
              : channel.brandId !== null
                ? `brand:${channel.brandId}`
                : null
          }
          onChange={(value) => {
            const [kind, id] = (value ?? '').split(':');
            props.onMatch(
              channel.id,
              kind === 'account' ? Number(id) : null,
              kind === 'brand' ? Number(id) : null,
            );
          }}
        />
      ))}
    </div>
  );
}

function choicesOf(desk: DeskIndex, wholeBrand: string) {
  return desk.brands.map((brand) => ({
    group: brand.name,
    items: [
      { value: `brand:${brand.id}`, label: `${brand.name}: ${wholeBrand}` },
      ...brand.accounts.map((account) => ({
        value: `account:${account.id}`,
        label: `${account.name} (${account.networkName})`,
      })),
    ],
  }));
}
