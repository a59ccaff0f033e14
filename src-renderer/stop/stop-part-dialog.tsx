import { Button, Checkbox, MultiSelect, Stack, Textarea } from '@mantine/core';
import { IconHandStop } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScopeView } from '../../src-preload/views.ts';
import { numberOf, useLanguage } from '../time.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { useDesk } from '../ui/use-desk.ts';
import { usePublishing } from './publishing.ts';
import { coveredAccounts } from './scope-covers.ts';
import styles from './stop-part-dialog.module.css';

/** Names shown at once in a list that is searched by typing. */
const SHOWN = 60;

type Chosen = { markets: string[]; networks: string[]; brands: string[]; accounts: string[] };
const NOTHING: Chosen = { markets: [], networks: [], brands: [], accounts: [] };

function scopesOf(chosen: Chosen): ScopeView[] {
  return [
    ...chosen.markets.map((market) => ({ kind: 'market' as const, market })),
    ...chosen.networks.map((network) => ({ kind: 'network' as const, network })),
    ...chosen.brands.map((id) => ({ kind: 'brand' as const, brandId: Number(id), name: '' })),
    ...chosen.accounts.map((id) => ({ kind: 'account' as const, accountId: Number(id), name: '' })),
  ];
}

/** Stops markets, networks, brands and accounts, several at once, while everything else goes on. Nothing is chosen beforehand. */
export function StopPartDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return opened ? <OpenStopPart onClose={onClose} /> : null;
}

function OpenStopPart({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['stop', 'common']);
  const language = useLanguage();
  const desk = useDesk();
  const { engageScopes } = usePublishing();
  const [chosen, setChosen] = useState(NOTHING);
  const [reason, setReason] = useState('');
  const [refused, setRefused] = useState('');
  const scopes = scopesOf(chosen);
  const covered = desk.brands
    .map((brand) => coveredAccounts(scopes, brand))
    .filter((accounts) => accounts.length > 0);
  const accounts = covered.flat();
  const scheduled = accounts.reduce((sum, account) => sum + account.counts.scheduled, 0);
  const choose = (kind: keyof Chosen) => (values: string[]) => setChosen({ ...chosen, [kind]: values });
  const n = (value: number) => numberOf(value, language);

  const stop = () => {
    void engageScopes(scopes, reason.trim()).then((refusal) => {
      if (refusal === '') onClose();
      else setRefused(refusal);
    });
  };

  return (
    <Dialog
      opened
      onClose={onClose}
      width={640}
      title={t('part.title')}
      footer={
        <>
          <span className={styles.covers} role="status">
            {scopes.length === 0
              ? t('part.nothing')
              : t('part.covers', {
                  accounts: t('common:accounts', { count: accounts.length, n: n(accounts.length) }),
                  brands: t('common:brands', { count: covered.length, n: n(covered.length) }),
                  posts: t('common:posts', { count: scheduled, n: n(scheduled) }),
                })}
          </span>
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button
            color="stop"
            disabled={scopes.length === 0}
            leftSection={<IconHandStop size={16} aria-hidden="true" />}
            onClick={stop}
          >
            {t('part.confirm')}
          </Button>
        </>
      }
    >
      <Stack gap="md">
        <p className={styles.lead}>{t('part.lead')}</p>
        {desk.markets.length > 0 ? (
          <Checkbox.Group label={t('part.markets')} value={chosen.markets} onChange={choose('markets')}>
            <div className={styles.boxes}>
              {desk.markets.map((market) => (
                <Checkbox key={market} value={market} label={market} />
              ))}
            </div>
          </Checkbox.Group>
        ) : null}
        <Checkbox.Group label={t('part.networks')} value={chosen.networks} onChange={choose('networks')}>
          <div className={styles.boxes}>
            {desk.networks.map(({ network, name }) => (
              <Checkbox key={network} value={network} label={name} />
            ))}
          </div>
        </Checkbox.Group>
        <MultiSelect
          label={t('part.brands')}
          placeholder={chosen.brands.length === 0 ? t('part.search') : ''}
          searchable
          limit={SHOWN}
          nothingFoundMessage={t('part.notFound')}
          data={desk.brands.map((brand) => ({ value: String(brand.id), label: brand.name }))}
          value={chosen.brands}
          onChange={choose('brands')}
        />
        <MultiSelect
          label={t('part.accounts')}
          placeholder={chosen.accounts.length === 0 ? t('part.search') : ''}
          searchable
          limit={SHOWN}
          nothingFoundMessage={t('part.notFound')}
          data={desk.brands.flatMap((brand) =>
            brand.accounts.map((account) => ({
              value: String(account.id),
              label: `${account.name} · ${account.networkName} · ${brand.name}`,
            })),
          )}
          value={chosen.accounts}
          onChange={choose('accounts')}
        />
        <Textarea
          label={t('reason.label')}
          description={t('part.reasonHint')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={1_000}
          autosize
          minRows={1}
          maxRows={4}
        />
        {refused ? <Notice tone="bad">{refused}</Notice> : null}
      </Stack>
    </Dialog>
  );
}
