import { Button } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, NetworkView } from '../../src-preload/views.ts';
import { useAction, useRead } from '../api.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { sayDone } from '../ui/toasts.ts';
import styles from './forms.module.css';
import { RedirectAddress } from './redirect-address.tsx';
import { type FieldValues, fieldProblems, initialValues, SettingFields } from './setting-fields.tsx';

/** Mends an account's sign-in: by its fields, or by the browser again. Its posts are left as they are. */
export function SignInDialog({ account, onClose }: { account: AccountView; onClose: () => void }) {
  const { t } = useTranslation('desk');
  const networks = useRead('network.list', {});
  const network = networks.data?.find((one) => one.network === account.network);
  return network ? (
    <KnownNetwork account={account} network={network} onClose={onClose} />
  ) : (
    <Dialog opened onClose={onClose} title={t('connecting.again', { name: account.name })}>
      <RefusalNotice error={networks.error} onRetry={() => void networks.refetch()} />
    </Dialog>
  );
}

function KnownNetwork(props: { account: AccountView; network: NetworkView; onClose: () => void }) {
  const { account, network, onClose } = props;
  const { t } = useTranslation('desk');
  const { t: common } = useTranslation('common');
  const [values, setValues] = useState<FieldValues>(() => initialValues(network.settings, account.settings));
  const [isTried, setIsTried] = useState(false);
  const change = useAction('account.change');
  const signIn = useAction('account.signIn');
  const problems = fieldProblems(network.settings, values);

  const done = (now: AccountView) => {
    if (now.state !== 'ready') return;
    sayDone(t('verified', { name: now.name }));
    onClose();
  };
  const submit = () => {
    setIsTried(true);
    if (Object.keys(problems).length > 0) return;
    if (network.signsInByBrowser)
      signIn.mutate(
        { brandId: account.brandId, network: network.network, fields: values },
        { onSuccess: done },
      );
    else change.mutate({ accountId: account.id, fields: values }, { onSuccess: done });
  };
  const answered = change.data ?? signIn.data;
  const problem = answered?.state === 'signed-out' ? answered.problem : account.problem;

  return (
    <Dialog
      opened
      onClose={onClose}
      width={520}
      title={t('connecting.again', { name: account.name })}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button
            onClick={submit}
            loading={change.isPending || signIn.isPending}
            leftSection={network.signsInByBrowser ? <IconExternalLink size={16} aria-hidden="true" /> : null}
          >
            {t(network.signsInByBrowser ? 'connecting.signIn' : 'connecting.save')}
          </Button>
        </>
      }
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {problem ? <Notice tone="warn">{problem}</Notice> : null}
        {network.signsInByBrowser ? <p className={styles.hint}>{t('connecting.signInHint')}</p> : null}
        <RedirectAddress address={network.redirectUri} />
        <SettingFields
          fields={network.settings}
          values={values}
          problems={isTried ? problems : {}}
          onChange={setValues}
        />
        {signIn.isPending ? <Notice tone="calm">{t('connecting.waiting')}</Notice> : null}
        <RefusalNotice error={change.error ?? signIn.error} />
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
