import { Button } from '@mantine/core';
import { IconEdit } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView, BrandView } from '../../src-preload/views.ts';
import { useRead } from '../api.ts';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { useNetworkName } from '../ui/use-network-name.ts';
import styles from './plan.module.css';
import { ToolsDialog } from './tools-dialog.tsx';

/** What else can post on each account of a brand. */
export function BrandTools({ brand }: { brand: BrandView }) {
  const { t } = useTranslation('plan');
  const networkName = useNetworkName();
  const read = useRead('tool.list', {});
  const [edited, setEdited] = useState<AccountView | null>(null);
  return (
    <section>
      <h2>{t('tools.title')}</h2>
      <p className={styles.hint}>{t('tools.hint')}</p>
      <RefusalNotice error={read.error} onRetry={() => void read.refetch()} />
      {brand.accounts.length === 0 ? (
        <p className={styles.hint}>{t('tools.noAccounts')}</p>
      ) : (
        <table className={styles.tools}>
          <tbody>
            {brand.accounts.map((account) => {
              const tools = (read.data ?? []).filter((tool) => tool.accountId === account.id);
              return (
                <tr key={account.id}>
                  <th scope="row">
                    {account.name}{' '}
                    <span className={styles.quiet}>{networkName(account.network, account.networkName)}</span>
                  </th>
                  <td>
                    {tools.length === 0 ? (
                      <span className={styles.quiet}>{t('tools.none')}</span>
                    ) : (
                      <ul className={styles.toolNames}>
                        {tools.map((tool) => (
                          <li key={tool.key}>
                            {tool.name} <span className={styles.quiet}>{t(`tools.kinds.${tool.kind}`)}</span>
                          </li>
                        ))}
                      </ul>
                    )}
                  </td>
                  <td>
                    <Button
                      size="compact-sm"
                      variant="default"
                      leftSection={<IconEdit size={14} aria-hidden="true" />}
                      aria-label={t('tools.editOf', { name: account.name })}
                      onClick={() => setEdited(account)}
                    >
                      {t('tools.edit')}
                    </Button>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {edited ? <ToolsDialog account={edited} onClose={() => setEdited(null)} /> : null}
    </section>
  );
}
