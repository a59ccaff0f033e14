import { Button, Select, TextInput } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, BrandView, NetworkView } from '../../src-preload/views.ts';
import { useAction, useRead } from '../api.ts';
import { wordsIn } from '../i18n/french-spaces.ts';
import { useLanguage } from '../time.ts';
import { Dialog } from '../ui/dialog.tsx';
import { NetworkIcon } from '../ui/network-icon.tsx';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { sayDone } from '../ui/toasts.ts';
import { useNetworkName } from '../ui/use-network-name.ts';
import styles from './forms.module.css';
import { NewSecret } from './new-secret.tsx';
import { RedirectAddress } from './redirect-address.tsx';
import { type FieldValues, fieldProblems, initialValues, SettingFields } from './setting-fields.tsx';

/** Connects an account. Which networks there are and what each asks for comes from `network.list` alone. */
export function ConnectDialog(props: { brands: BrandView[]; brandId: number | null; onClose: () => void }) {
  const { t } = useTranslation('desk');
  const { t: common } = useTranslation('common');
  const networks = useRead('network.list', {});
  const only = props.brands.length === 1 ? (props.brands[0]?.id ?? null) : null;
  const [brandId, setBrandId] = useState(props.brandId ?? only);
  const [network, setNetwork] = useState<NetworkView | null>(null);
  const [name, setName] = useState('');
  // What was typed for one network never reaches another: it may be a token, or the address tokens are sent to.
  const [valuesOf, setValuesOf] = useState<Readonly<Record<string, FieldValues>>>({});
  const values = (network && valuesOf[network.network]) ?? {};
  const setValues = (next: FieldValues) =>
    setValuesOf((now) => (network ? { ...now, [network.network]: next } : now));
  const [isTried, setIsTried] = useState(false);
  const connect = useAction('account.connect');
  const signIn = useAction('account.signIn');
  const isBusy = connect.isPending || signIn.isPending;
  const problems = network ? fieldProblems(network.settings, values) : {};
  const nameIsMissing = network !== null && !network.signsInByBrowser && name.trim() === '';

  const choose = (next: NetworkView) => {
    setNetwork(next);
    // A field that has only just appeared is not yet missing anything.
    setIsTried(false);
    setValuesOf((now) => ({
      ...now,
      [next.network]: initialValues(next.settings, now[next.network] ?? {}),
    }));
    connect.reset();
    signIn.reset();
  };
  const done = (account: AccountView) => {
    sayDone(t('connecting.connected', { name: account.name }));
    props.onClose();
  };
  const submit = () => {
    setIsTried(true);
    if (!network || brandId === null || nameIsMissing || Object.keys(problems).length > 0) return;
    const asked = { brandId, network: network.network, fields: values };
    if (network.signsInByBrowser) signIn.mutate(asked, { onSuccess: done });
    else connect.mutate({ ...asked, name: name.trim() }, { onSuccess: done });
  };

  return (
    <Dialog
      opened
      onClose={props.onClose}
      width={520}
      title={t('connecting.title')}
      footer={
        <>
          <Button variant="default" onClick={props.onClose}>
            {common('cancel')}
          </Button>
          <Button
            onClick={submit}
            loading={isBusy}
            leftSection={network?.signsInByBrowser ? <IconExternalLink size={16} aria-hidden="true" /> : null}
          >
            {t(network?.signsInByBrowser ? 'connecting.signIn' : 'connecting.connect')}
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
        <Select
          label={t('connecting.brand')}
          value={brandId === null ? null : String(brandId)}
          searchable
          data={props.brands.map((brand) => ({ value: String(brand.id), label: brand.name }))}
          error={isTried && brandId === null ? t('connecting.missing') : null}
          onChange={(value) => setBrandId(value === null ? null : Number(value))}
        />
        <RefusalNotice error={networks.error} onRetry={() => void networks.refetch()} />
        <NetworkChoice networks={networks.data ?? []} chosen={network} onChange={choose} />
        {network ? (
          <OneNetwork network={network}>
            {network.signsInByBrowser ? null : (
              <TextInput
                label={t('connecting.name')}
                description={t('connecting.nameHint')}
                value={name}
                maxLength={200}
                autoComplete="off"
                spellCheck={false}
                error={isTried && nameIsMissing ? t('connecting.missing') : null}
                onChange={(event) => setName(event.currentTarget.value)}
              />
            )}
            <RedirectAddress address={network.redirectUri} />
            <SettingFields
              fields={network.settings}
              values={values}
              problems={isTried ? problems : {}}
              onChange={setValues}
            />
            <NewSecret key={network.network} network={network} values={values} onChange={setValues} />
          </OneNetwork>
        ) : (
          <p className={styles.hint}>{t('connecting.choose')}</p>
        )}
        {signIn.isPending ? <Notice tone="calm">{t('connecting.waiting')}</Notice> : null}
        <RefusalNotice error={connect.error ?? signIn.error} />
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}

function NetworkChoice(props: {
  networks: NetworkView[];
  chosen: NetworkView | null;
  onChange: (network: NetworkView) => void;
}) {
  const { t } = useTranslation('desk');
  const group = useId();
  const nameOf = useNetworkName();
  return (
    <fieldset className={styles.networks}>
      <legend>{t('connecting.network')}</legend>
      {props.networks.map((network) => (
        <label key={network.network} className={styles.network}>
          <input
            type="radio"
            name={group}
            checked={props.chosen?.network === network.network}
            onChange={() => props.onChange(network)}
          />
          <NetworkIcon network={network.network} size={20} />
          {nameOf(network.network, network.name)}
        </label>
      ))}
    </fieldset>
  );
}

function OneNetwork({ network, children }: { network: NetworkView; children: React.ReactNode }) {
  const { t } = useTranslation('desk');
  const language = useLanguage();
  return (
    <>
      <dl className={styles.beforehand}>
        {(['needs', 'costs', 'tested'] as const).map((what) => (
          <div key={what}>
            <dt>{t(`connecting.${what}`)}</dt>
            <dd>{wordsIn(language, network[what])}</dd>
          </div>
        ))}
      </dl>
      {network.signsInByBrowser ? <p className={styles.hint}>{t('connecting.signInHint')}</p> : null}
      {children}
    </>
  );
}
