import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../api.ts';
import { dayTimeOf, localZone, useLanguage } from '../time.ts';
import { Notice } from '../ui/notice.tsx';
import { RefusalNotice } from '../ui/refusal-notice.tsx';
import { useDesk } from '../ui/use-desk.ts';
import styles from './checklist.module.css';
import { TickRow } from './tick-row.tsx';
import { inOrder } from './tool-order.ts';
import { useTicks } from './use-ticks.ts';

export type OtherToolsChecklistProps = {
  /** The stop under which they are ticked off, in force or released. */
  readonly stopId: string;
  readonly brandIds: readonly number[];
  /** Only these accounts, for a stop that does not cover all of a brand. */
  readonly accountIds?: readonly number[];
};

/**
 * What else can post on the accounts that are silent, the account whose next post is soonest first, ticked off by name. `PersonName` belongs
 * beside it, once for all checklists.
 */
export function OtherToolsChecklist({ stopId, brandIds, accountIds }: OtherToolsChecklistProps) {
  const { t } = useTranslation('plan');
  const language = useLanguage();
  const desk = useDesk();
  const read = useRead('tool.list', {});
  const ticks = useTicks(stopId);
  const tools = inOrder(
    (read.data ?? []).filter(
      (tool) => brandIds.includes(tool.brandId) && (accountIds?.includes(tool.accountId) ?? true),
    ),
    desk.accountById,
  );
  if (read.data && tools.length === 0) return <p className={styles.hint}>{t('checklist.none')}</p>;
  return (
    <div className={styles.checklist}>
      <RefusalNotice error={read.error} onRetry={() => void read.refetch()} />
      <RefusalNotice error={ticks.error} onRetry={ticks.retry} />
      {ticks.isRead && !ticks.isOpen ? <Notice tone="calm">{t('checklist.closed')}</Notice> : null}
      <ul className={styles.rows}>
        {tools.map((tool) => {
          const account = desk.accountById.get(tool.accountId);
          const brand = desk.brandById.get(tool.brandId);
          return (
            <TickRow
              key={tool.tickKey}
              ticks={ticks}
              brandId={tool.brandId}
              kind="tool"
              tickKey={tool.tickKey}
              label={`${tool.name}, ${account?.name ?? ''}`}
            >
              <span className={styles.quiet}>
                {[
                  brand?.name ?? '',
                  account?.networkName ?? '',
                  t(`tools.kinds.${tool.kind}`),
                  account?.nextDueAt
                    ? t('checklist.nextAt', {
                        time: dayTimeOf(account.nextDueAt, language, brand?.timeZone ?? localZone()),
                      })
                    : '',
                ]
                  .filter((part) => part !== '')
                  .join(' · ')}
              </span>
              {tool.note ? <span>{tool.note}</span> : null}
              {tool.link ? (
                <a
                  className={styles.link}
                  href={tool.link}
                  target="_blank"
                  rel="noreferrer"
                  aria-label={t('checklist.open', { name: tool.name })}
                >
                  <IconExternalLink size={14} aria-hidden="true" /> {tool.link}
                </a>
              ) : null}
            </TickRow>
          );
        })}
      </ul>
    </div>
  );
}
